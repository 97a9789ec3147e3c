import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { type HealthFault, ProblemError, readHealth } from '../base/api.js'
import { useFormat } from '../base/format.js'

/** Milliseconds. Polled, because a worker that hangs sends no event. */
const POLL_INTERVAL = 30_000

/** Shows on every page what keeps rules from running; nothing if all is well or nobody is signed in. */
export function HealthBanner() {
  const { t } = useTranslation()
  const health = useQuery({ queryKey: ['health'], queryFn: readHealth, refetchInterval: POLL_INTERVAL, retry: false })
  const faults = health.data?.data ?? []
  // With a damaged store, or without a server, the failed request is the only sign of trouble.
  const unanswered = isSignedOut(health.error) ? null : health.error
  if (faults.length === 0 && unanswered === null) return null
  const severe = unanswered !== null || faults.some(({ code }) => code !== 'rules-faulty' && code !== 'rules-stopped')
  return (
    <Alert
      color={severe ? 'red' : 'yellow'}
      icon={<IconAlertTriangle aria-hidden />}
      title={t(faults.length > 0 ? 'health.title' : 'health.unansweredTitle')}
      role="alert"
      mb="md"
    >
      <List size="sm">
        {unanswered !== null && <List.Item>{t('health.unanswered', { detail: ended(unanswered.message) })}</List.Item>}
        {faults.map((fault) => (
          <List.Item key={`${fault.code} ${fault.account ?? ''}`}>
            <Sentence fault={fault} />
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

const isSignedOut = (error: Error | null): boolean => error instanceof ProblemError && error.status === 401

/** Browsers’ own messages have no full stop. */
const ended = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`)

function Sentence({ fault: { code, account, since, detail } }: { readonly fault: HealthFault }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = {
    account: account ?? t('health.allAccounts'),
    since: since === null ? t('health.never') : format.moment(since),
    detail,
  }
  return <>{t(`health.${code}`, words)}</>
}
