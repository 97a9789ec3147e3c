/** Today's results and spend against what is usual by this hour: what the outage guardrail judges by. */

import type { Account } from '../../engine/account/account.js'
import { addDays, dayOf, HOUR, startOfDay } from '../../engine/clock/zone.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import type { AccountHealth } from '../../engine/guardrail/context.js'
import { findMetric } from '../../engine/metric/catalogue.js'
import { uncountedGoal } from '../../engine/metric/result.js'
import type { HourRange } from '../../engine/value/ranges.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { loadFacts } from './load-facts.js'

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

/** A sync is never much older than this where one is possible; before it, `outage` holds by staleness. Hours. */
const LATEST_KNOWN = 3

export function healthOf(facts: Facts, now: number): AccountHealth['today'] {
  const [entity] = facts.entities('account')
  if (entity === undefined) return null
  const complete = Math.floor((now - startOfDay(dayOf(now, facts.account.timezone), facts.account.timezone)) / HOUR)
  // Just after the hour the one that ended is not known yet: what is judged by then is the hours before it.
  for (let hours = complete; hours > 0 && hours > complete - LATEST_KNOWN; hours -= 1) {
    const health = healthBy(facts, entity, now, hours)
    if (health !== null) return health
  }
  return null
}

/** By the day's first hours. */
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
  // An ad set whose results nobody can count by the hour must not hide that those of all others stopped.
  const counted = adsets.filter((adset) => isCountedByHour(facts.goal?.(adset) ?? null))
  // Results of different kinds do not add up to a number of the account; whether there are nearly none of any kind is still known.
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

/** `null` is an ad set without a known goal, whose results are the account's. */
const isCountedByHour = (goal: string | null): boolean =>
  goal === null || (uncountedGoal(goal) === null && findMetric(goal)?.made.kind !== 'asked')

/** Null as soon as one of them is not known. */
function sumOfAll(entities: readonly FactEntity[], valueOf: (entity: FactEntity) => number | null): number | null {
  let sum = 0
  for (const entity of entities) {
    const value = valueOf(entity)
    if (value === null) return null
    sum += value
  }
  return entities.length === 0 ? null : sum
}
