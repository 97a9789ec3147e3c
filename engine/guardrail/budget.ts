/** Guardrails on money: how far and how often a budget may change, and how far the account's total may grow. */

import type { BudgetField } from '../change/budget.js'
import { fact, reasonOf } from '../message/reason.js'
import type { GuardrailContext, ProposedChange, Refusal } from './context.js'

/** Tolerance when shares are compared, so that rounding does not make 20% exceed a limit of 20%. */
const ROUNDING = 1e-9

/** Limits a single change of a budget or a bid, up or down, relative to its current value. */
export function step(change: ProposedChange, { settings }: GuardrailContext): Refusal | null {
  if (change.kind !== 'budget' && change.kind !== 'bid') return null
  // A first bid has no previous value to compare with.
  if (change.before === null) return null
  const share = Math.abs(change.target - change.before) / change.before
  if (share <= settings.step + ROUNDING) return null
  const facts = {
    before: fact.money(change.before),
    target: fact.money(change.target),
    step: fact.percentage(share),
    limit: fact.percentage(settings.step),
  }
  return { guardrail: 'step', reason: reasonOf(change.kind === 'bid' ? 'bid-step' : 'step', facts) }
}

/**
 * Limits how far a budget may move in one account day, relative to its value at the start of the day. Raises and cuts by rules
 * add up, so that two rules that undo each other's changes reach the limit as well. The resulting budget must also stay within
 * the same distance of the start.
 */
export function dailyChange(change: ProposedChange, { settings, budgets }: GuardrailContext): Refusal | null {
  if (change.kind !== 'budget') return null
  const added = budgets.movedToday + Math.abs(change.target - change.before)
  const moved = Math.max(added, Math.abs(change.target - budgets.atDayStart)) / budgets.atDayStart
  if (moved <= settings.dailyChange + ROUNDING) return null
  const facts = {
    before: fact.money(change.before),
    target: fact.money(change.target),
    moved: fact.percentage(moved),
    limit: fact.percentage(settings.dailyChange),
  }
  return { guardrail: 'daily-change', reason: reasonOf('daily-change', facts) }
}

/**
 * Limits the account's total daily budget. Without a ceiling no rule may raise a budget. With one, starting an entity is checked
 * against it too, as it spends from then on. A lifetime budget counts with its daily share of the days left.
 */
export function ceiling(change: ProposedChange, { settings, budgets }: GuardrailContext): Refusal | null {
  const refused = (code: 'ceiling-missing' | 'ceiling-unknown'): Refusal => ({
    guardrail: 'ceiling',
    reason: reasonOf(code, settings.ceiling === null ? {} : { limit: fact.money(settings.ceiling) }),
  })
  if (!mayRaise(change)) return null
  if (settings.ceiling === null) return change.kind === 'budget' ? refused('ceiling-missing') : null
  const adds = addsToDailyBudgets(change, budgets)
  if (adds === 0) return null
  if (adds === null || budgets.activeDaily === null) return refused('ceiling-unknown')
  const total = budgets.activeDaily + adds
  if (total <= settings.ceiling) return null
  const facts = { total: fact.money(total), limit: fact.money(settings.ceiling) }
  return { guardrail: 'ceiling', reason: reasonOf('ceiling', facts) }
}

/** Limits by how much rules may raise the account's budgets in one day: it bounds the owner's risk in the first weeks. */
export function raise(change: ProposedChange, { settings, budgets }: GuardrailContext): Refusal | null {
  if (settings.raise === null || change.kind !== 'budget' || change.target <= change.before) return null
  const limit = fact.money(settings.raise)
  const adds = dailyRaise(change, budgets.daysLeft)
  if (adds === null) return { guardrail: 'raise', reason: reasonOf('raise-unknown', { limit }) }
  const total = budgets.raisedToday + adds
  if (total <= settings.raise) return null
  return { guardrail: 'raise', reason: reasonOf('raise', { total: fact.money(total), limit }) }
}

/**
 * Returns by how much a raise increases the possible spend of a day, in minor units. The raise of a lifetime budget is divided by
 * the days left; null if these are not known. 0 for a cut.
 */
export function dailyRaise(
  { field, before, target }: { readonly field: BudgetField; readonly before: number; readonly target: number },
  daysLeft: number | null,
): number | null {
  if (target <= before) return 0
  if (field === 'daily_budget') return target - before
  return daysLeft === null || daysLeft <= 0 ? null : Math.ceil((target - before) / daysLeft)
}

type Raise = Extract<ProposedChange, { kind: 'start' | 'budget' }>

const mayRaise = (change: ProposedChange): change is Raise =>
  change.kind === 'start' || (change.kind === 'budget' && change.target > change.before)

/**
 * Limits spend by the monthly budgets of groups: this month's spend plus what the budgets may spend in the remaining days must
 * not exceed it. A group that already exceeds it gets no raise at all.
 */
export function groupBudget(change: ProposedChange, { budgets, groups }: GuardrailContext): Refusal | null {
  if (!mayRaise(change)) return null
  for (const { name, monthlyBudget, spent, toCome, daysLeft } of groups) {
    const adds = addsToDailyBudgets(change, budgets)
    if (adds === 0) continue
    const limit = { group: fact.text(name), limit: fact.money(monthlyBudget) }
    if (spent === null || toCome === null || adds === null) {
      return { guardrail: 'group-budget', reason: reasonOf('group-budget-unknown', limit) }
    }
    const total = spent + toCome + adds * daysLeft
    if (total <= monthlyBudget) continue
    return { guardrail: 'group-budget', reason: reasonOf('group-budget', { ...limit, total: fact.money(total) }) }
  }
  return null
}

/** Returns by how much a raise or a start increases what the account may spend in a day; null if unknown. */
function addsToDailyBudgets(change: Raise, { ownShare, startAdds, daysLeft }: GuardrailContext['budgets']): number | null {
  if (change.kind === 'start') return startAdds
  if (change.field === 'lifetime_budget') {
    return dailyRaise(change, daysLeft)
  }
  // The budget of a paused entity is not in the sum: it is checked against the ceiling when the entity starts.
  return ownShare === 0 ? 0 : change.target - ownShare
}

/** Meta allows four changes of an ad set's budget in an hour, then blocks more for an hour (error 613, subcode 1487632). */
const META_BUDGET_CHANGES_PER_HOUR = 4

export function metaBudgetChanges(change: ProposedChange, { budgets }: GuardrailContext): Refusal | null {
  if (change.kind !== 'budget' || budgets.changesLastHour < META_BUDGET_CHANGES_PER_HOUR) return null
  const facts = { count: fact.count(budgets.changesLastHour), limit: fact.count(META_BUDGET_CHANGES_PER_HOUR) }
  return { guardrail: 'meta-budget-changes', reason: reasonOf('meta-budget-changes', facts) }
}

/**
 * Enforces Meta's smallest budgets: for a daily budget the value from `minimum_budgets`, for a lifetime budget 10% more than was
 * spent (error 100, subcodes 1885272 and 1885650).
 */
export function minimumBudget(change: ProposedChange, { budgets }: GuardrailContext): Refusal | null {
  if (change.kind !== 'budget') return null
  const target = fact.money(change.target)
  if (change.field === 'daily_budget') {
    if (budgets.minimum === null || change.target >= budgets.minimum) return null
    const facts = { target, limit: fact.money(budgets.minimum) }
    return { guardrail: 'minimum-budget', reason: reasonOf('minimum-budget', facts) }
  }
  if (budgets.lifetimeSpent === null) return null
  // In integers, because 1.1 × 300 is slightly more than 330 in floating point.
  const limit = Math.ceil((budgets.lifetimeSpent * 11) / 10)
  if (change.target >= limit) return null
  const facts = { target, spent: fact.money(budgets.lifetimeSpent), limit: fact.money(limit) }
  return { guardrail: 'minimum-budget', reason: reasonOf('minimum-lifetime-budget', facts) }
}
