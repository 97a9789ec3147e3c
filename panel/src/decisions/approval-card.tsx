import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { answerApproval, type Approval } from '../base/api.js'
import { useFormat } from '../base/format.js'

/** An approval: two buttons while it waits for an answer, afterwards who answered and when. */
export function ApprovalCard({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  // One idempotency key per page: retrying a click repeats the same request.
  const [key] = useState(() => crypto.randomUUID())
  const answer = useMutation({
    mutationFn: (chosen: 'approve' | 'reject') => answerApproval(approval.decision, chosen, `${key}-${chosen}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['decisions'] }),
  })
  const facts = {
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
      <Text size="sm">{t(`detail.approval.${approval.state}`, facts)}</Text>
      {isWaiting && (
        <Group gap="xs">
          <Button
            size="xs"
            loading={answer.isPending && answer.variables === 'approve'}
            disabled={answer.isPending}
            onClick={() => answer.mutate('approve')}
          >
            {t('detail.approval.approve')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={answer.isPending && answer.variables === 'reject'}
            disabled={answer.isPending}
            onClick={() => answer.mutate('reject')}
          >
            {t('detail.approval.reject')}
          </Button>
        </Group>
      )}
      {answer.isError && (
        <Alert color="red" title={t('error.title')}>
          {answer.error.message}
        </Alert>
      )}
    </Stack>
  )
}
