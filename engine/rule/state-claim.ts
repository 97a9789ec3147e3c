/** What a rule's firing wants to change, so that no two of one tick change the same thing of one entity. */

import type { EntityReference } from './decision.js'
import type { Rule } from './rule.js'

/** An entity as claims name it: its key is unique within its scope. */
export type ClaimTarget = Pick<EntityReference, 'scope' | 'key'>

export interface Claim {
  readonly field: 'status' | 'budget'
  readonly target: ClaimTarget
}

/**
 * What a rule wants of an entity. Pausing and starting want its status; a budget step wants the budget where it is, which
 * may be the campaign's. A rule that only sends messages wants nothing.
 *
 * @param budgetHolder where the entity's budget is; null where that is not known, and then the entity itself stands for it
 */
export function claimsOf(rule: Pick<Rule, 'then'>, entity: ClaimTarget, budgetHolder: ClaimTarget | null): Claim[] {
  const fields = new Set<Claim['field']>()
  for (const step of rule.then) {
    if (step.kind === 'pause' || step.kind === 'start') fields.add('status')
    if (step.kind === 'budget') fields.add('budget')
  }
  return [...fields].map((field) => ({ field, target: field === 'budget' ? (budgetHolder ?? entity) : entity }))
}

/** One text for one thing, to find it again. */
export const claimKey = ({ field, target }: Claim): string => `${field}/${target.scope}/${target.key}`
