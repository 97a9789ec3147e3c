/** Today's results and spend against what is usual by this hour: what the outage guardrail judges by. */

import type { Account } from '../engine/account/account.js'
import type { AccountHealth } from '../engine/action/guardrail-context.js'
import { addDays, dayOf, HOUR, startOfDay } from '../engine/clock/zone.js'
import type { Facts, HourRange } from '../engine/facts/facts.js'
import { loadFacts } from './load-facts.js'
import type { ActivityDependencies } from './dependencies.js'

/** Days whose same hours are compared with. */
export const USUAL_DAYS = 14
/** With fewer of them known, nothing is usual yet. */
const FEWEST_DAYS = 7

/** As known now. Null in an account's first week, in its day's first hour, and where no hours are known. */
export async function healthToday(
  { store }: ActivityDependencies,
  account: Account,
  now: number,
): Promise<AccountHealth['today']> {
  const hoursSince = addDays(dayOf(now, account.timezone), -USUAL_DAYS)
  const facts = await loadFacts(store, account, { at: now, knownAt: now, level: 'adset', days: false, hoursSince })
  return healthOf(facts(HOUR), now)
}

export function healthOf(facts: Facts, now: number): AccountHealth['today'] {
  const [entity] = facts.entities('account')
  const zone = facts.account.timezone
  const today = dayOf(now, zone)
  const begin = startOfDay(today, zone)
  const complete = Math.floor((now - begin) / HOUR) * HOUR
  if (entity === undefined || complete <= 0) return null
  const of = (day: string): HourRange => {
    const from = startOfDay(day, zone)
    return { from, to: from + complete }
  }
  const total = (measure: string, hours: HourRange): number | null => {
    const value = facts.hourlyTotal(entity, measure, hours)
    return typeof value === 'number' ? value : null
  }
  const results = total('results', of(today))
  const spend = total('spend', of(today))
  const days = Array.from({ length: USUAL_DAYS }, (_, back) => of(addDays(today, -1 - back)))
  const usualResults = median(days.map((hours) => total('results', hours)))
  const usualSpend = median(days.map((hours) => total('spend', hours)))
  if (results === null || spend === null || usualResults === null || usualSpend === null) return null
  return { results, spend, usualResults, usualSpend }
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (known.length < FEWEST_DAYS) return null
  const middle = known.length >> 1
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2
}
