/**
 * The windows whose reach and frequency rules need. Days do not add up to a window's reach, so each window is requested from Meta.
 */

import { addDays, dayOf, startOfDay } from '../../engine/clock/zone.js'
import { findMetric } from '../../engine/metric/catalogue.js'
import { windowRange } from '../../engine/metric/window.js'
import type { Rule } from '../../engine/rule/rule.js'
import { expressionsOfRule } from '../../engine/rule/steps/expressions.js'
import { lastReachRead, type ReachLevel, type ReachWindow } from '../../store/account/reach.js'
import type { Store } from '../../store/base/store.js'
import type { InsightsRequest } from './insights-request.js'

/** A range of whole days, or all known days of the account. */
export interface AskedReach {
  readonly level: ReachLevel
  readonly days: { readonly since: string; readonly until: string } | 'maximum'
}

/**
 * Returns the windows that the rules need at a moment, each once. Meta does not report the reach of groups or of hours.
 *
 * @param countsReach whether some ad set counts people reached as results, so that `results` and `cpa` need reach too
 */
export function reachAsked(rules: readonly Rule[], at: number, zone: string, countsReach: boolean): AskedReach[] {
  const asked = new Map<string, AskedReach>()
  for (const rule of rules) {
    for (const expression of expressionsOfRule(rule)) {
      if (expression.kind !== 'metric' || !restsOnReach(expression.metric, countsReach)) continue
      const level = expression.owner === 'self' ? rule.scope : expression.owner
      const range = windowRange(expression.window, at, zone)
      if (level === 'group' || range.kind === 'hours') continue
      const days = range.kind === 'maximum' ? range.kind : range.days
      asked.set(JSON.stringify([level, days]), { level, days })
    }
  }
  return [...asked.values()]
}

function restsOnReach(name: string, countsReach: boolean): boolean {
  const made = findMetric(name)?.made
  if (made?.kind === 'asked') return true
  if (!countsReach || made === undefined) return false
  return made.kind === 'sum' ? made.measure === 'results' : [made.numerator, made.denominator].includes('results')
}

/** @param known the first and last known day of the account; null if there is none */
export function reachWindows(
  asked: readonly AskedReach[],
  known: { readonly since: string; readonly until: string } | null,
): ReachWindow[] {
  return asked.flatMap(({ level, days }) => {
    if (days !== 'maximum') return [{ level, ...days }]
    return known === null ? [] : [{ level, ...known }]
  })
}

/** Returns the requests to send now: a window that has ended is read once after its end, one that includes today each time. */
export async function reachToAsk(
  store: Store,
  account: { readonly name: string; readonly timezone: string },
  windows: readonly ReachWindow[],
  now: number,
): Promise<InsightsRequest[]> {
  const today = dayOf(now, account.timezone)
  const requests: InsightsRequest[] = []
  const once = new Map(windows.map((window) => [`${window.level} ${window.since} ${window.until}`, window]))
  for (const window of once.values()) {
    if (window.since > today) continue
    const read = await lastReachRead(store, account.name, window)
    const hasEnded = window.until < today
    if (hasEnded && read !== null && read >= startOfDay(addDays(window.until, 1), account.timezone)) continue
    requests.push({ account: account.name, ...window, hourly: false, reach: true })
  }
  return requests
}

/**
 * Returns the days that `maximum` covers: from the first day that was read to the last, today at the latest. Null if none was read.
 */
export function knownDaysOf(
  ranges: readonly { readonly since: string; readonly until: string }[],
  today: string,
): { since: string; until: string } | null {
  const first = ranges.reduce<string | null>((day, { since }) => (day === null || since < day ? since : day), null)
  const last = ranges.reduce((day, { until }) => (until > day ? until : day), '')
  return first === null || first > today ? null : { since: first, until: last < today ? last : today }
}
