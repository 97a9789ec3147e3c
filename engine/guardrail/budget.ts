/** Guardrails on money: how far and how often a budget may move, and how far the account's may grow. */

import type { BudgetField } from '../change/budget.js'
import { fact, reasonOf } from '../message/reason.js'
import type { GuardrailContext, ProposedChange, Refusal } from './context.js'

/** Shares are compared with this much room, so that 20 % is not more than 20 % by a rounding of doubles. */
const ROUNDING = 1e-9

/** The largest step of a budget or a bid, up or down, relative to what it is. */
export function step(change: ProposedChange, { settings }: GuardrailContext): Refusal | null {
  if (change.kind !== 'budget' && change.kind !== 'bid') return null
  // A first bid has nothing to be far from.
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
 * The largest change of a budget in one account day, relative to what it was at the day's start. Rules' ups and downs add up,
 * for two rules that undo each other are no calm day; and the budget as a whole stays within the same distance.
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
 * The ceiling of the account's total daily budget. It must be given before a rule may raise a budget; where it is given,
 * starting is held to it too, for a started ad set spends. A lifetime budget counts by the days that it has left.
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

/** The most that rules may raise the account's budgets by in one day: what an owner risks in the first weeks. */
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
 * What a raise adds to what may be spent in a day, minor units: of a lifetime budget its share of the days left, null where
 * these are not known. 0 for a cut.
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
 * The monthly budget of a group: what was spent this month and what the budgets may spend in the days left must stay within
 * it. It is the sum that counts, so that a group which is past it already gets no raise at all.
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

/** What a raise or a start adds to what the account may spend in a day; null if unknown. */
function addsToDailyBudgets(change: Raise, { ownShare, startAdds, daysLeft }: GuardrailContext['budgets']): number | null {
  if (change.kind === 'start') return startAdds
  if (change.field === 'lifetime_budget') {
    return dailyRaise(change, daysLeft)
  }
  // The budget of what is paused is not in the sum: it is held to the ceiling when it starts.
  return ownShare === 0 ? 0 : change.target - ownShare
}

/** Meta allows four changes of an ad set's budget in an hour, then blocks them for one (error 613, subcode 1487632). */
const META_BUDGET_CHANGES_PER_HOUR = 4

export function metaBudgetChanges(change: ProposedChange, { budgets }: GuardrailContext): Refusal | null {
  if (change.kind !== 'budget' || budgets.changesLastHour < META_BUDGET_CHANGES_PER_HOUR) return null
  const facts = { count: fact.count(budgets.changesLastHour), limit: fact.count(META_BUDGET_CHANGES_PER_HOUR) }
  return { guardrail: 'meta-budget-changes', reason: reasonOf('meta-budget-changes', facts) }
}

/**
 * Meta's smallest budgets: of a daily one what `minimum_budgets` says, of a lifetime one a tenth above what is spent (error
 * 100, subcodes 1885272 and 1885650).
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
  // In integers: 1.1 times 300 is a little more than 330.
  const limit = Math.ceil((budgets.lifetimeSpent * 11) / 10)
  if (change.target >= limit) return null
  const facts = { target, spent: fact.money(budgets.lifetimeSpent), limit: fact.money(limit) }
  return { guardrail: 'minimum-budget', reason: reasonOf('minimum-lifetime-budget', facts) }
}
