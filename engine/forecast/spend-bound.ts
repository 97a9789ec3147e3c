/** Upper bound of spend: no more can be spent than the budgets allow. */

import type { FactEntity, Facts } from '../facts/facts.js'

/** Meta's rule: up to 75% over the daily budget on one day, at most seven daily budgets in a week (Sunday to Saturday). */
const MOST_ON_A_DAY = 1.75
const WEEK = 7

/** Returns the most that can be spent with a daily budget in this many days, in the budget's unit. */
export const mostSpendOf = (dailyBudget: number, days: number): number =>
  dailyBudget * (Math.floor(days / WEEK) * WEEK + Math.min(WEEK, MOST_ON_A_DAY * (days % WEEK)))

/**
 * Returns the sum of the daily budgets of all delivering parts, in minor units. Null if a delivering part has no known daily
 * budget (a lifetime budget, for example) or the data does not say which parts deliver.
 */
export function dailyBudgetOf(facts: Facts, entity: FactEntity): number | null {
  switch (entity.scope) {
    case 'account':
      return sumOf(facts, facts.entities('campaign'))
    case 'group':
      return sumOf(
        facts,
        facts.entities('campaign').filter((campaign) => facts.owner(campaign, 'group')?.key === entity.key),
      )
    case 'campaign': {
      const own = facts.attribute(entity, 'daily_budget')
      if (typeof own === 'number') return own
      const adsets = facts.entities('adset').filter((adset) => facts.owner(adset, 'campaign')?.key === entity.key)
      return sumOf(facts, adsets)
    }
    case 'adset': {
      const own = facts.attribute(entity, 'daily_budget')
      if (typeof own === 'number') return own
      const campaign = facts.owner(entity, 'campaign')
      const shared = campaign === null ? null : facts.attribute(campaign, 'daily_budget')
      return typeof shared === 'number' ? shared : null
    }
    case 'ad': {
      const adset = facts.owner(entity, 'adset')
      return adset === null ? null : dailyBudgetOf(facts, adset)
    }
  }
}

function sumOf(facts: Facts, entities: readonly FactEntity[]): number | null {
  let sum = 0
  for (const entity of entities) {
    const delivering = facts.attribute(entity, 'delivering')
    if (typeof delivering !== 'boolean') return null
    if (!delivering) continue
    const budget = dailyBudgetOf(facts, entity)
    if (budget === null) return null
    sum += budget
  }
  return entities.length === 0 ? null : sum
}
