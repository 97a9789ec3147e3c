/** Which windows of reach and frequency rules ask about: days don't add up to them, so Meta is asked for each window. */

import { addDays, dayOf, startOfDay } from '../../engine/clock/zone.js'
import { findMetric } from '../../engine/metric/catalogue.js'
import { windowRange } from '../../engine/metric/window.js'
import type { Rule } from '../../engine/rule/rule.js'
import { expressionsOfRule } from '../../engine/rule/steps/expressions.js'
import { lastReachRead, type ReachLevel, type ReachWindow } from '../../store/account/reach.js'
import type { Store } from '../../store/base/store.js'
import type { InsightsRequest } from './insights-request.js'

/** Whole days, or all that are known of the account. */
export interface AskedReach {
  readonly level: ReachLevel
  readonly days: { readonly since: string; readonly until: string } | 'maximum'
}

/**
 * The windows that the rules ask about at a moment, each once. Nobody can be asked for a group's reach, or for that of hours.
 *
 * @param countsReach whether results of some ad set are people reached, so that `results` and `cpa` rest on reach too
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

/** @param known first and last day that is known of the account; null where there is none */
export function reachWindows(
  asked: readonly AskedReach[],
  known: { readonly since: string; readonly until: string } | null,
): ReachWindow[] {
  return asked.flatMap(({ level, days }) => {
    if (days !== 'maximum') return [{ level, ...days }]
    return known === null ? [] : [{ level, ...known }]
  })
}

/** What of it is to be asked now: a window that has ended once after its end, one with today each time. */
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

/** The days that `maximum` covers: from the first that was read to today. Null where none was. */
export function knownDaysOf(
  ranges: readonly { readonly since: string; readonly until: string }[],
  today: string,
): { since: string; until: string } | null {
  const first = ranges.reduce<string | null>((day, { since }) => (day === null || since < day ? since : day), null)
  const last = ranges.reduce((day, { until }) => (until > day ? until : day), '')
  return first === null || first > today ? null : { since: first, until: last < today ? last : today }
}
