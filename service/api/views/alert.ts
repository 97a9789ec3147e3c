/** Alerts as the API shows them. */

import type { Contribution } from '../../../engine/anomaly/account-anomaly.js'
import { findMetric } from '../../../engine/metric/catalogue.js'
import { toMajor } from '../../../engine/value/minor-units.js'
import { type Alert as StoredAlert, alertOfKey } from '../../../store/analysis/alerts.js'
import type { ApiContext } from '../http/context.js'
import { instant, instantOrNull } from '../http/instant.js'
import type { Alert, Anomaly } from '../shapes/alert.js'

type Context = Pick<ApiContext, 'store' | 'settings'>

export function anomalyOf({ settings }: Pick<Context, 'settings'>, row: StoredAlert): Anomaly {
  return { ...common({ settings }, row), isOver: row.state === 'resolved' && row.changed_by === null }
}

export async function alertOf(context: Context, row: StoredAlert): Promise<Alert> {
  const cause = row.cause === null ? undefined : await alertOfKey(context.store, row.account, row.cause)
  return {
    ...common(context, row),
    state: row.state,
    snoozedUntil: row.state === 'snoozed' ? instantOrNull(row.snoozed_until) : null,
    cause: cause?.id ?? null,
    resolvedAt: instantOrNull(row.resolved_at),
    changedBy: row.changed_by,
  }
}

function common({ settings }: Pick<Context, 'settings'>, row: StoredAlert): Omit<Anomaly, 'isOver'> {
  const currency = settings().accounts.find(({ name }) => name === row.account)?.currency ?? null
  const kind = findMetric(row.metric)?.unit ?? 'number'
  const shown = (value: number): number => (kind === 'money' ? toMajor(value, currency) : value)
  // Rows stored by earlier versions lack these two fields.
  const unsaid = { isUnusual: false, isDelivering: true }
  const stored = JSON.parse(row.contributions_json) as (Contribution | Omit<Contribution, keyof typeof unsaid>)[]
  const contributions = stored.map((one) => ({ ...unsaid, ...one }))
  return {
    id: row.id,
    account: row.account,
    entity: { scope: row.scope, id: row.scope === 'account' ? null : row.entity_key, name: row.entity_name },
    metric: row.metric as Anomaly['metric'],
    unit: kind === 'money' ? (currency ?? 'money') : kind,
    direction: row.direction,
    kind: row.kind,
    value: row.value === null ? null : shown(row.value),
    expected: shown(row.expected),
    lo: shown(row.lo),
    hi: shown(row.hi),
    score: row.score,
    contributions: contributions.map(({ scope, key, name, value, expected, share, isUnusual, isDelivering }) => ({
      scope,
      id: key,
      name,
      value: shown(value),
      expected: shown(expected),
      share,
      isUnusual,
      isDelivering,
    })),
    firstDay: row.first_day,
    lastDay: row.last_day,
    openedAt: instant(row.opened_at),
    heldAt: instant(row.held_at),
  }
}
