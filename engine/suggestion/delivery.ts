/** What entities spent and brought lately, as suggestions look at it. */

import { addDays, dayOf } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'

/** Days at the end whose conversions still come in. */
export const UNSETTLED_DAYS = 3

export const todayOf = ({ at, account }: Facts): string => dayOf(at, account.timezone)

/** A sum over whole days, both ends in; null where it is not known. */
export function sumOver(facts: Facts, entity: FactEntity, measure: string, since: string, until: string): number | null {
  if (since > until) return 0
  const value = facts.total(entity, measure, { since, until })
  return typeof value === 'number' ? value : null
}

/** The last `count` ended days of which conversions have settled. */
export function settledDays(facts: Facts, count: number): { readonly since: string; readonly until: string } {
  const until = addDays(todayOf(facts), -1 - UNSETTLED_DAYS)
  return { since: addDays(until, 1 - count), until }
}

/** The sums of single ended days, the oldest first; null for those not known. */
export const byDay = (facts: Facts, entity: FactEntity, measure: string, count: number): (number | null)[] =>
  Array.from({ length: count }, (_, index) => {
    const day = addDays(todayOf(facts), index - count)
    return sumOver(facts, entity, measure, day, day)
  })

export const isDelivering = (facts: Facts, entity: FactEntity): boolean => facts.attribute(entity, 'delivering') === true

/** A daily budget of the entity's own, in minor units; null where it has none. */
export function dailyBudget(facts: Facts, entity: FactEntity): number | null {
  const budget = facts.attribute(entity, 'daily_budget')
  return typeof budget === 'number' && budget > 0 ? budget : null
}

/** A budget after a step, in whole units of a hundred and never further than the step. */
export function stepped(budget: number, ratio: number): number {
  const exact = budget * (1 + ratio)
  return ratio > 0 ? Math.floor(exact / 100) * 100 : Math.ceil(exact / 100) * 100
}

export const isLearning = (facts: Facts, entity: FactEntity): boolean => facts.attribute(entity, 'learning') === true
