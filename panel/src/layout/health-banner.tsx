import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { type HealthFault, readHealth } from '../api.js'
import { useFormat } from '../format.js'

/** Silence looks like a quiet day: asked again by the clock, since what is silent sends no event. Milliseconds. */
const ASKED_EVERY = 30_000

/** What keeps rules from doing their work now, on every page; nothing where all is well. */
export function HealthBanner() {
  const { t } = useTranslation()
  const health = useQuery({ queryKey: ['health'], queryFn: readHealth, refetchInterval: ASKED_EVERY, retry: false })
  const faults = health.data?.data ?? []
  if (faults.length === 0) return null
  const severe = faults.some(({ code }) => code === 'worker-silent' || code === 'tick-missed')
  return (
    <Alert
      color={severe ? 'red' : 'yellow'}
      icon={<IconAlertTriangle aria-hidden />}
      title={t('health.title')}
      role="alert"
      mb="md"
    >
      <List size="sm">
        {faults.map((fault) => (
          <List.Item key={`${fault.code} ${fault.account ?? ''}`}>
            <Sentence fault={fault} />
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

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
