/** What a firing would change, so that no two firings of one tick change the same field of an entity. */

import type { FactEntity } from '../../facts/facts.js'
import type { Rule } from '../rule.js'
import type { ClaimField } from '../steps/definition.js'
import { kindOf } from '../steps/steps.js'

/** An entity as claims refer to it; its key is unique within its scope. */
export type ClaimTarget = Pick<FactEntity, 'scope' | 'key'>

export interface Claim {
  readonly field: ClaimField
  readonly target: ClaimTarget
}

/** Returns the fields of an entity that a rule's steps change, without duplicates; empty if it only sends messages. */
export function fieldsOf(rule: Pick<Rule, 'then'>): readonly ClaimField[] {
  return [...new Set(rule.then.flatMap((step) => kindOf(step).claims ?? []))]
}

/**
 * Returns a claim for each field. A budget step claims the budget where it is, which may be on the campaign.
 *
 * @param budgetOwner the object that has the entity's budget; null if that is unknown: then the entity itself is claimed
 */
export const claimsOfFields = (
  fields: readonly ClaimField[],
  entity: ClaimTarget,
  budgetOwner: ClaimTarget | null,
): readonly Claim[] => fields.map((field) => ({ field, target: field === 'budget' ? (budgetOwner ?? entity) : entity }))

/** A key for a claim, equal for equal claims. */
export const claimKey = ({ field, target }: Claim): string => `${field}/${target.scope}/${target.key}`
