/** What entities spent and brought lately, as suggestions look at it. */

import { addDays, dayOf } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'

/** Days at the end whose conversions still come in. */
const UNSETTLED_DAYS = 3

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

/** What it spent a day over the last week, as a share of its budget. */
export function usedShare(facts: Facts, entity: FactEntity, budget: number): number {
  return byDay(facts, entity, 'spend', 7).reduce<number>((sum, value) => sum + (value ?? 0), 0) / 7 / budget
}

/** Of a budget that is spent to less than this, more of it brings nothing, and a little less of it takes nothing away. */
export const USED_UP = 0.85

/**
 * What an ad set is bought for: objective and what its results are counted in. Only of the same are costs of a result
 * compared. Null where the account's own result would be counted of something that was bought for another end.
 */
export function endOf(facts: Facts, adset: FactEntity): string | null {
  const objective = facts.attribute(adset, 'objective')
  const goal = facts.goal?.(adset) ?? null
  const { result } = facts.account
  if (typeof objective !== 'string') return goal ?? result
  if (goal === null && objective !== (result === 'leads' ? 'OUTCOME_LEADS' : 'OUTCOME_SALES')) return null
  return `${objective} ${goal ?? result}`
}

/** A budget after a step, in whole units of a hundred and never further than the step. */
export function stepped(budget: number, ratio: number): number {
  const exact = budget * (1 + ratio)
  return ratio > 0 ? Math.floor(exact / 100) * 100 : Math.ceil(exact / 100) * 100
}

export const isLearning = (facts: Facts, entity: FactEntity): boolean => facts.attribute(entity, 'learning') === true
