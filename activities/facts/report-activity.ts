/** Reads tetik's activity from the store for a report. */

import { isPersons } from '../../engine/change/author.js'
import { addDays, startOfDay } from '../../engine/clock/zone.js'
import type { DecisionCounts, ReportActivity, ReportChange } from '../../engine/report/activity.js'
import type { DayRange } from '../../engine/value/ranges.js'
import type { Store } from '../../store/base/store.js'
import {
  alertsOpenAt,
  type DecidedFiring,
  firingsBetween,
  mutationsBetween,
  type NamedMutation,
  questionsOpenAt,
  stopAt,
  suggestionsOpenAt,
} from '../../store/decisions/account-activity.js'

export interface ActivityQuestion {
  readonly account: string
  readonly timezone: string
  /** The report's own. */
  readonly days: DayRange
  /** The end of the period, and the moment for which open items are listed; epoch milliseconds. */
  readonly at: number
}

/** Reads the decisions, changes and open items of the question's days, which are days of the account's time zone. */
export async function reportActivity(store: Store, question: ActivityQuestion): Promise<ReportActivity> {
  const { account, timezone, days, at } = question
  const between = { from: startOfDay(days.since, timezone), to: Math.min(at, startOfDay(addDays(days.until, 1), timezone)) }
  const firings = (await firingsBetween(store, account, between)).filter(({ steps_json: steps }) => steps !== ONLY_A_REPORT)
  const mutations = await mutationsBetween(store, account, between)
  const stop = await stopAt(store, account, at)
  return {
    decisions: countsOf(firings),
    changes: mutations.filter(({ outcome }) => outcome === 'confirmed').map(changeOf),
    doubtful: mutations.filter(({ outcome }) => outcome === 'unknown').length,
    refusals: firings
      .filter((firing) => endOf(firing) === 'refused')
      .map(({ rule, entity_name: name, entity_key: key, at }) => ({ rule, entity: name ?? key, at })),
    alerts: (await alertsOpenAt(store, account, at)).map((alert) => ({
      entity: alert.scope === 'account' ? null : (alert.entity_name ?? alert.entity_key),
      metric: alert.metric,
      value: alert.value,
      lo: alert.lo,
      hi: alert.hi,
      since: alert.first_day,
    })),
    approvals: (await questionsOpenAt(store, account, at)).map(
      ({ rule, entity_name: name, entity_key: key, expires_at: until }) => ({
        rule,
        entity: name ?? key,
        until,
      }),
    ),
    suggestions: (await suggestionsOpenAt(store, account, at)).map(({ reason_en: en, reason_tr: tr }) => ({ en, tr })),
    stop: stop === undefined ? null : { reason: stop.reason, by: stop.stopped_by, since: stop.since },
  }
}

/** A report does not list firings that only sent a report. */
const ONLY_A_REPORT = JSON.stringify(['report'])

const ENDS: Readonly<Record<string, keyof DecisionCounts>> = {
  done: 'carriedOut',
  observed: 'observed',
  refused: 'refused',
  failed: 'failed',
  stopped: 'stopped',
  planned: 'underWay',
  running: 'underWay',
  waiting: 'underWay',
}

/** A firing that a guardrail held back was never carried out, and counts as refused. */
const endOf = ({ outcome, progress }: DecidedFiring): keyof DecisionCounts | undefined =>
  outcome === 'fire' ? ENDS[progress] : 'refused'

function countsOf(firings: readonly DecidedFiring[]): DecisionCounts {
  const counts = { carriedOut: 0, observed: 0, refused: 0, failed: 0, stopped: 0, underWay: 0 }
  for (const firing of firings) {
    const end = endOf(firing)
    if (end !== undefined) counts[end] += 1
  }
  return counts
}

const changeOf = (mutation: NamedMutation): ReportChange => ({
  field: mutation.field,
  before: mutation.before,
  target: mutation.target,
  entity: mutation.name ?? mutation.entity_id,
  rule: isPersons(mutation) ? null : mutation.made_by,
  at: mutation.intended_at,
})
