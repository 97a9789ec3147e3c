/** Compares today's results and spend with what is usual by this hour, for the outage guardrail. */

import type { Account } from '../../engine/account/account.js'
import { addDays, dayOf, HOUR, startOfDay } from '../../engine/clock/zone.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import type { AccountHealth } from '../../engine/guardrail/context.js'
import { findMetric } from '../../engine/metric/catalogue.js'
import { uncountedGoal } from '../../engine/metric/result.js'
import type { HourRange } from '../../engine/value/ranges.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { loadFacts } from './load-facts.js'

/** The number of past days whose same hours today is compared with. */
export const USUAL_DAYS = 14
/** With fewer known days than this, there is no usual value yet. */
const FEWEST_DAYS = 7

/**
 * Returns today's health as known now; null in an account's first week, in the first hour of its day, and if no hours are known.
 */
export async function healthToday(
  { store }: ActivityDependencies,
  account: Account,
  now: number,
): Promise<AccountHealth['today']> {
  const hoursSince = addDays(dayOf(now, account.timezone), -USUAL_DAYS)
  const facts = await loadFacts(store, account, { at: now, knownAt: now, level: 'adset', days: false, hoursSince })
  return healthOf(facts(HOUR), now)
}

/** In hours. A working sync is never much older than this; if it is, `outage` already refuses because the data is stale. */
const LATEST_KNOWN = 3

export function healthOf(facts: Facts, now: number): AccountHealth['today'] {
  const [entity] = facts.entities('account')
  if (entity === undefined) return null
  const complete = Math.floor((now - startOfDay(dayOf(now, facts.account.timezone), facts.account.timezone)) / HOUR)
  // Just after the full hour, the hour that has ended is not known yet: then only the hours before it are compared.
  for (let hours = complete; hours > 0 && hours > complete - LATEST_KNOWN; hours -= 1) {
    const health = healthBy(facts, entity, now, hours)
    if (health !== null) return health
  }
  return null
}

/** Compares the first `hours` hours of the day. */
function healthBy(facts: Facts, entity: FactEntity, now: number, hours: number): AccountHealth['today'] {
  const zone = facts.account.timezone
  const today = dayOf(now, zone)
  const hoursOf = (day: string): HourRange => {
    const from = startOfDay(day, zone)
    return { from, to: from + hours * HOUR }
  }
  const of = (one: FactEntity, measure: string, range: HourRange): number | null => {
    const value = facts.hourlyTotal(one, measure, range)
    return typeof value === 'number' ? value : null
  }
  const adsets = facts.entities('adset')
  // An ad set whose results cannot be counted by the hour must not hide that the results of all others stopped.
  const counted = adsets.filter((adset) => isCountedByHour(facts.goal?.(adset) ?? null))
  // Results of different kinds do not add up to a result of the account, but they still show whether there are nearly none of any
  // kind.
  const total = (measure: string, range: HourRange): number | null =>
    of(entity, measure, range) ?? sumOfAll(measure === 'results' ? counted : adsets, (adset) => of(adset, measure, range))
  const results = total('results', hoursOf(today))
  const spend = total('spend', hoursOf(today))
  if (results === null || spend === null) return null
  const days = Array.from({ length: USUAL_DAYS }, (_, back) => hoursOf(addDays(today, -1 - back)))
  const usualResults = median(days.map((range) => total('results', range)))
  const usualSpend = median(days.map((range) => total('spend', range)))
  return usualResults === null || usualSpend === null ? null : { results, spend, usualResults, usualSpend }
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (known.length < FEWEST_DAYS) return null
  const middle = known.length >> 1
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2
}

/** @param goal null for an ad set without a known goal, which counts the account's result */
const isCountedByHour = (goal: string | null): boolean =>
  goal === null || (uncountedGoal(goal) === null && findMetric(goal)?.made.kind !== 'asked')

/** Returns null if one of them is unknown, or if there are none. */
function sumOfAll(entities: readonly FactEntity[], valueOf: (entity: FactEntity) => number | null): number | null {
  let sum = 0
  for (const entity of entities) {
    const value = valueOf(entity)
    if (value === null) return null
    sum += value
  }
  return entities.length === 0 ? null : sum
}
