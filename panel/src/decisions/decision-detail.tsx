import { Alert, Anchor, Badge, Group, List, Loader, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { type DecisionDetail as Detail, readDecision } from '../base/api.js'
import { useFormat } from '../base/format.js'
import { currentLanguage } from '../language/language.js'
import { ApprovalCard } from './approval-card.js'
import { TraceTable } from './trace-table.js'

/** Everything about one decision: its reasons, its steps, their results, and a link to its workflow. */
export function DecisionDetail({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const detail = useQuery({ queryKey: ['decisions', 'one', id], queryFn: () => readDecision(id) })
  if (detail.isPending) return <Loader size="sm" />
  if (detail.isError) {
    return (
      <Alert color="red" title={t('error.title')}>
        {detail.error.message}
      </Alert>
    )
  }
  const decision = detail.data
  const where = decision.trace.filter((leaf) => leaf.path.startsWith('where'))
  const when = decision.trace.filter((leaf) => !leaf.path.startsWith('where'))

  return (
    <Stack gap="md">
      {when.length > 0 ? <TraceTable title={t('trace.when')} leaves={when} /> : <Text size="sm">{t('trace.none')}</Text>}
      {where.length > 0 && <TraceTable title={t('trace.where')} leaves={where} />}
      {decision.steps.length > 0 && (
        <Section title={t('detail.steps')}>
          <Group gap="xs">
            {decision.steps.map((step, index) => (
              <Badge key={`${index} ${step}`} variant="default">
                {index + 1}. {step}
              </Badge>
            ))}
          </Group>
        </Section>
      )}
      {decision.approvals.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} />
      ))}
      <Outcomes decision={decision} />
      <Provenance decision={decision} />
    </Stack>
  )
}

function Outcomes({ decision }: { readonly decision: Detail }) {
  const { t } = useTranslation()
  const shown = ({ inWords }: Detail['mutations'][number]) => inWords[currentLanguage()]
  return (
    <>
      {decision.mutations.length > 0 && (
        <Section title={t('detail.changes')}>
          <List size="sm">
            {decision.mutations.map((mutation) => (
              <List.Item key={mutation.id}>
                {t(`detail.field.${mutation.field}`)}: <span className="figure">{shown(mutation).before}</span> →{' '}
                <span className="figure">{mutation.field === 'copy' ? (mutation.result ?? '–') : shown(mutation).target}</span> ·{' '}
                {t(`detail.outcome.${mutation.outcome}`)}
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      {decision.messages.length > 0 && (
        <Section title={t('detail.messages')}>
          <List size="sm">
            {decision.messages.map((message) => (
              <List.Item key={message.id}>
                {t('detail.to', { recipient: message.recipient })} · {t(`detail.message.${message.status}`)}
                <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-wrap' }}>
                  {message.text}
                </Text>
              </List.Item>
            ))}
          </List>
        </Section>
      )}
    </>
  )
}

function Provenance({ decision }: { readonly decision: Detail }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Group gap="md">
      <Text size="xs" c="dimmed">
        {t('detail.at')}: {format.moment(decision.at)}
      </Text>
      <Text size="xs" c="dimmed">
        {t('detail.known')}: {format.moment(decision.knownAt)}
      </Text>
      <Text size="xs" c="dimmed">
        {t('detail.version')}: <span className="figure">{decision.version.slice(0, 12)}</span>
      </Text>
      {decision.workflowUrl !== null && (
        <Anchor size="xs" href={decision.workflowUrl} target="_blank" rel="noreferrer">
          {t('detail.temporal')}
        </Anchor>
      )}
    </Group>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={4}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {children}
    </Stack>
  )
}
