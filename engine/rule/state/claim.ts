/** What a rule's firing wants to change, so that no two of one tick change the same thing of one entity. */

import type { EntityReference } from '../decision.js'
import type { Rule } from '../rule.js'
import type { ClaimField } from '../steps/definition.js'
import { kindOf } from '../steps/steps.js'

/** An entity as claims name it: its key is unique within its scope. */
export type ClaimTarget = Pick<EntityReference, 'scope' | 'key'>

export interface Claim {
  readonly field: ClaimField
  readonly target: ClaimTarget
}

/** What of an entity the steps of a rule want to change, each once; of one that only sends messages nothing. */
export function fieldsOf(rule: Pick<Rule, 'then'>): readonly ClaimField[] {
  return [...new Set(rule.then.flatMap((step) => kindOf(step).claims ?? []))]
}

/**
 * What fields a rule wants of an entity. A budget step wants the budget where it is, which may be the campaign's.
 *
 * @param budgetHolder where the entity's budget is; null where that is not known, and then the entity itself stands for it
 */
export const claimsOfFields = (
  fields: readonly ClaimField[],
  entity: ClaimTarget,
  budgetHolder: ClaimTarget | null,
): readonly Claim[] => fields.map((field) => ({ field, target: field === 'budget' ? (budgetHolder ?? entity) : entity }))

/** One text for one thing, to find it again. */
export const claimKey = ({ field, target }: Claim): string => `${field}/${target.scope}/${target.key}`
