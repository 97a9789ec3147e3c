import { Accordion, Badge, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { DecisionSummary } from '../base/api.js'
import { useFormat } from '../base/format.js'
import { currentLanguage } from '../language/language.js'
import { DecisionDetail } from './decision-detail.js'

const OUTCOME_COLOUR = { fire: 'orange', hold: 'gray', unknown: 'yellow' } as const

const PROGRESS_COLOUR: Readonly<Record<DecisionSummary['progress'], string>> = {
  none: 'gray',
  observed: 'gray',
  planned: 'blue',
  running: 'blue',
  waiting: 'blue',
  done: 'teal',
  refused: 'grape',
  failed: 'red',
  stopped: 'gray',
}

/** One decision of the list: its outcome, rule, time and progress. The trace loads when the item is opened. */
export function DecisionItem({ decision }: { readonly decision: DecisionSummary }) {
  const { t } = useTranslation()
  const format = useFormat()
  const because = decision.because === null ? null : t(`decisions.because.${decision.because}`)
  // The badge itself says that the condition is not met.
  const isNotMet = decision.outcome === 'hold' && decision.because === 'when'
  const reason = isNotMet ? null : because
  // Besides an approval, only the step `wait` leaves a decision waiting.
  const progress = decision.progress === 'waiting' && !decision.steps.includes('wait') ? 'approval' : decision.progress

  // A firing that changed nothing must not look like one that did.
  const acted = decision.outcome === 'fire' && decision.progress !== 'observed'

  return (
    <Accordion.Item value={decision.id} data-outcome={decision.outcome}>
      <Accordion.Control>
        <Group justify="space-between" gap="xs" align="start">
          <Stack gap={2} miw={200} flex={1}>
            <Group gap="xs">
              <Badge color={OUTCOME_COLOUR[decision.outcome]} variant={acted ? 'filled' : 'light'}>
                {isNotMet ? because : t(`decisions.outcome.${decision.outcome}`)}
              </Badge>
              <Text fw={600}>{decision.entity.name ?? decision.entity.id ?? t('decisions.unnamed')}</Text>
            </Group>
            <Text size="sm" c="dimmed">
              {decision.rule} · {t(`decisions.scope.${decision.entity.scope}`)} · {decision.account}
            </Text>
            {decision.inWords !== null && <Text size="sm">{decision.inWords[currentLanguage()]}</Text>}
            {(decision.note ?? reason) !== null && <Text size="sm">{decision.note ?? reason}</Text>}
          </Stack>
          <Group gap="xs">
            {decision.progress !== 'none' && (
              <Badge variant="light" color={PROGRESS_COLOUR[decision.progress]}>
                {t(`decisions.progress.${progress}`)}
              </Badge>
            )}
            <Text
              size="sm"
              c="dimmed"
              className="figure"
              component="time"
              dateTime={decision.at}
              title={format.moment(decision.at)}
            >
              {format.moment(decision.at)}
            </Text>
          </Group>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <DecisionDetail id={decision.id} />
      </Accordion.Panel>
    </Accordion.Item>
  )
}
