/**
 * Converts a rule's budget step to an absolute target in minor units. The target is computed once, before the first attempt, so
 * that a retry cannot change the budget twice.
 */

import { fact, type Reason, reasonOf } from '../message/reason.js'
import type { BudgetChange, MoneyAmount } from '../rule/rule.js'
import { minorUnitsPer } from '../value/currency.js'
import type { Scope } from '../value/scope.js'

/** The budgets of a campaign or an ad set in minor units; null if not set. Meta allows one kind, on one of the levels only. */
export interface BudgetsOf {
  readonly dailyBudget: number | null
  readonly lifetimeBudget: number | null
}

export type BudgetField = 'daily_budget' | 'lifetime_budget'

/** Where an entity's budget is set, and how much it is. */
export interface HeldBudget {
  readonly kind: 'held'
  readonly level: 'campaign' | 'adset'
  readonly field: BudgetField
  /** Minor units. */
  readonly amount: number
}

/**
 * Returns the budget that a rule's step changes (for an ad set or an ad, the ad set's budget or else the campaign's), or the
 * reason why there is none.
 *
 * @param adset null for a campaign, or if it is not known
 */
export function findBudget(
  scope: Scope,
  adset: BudgetsOf | null,
  campaign: BudgetsOf | null,
): HeldBudget | { readonly kind: 'refused'; readonly reason: Reason } {
  const own = scope === 'adset' || scope === 'ad' ? heldBy('adset', adset) : null
  const found = own ?? heldBy('campaign', campaign)
  if (found !== null) return found
  return { kind: 'refused', reason: reasonOf(scope === 'campaign' && campaign !== null ? 'budgets-beneath' : 'no-budget') }
}

function heldBy(level: HeldBudget['level'], budgets: BudgetsOf | null): HeldBudget | null {
  if (budgets === null) return null
  // Meta returns 0 for the kind of budget that an entity does not have.
  if (budgets.dailyBudget) return { kind: 'held', level, field: 'daily_budget', amount: budgets.dailyBudget }
  if (budgets.lifetimeBudget) return { kind: 'held', level, field: 'lifetime_budget', amount: budgets.lifetimeBudget }
  return null
}

/** Why a step changes nothing: there is nothing to do, or it may not be done. */
export type NoChange =
  { readonly kind: 'nothing'; readonly reason: Reason } | { readonly kind: 'refused'; readonly reason: Reason }

/** The result of a budget step: a target to set, nothing to do, or a refusal. */
export type ResolvedBudget = { readonly kind: 'change'; readonly before: number; readonly target: number } | NoChange

export interface BudgetStep {
  readonly change: BudgetChange
  readonly min: MoneyAmount | null
  readonly max: MoneyAmount | null
}

/**
 * Returns the absolute target of a budget step, in minor units.
 *
 * A relative change is rounded towards the current budget, so that rounding never makes a step larger than requested; an
 * absolute amount is rounded to the nearest minor unit. The step's own `min` and `max` limit the target, but never turn a raise
 * into a cut or a cut into a raise.
 *
 * @param before the current budget in minor units
 */
export function resolveBudget(step: BudgetStep, before: number, currency: string): ResolvedBudget {
  for (const amount of amountsOf(step)) {
    if (amount.currency !== null && amount.currency !== currency) {
      const facts = { given: fact.text(amount.currency), wanted: fact.text(currency) }
      return { kind: 'refused', reason: reasonOf('budget-currency', facts) }
    }
  }
  const minor = (amount: MoneyAmount): number => Math.round(amount.value * minorUnitsPer(currency))
  const min = step.min === null ? null : minor(step.min)
  const max = step.max === null ? null : minor(step.max)
  const wanted = step.change.kind === 'absolute' ? minor(step.change.amount) : before + changeOf(before, step.change.ratio)
  const target = Math.min(Math.max(wanted, min ?? wanted), max ?? Infinity)
  if (!Number.isFinite(target) || target <= 0) return { kind: 'refused', reason: reasonOf('budget-not-positive') }
  const goesUp = step.change.kind === 'relative' ? step.change.ratio > 0 : wanted > before
  if (goesUp && target <= before && max !== null && max <= before) return atBound('budget-at-max', before, max)
  if (!goesUp && target >= before && min !== null && min >= before) return atBound('budget-at-min', before, min)
  if (target === before) return { kind: 'nothing', reason: reasonOf('budget-already', { before: fact.money(before) }) }
  return { kind: 'change', before, target }
}

const atBound = (code: 'budget-at-max' | 'budget-at-min', before: number, limit: number): ResolvedBudget => ({
  kind: 'nothing',
  reason: reasonOf(code, { before: fact.money(before), limit: fact.money(limit) }),
})

const amountsOf = ({ change, min, max }: BudgetStep): MoneyAmount[] =>
  [change.kind === 'absolute' ? change.amount : null, min, max].filter((amount) => amount !== null)

/** Rounds towards zero: 20% of 333 is 66, -20% is -66. 15% of 100 is 15, though floating point gives 14.999999999999998. */
function changeOf(before: number, ratio: number): number {
  const exact = before * ratio
  const nearest = Math.round(exact)
  return Math.abs(exact - nearest) < 1e-6 * Math.max(1, Math.abs(exact) / 1e6) ? nearest : Math.trunc(exact)
}
