import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { markNoteSeen, type Note, readNotes } from '../base/api.js'
import { useFormat } from '../base/format.js'

const MINUTE = 60_000

/** Notes that no rule reports, shown above every page until someone marks them as seen. */
export function Notes() {
  const notes = useQuery({ queryKey: ['notes'], queryFn: readNotes, refetchInterval: MINUTE })
  if (notes.data === undefined || notes.data.data.length === 0) return null
  return (
    <Stack gap="xs" mb="md">
      {notes.data.data.map((note) => (
        <NoteLine key={`${note.id} ${note.lastAt}`} note={note} />
      ))}
    </Stack>
  )
}

function NoteLine({ note }: { readonly note: Note }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  // One idempotency key per shown note: retrying a click repeats the same request.
  const [key] = useState(() => crypto.randomUUID())
  const seen = useMutation({
    mutationFn: () => markNoteSeen(note.id, key),
    onSettled: () => client.invalidateQueries({ queryKey: ['notes'] }),
  })
  const { sender, name } = note.facts
  return (
    <Alert color="red" role="alert">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={2}>
          <Text size="sm">{t(`notes.${note.kind}`, { sender: sender ?? '' })}</Text>
          {name != null && <Text size="sm">{t('notes.calls', { name })}</Text>}
          <Text size="xs" c="dimmed">
            {t('notes.often', { count: note.count, at: format.moment(note.lastAt) })}
          </Text>
        </Stack>
        <Button size="xs" variant="default" loading={seen.isPending} onClick={() => seen.mutate()}>
          {t('notes.seen')}
        </Button>
      </Group>
    </Alert>
  )
}
