import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { type Approval, giveWord } from '../base/api.js'
import { useFormat } from '../base/format.js'

/** What waits for somebody's word, with the two buttons; once it was given, whose it was. */
export function ApprovalWord({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  // One key for this page's word: a click that is tried again is the same word.
  const [key] = useState(() => crypto.randomUUID())
  const word = useMutation({
    mutationFn: (said: 'approve' | 'reject') => giveWord(approval.decision, said, `${key}-${said}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['decisions'] }),
  })
  const said = {
    until: format.moment(approval.expiresAt),
    who: approval.answeredBy ?? '',
    at: approval.answeredAt === null ? '' : format.moment(approval.answeredAt),
  }
  const isWaiting = approval.state === 'waiting'

  return (
    <Stack gap={4}>
      <Text fw={600} size="sm">
        {t('detail.approval.title')}
      </Text>
      <Text size="sm">{t(`detail.approval.${approval.state}`, said)}</Text>
      {isWaiting && (
        <Group gap="xs">
          <Button
            size="xs"
            loading={word.isPending && word.variables === 'approve'}
            disabled={word.isPending}
            onClick={() => word.mutate('approve')}
          >
            {t('detail.approval.approve')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={word.isPending && word.variables === 'reject'}
            disabled={word.isPending}
            onClick={() => word.mutate('reject')}
          >
            {t('detail.approval.reject')}
          </Button>
        </Group>
      )}
      {word.isError && (
        <Alert color="red" title={t('error.title')}>
          {word.error.message}
        </Alert>
      )}
    </Stack>
  )
}
