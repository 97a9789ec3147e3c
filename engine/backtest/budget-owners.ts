/** Finds which object has the budget of each entity, for rules that change budgets. */

import type { FactEntity, Facts } from '../facts/facts.js'
import type { Rule } from '../rule/rule.js'
import type { ClaimTarget } from '../rule/state/claim.js'

/** Returns for each entity the campaign that has its budget; null if the entity has it itself, or if it is unknown. */
export function budgetOwners(rule: Rule, entities: readonly FactEntity[], facts: Facts): readonly (ClaimTarget | null)[] {
  if (!rule.then.some(({ kind }) => kind === 'budget')) return entities.map(() => null)
  return entities.map((entity) => {
    if (rule.scope === 'campaign' || facts.attribute(entity, 'budget_level') === 'adset') return null
    const campaign = facts.owner(entity, 'campaign')
    if (campaign === null || !has(facts, campaign)) return null
    return has(facts, entity) ? null : { scope: 'campaign', key: campaign.key }
  })
}

const has = (facts: Facts, entity: FactEntity): boolean =>
  ['daily_budget', 'lifetime_budget'].some((budget) => typeof facts.attribute(entity, budget) === 'number')
