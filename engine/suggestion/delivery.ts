/** Recent spend, results and budgets of entities, for suggestions. */

import { addDays, dayOf } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'

/** The last days, whose conversions may still come in. */
const UNSETTLED_DAYS = 3

export const todayOf = ({ at, account }: Facts): string => dayOf(at, account.timezone)

/** Returns a sum over whole days, both inclusive; null if unknown. */
export function sumOver(facts: Facts, entity: FactEntity, measure: string, since: string, until: string): number | null {
  if (since > until) return 0
  const value = facts.total(entity, measure, { since, until })
  return typeof value === 'number' ? value : null
}

/** Returns the last `count` days whose conversions have settled. */
export function settledDays(facts: Facts, count: number): { readonly since: string; readonly until: string } {
  const until = addDays(todayOf(facts), -1 - UNSETTLED_DAYS)
  return { since: addDays(until, 1 - count), until }
}

/** Returns the sums of the last `count` completed days, the oldest first; null for unknown ones. */
export const byDay = (facts: Facts, entity: FactEntity, measure: string, count: number): (number | null)[] =>
  Array.from({ length: count }, (_, index) => {
    const day = addDays(todayOf(facts), index - count)
    return sumOver(facts, entity, measure, day, day)
  })

export const isDelivering = (facts: Facts, entity: FactEntity): boolean => facts.attribute(entity, 'delivering') === true

/** Returns the entity's own daily budget in minor units; null if it has none. */
export function dailyBudget(facts: Facts, entity: FactEntity): number | null {
  const budget = facts.attribute(entity, 'daily_budget')
  return typeof budget === 'number' && budget > 0 ? budget : null
}

/** Returns the average daily spend of the last week as a share of the budget. */
export function usedShare(facts: Facts, entity: FactEntity, budget: number): number {
  return byDay(facts, entity, 'spend', 7).reduce<number>((sum, value) => sum + (value ?? 0), 0) / 7 / budget
}

/** If a smaller share of the budget is spent, raising it has no effect, and neither has lowering it a little. */
export const USED_UP = 0.85

/**
 * Returns the purpose of an ad set: its objective and the measure of its results. Costs per result are only compared between ad sets
 * with the same purpose. Null if the goal is unknown and the objective does not match the account's own result.
 */
export function endOf(facts: Facts, adset: FactEntity): string | null {
  const objective = facts.attribute(adset, 'objective')
  const goal = facts.goal?.(adset) ?? null
  const { result } = facts.account
  if (typeof objective !== 'string') return goal ?? result
  if (goal === null && objective !== (result === 'leads' ? 'OUTCOME_LEADS' : 'OUTCOME_SALES')) return null
  return `${objective} ${goal ?? result}`
}

/** Returns a budget after a step, rounded to a multiple of 100 minor units and never beyond the step. */
export function stepped(budget: number, ratio: number): number {
  const exact = budget * (1 + ratio)
  return ratio > 0 ? Math.floor(exact / 100) * 100 : Math.ceil(exact / 100) * 100
}

export const isLearning = (facts: Facts, entity: FactEntity): boolean => facts.attribute(entity, 'learning') === true
