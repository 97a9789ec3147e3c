/** What a rule's step comes to for one entity: the change that guardrails are asked about, or why there is none. */

import { findBudget, resolveBudget } from '../engine/action/budget.js'
import type { ProposedChange } from '../engine/action/guardrail-context.js'
import { resolvePause, resolveStart } from '../engine/action/pause.js'
import type { Reason } from '../engine/action/reason.js'
import type { Rule, Step } from '../engine/rule/rule.js'
import type { Entity } from '../store/entities.js'
import type { AccountSnapshot } from './account-snapshot.js'

export type ChangeStep = Extract<Step, { kind: 'pause' | 'start' | 'budget' }>

export type Proposal =
  | {
      readonly kind: 'change'
      /** The entity that is changed: of a budget the one that holds it. */
      readonly entity: Entity
      readonly change: ProposedChange
      readonly field: 'status' | 'daily_budget' | 'lifetime_budget'
      readonly before: string
      readonly target: string
    }
  | { readonly kind: 'nothing'; readonly reason: Reason }
  | { readonly kind: 'refused'; readonly reason: Reason }

export const isChange = (step: Step): step is ChangeStep =>
  step.kind === 'pause' || step.kind === 'start' || step.kind === 'budget'

export function propose(
  rule: Pick<Rule, 'id' | 'scope'>,
  step: ChangeStep,
  entity: Entity,
  snapshot: AccountSnapshot,
  currency: string,
): Proposal {
  if (step.kind === 'budget') return proposeBudget(rule, step, entity, snapshot, currency)
  const holders = snapshot.holders(entity.id)
  const resolved = step.kind === 'pause' ? resolvePause(entity) : resolveStart(rule.id, step, { status: entity.status, holders })
  if (resolved.kind === 'nothing') return resolved
  const { target, ownPause } = resolved
  const change: ProposedChange = step.kind === 'pause' ? { kind: 'pause' } : { kind: 'start', ownPause }
  return { kind: 'change', entity, change, field: 'status', before: entity.status, target }
}

function proposeBudget(
  rule: Pick<Rule, 'scope'>,
  step: Extract<Step, { kind: 'budget' }>,
  entity: Entity,
  snapshot: AccountSnapshot,
  currency: string,
): Proposal {
  const adset = entity.level === 'adset' ? entity : entity.level === 'ad' ? snapshot.find('adset', entity.adsetId) : null
  const campaign = snapshot.find('campaign', entity.campaignId)
  const held = findBudget(rule.scope, adset, campaign)
  if ('code' in held) return { kind: 'refused', reason: held }
  const holder = held.level === 'adset' ? adset : campaign
  const resolved = resolveBudget(step, held.amount, currency)
  if (resolved.kind !== 'change' || holder === null) {
    return resolved.kind === 'change' ? { kind: 'refused', reason: { code: 'no-budget', facts: {} } } : resolved
  }
  // A step from a budget that is just being changed would be a step from a number that no longer is.
  if (snapshot.budgetMayChange(holder.id)) return { kind: 'refused', reason: { code: 'budget-under-way', facts: {} } }
  const { before, target } = resolved
  const change: ProposedChange = { kind: 'budget', field: held.field, before, target }
  return { kind: 'change', entity: holder, change, field: held.field, before: String(before), target: String(target) }
}
