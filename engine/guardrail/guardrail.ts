/**
 * Guardrails override every rule. They refuse and say why; they never adjust a number. docs/guardrails.md lists each with
 * its default.
 */

import { actionsPerDay, actionsPerHour, breaker, freeze, outage, stop } from './account.js'
import { ceiling, dailyChange, groupBudget, metaBudgetChanges, minimumBudget, raise, step } from './budget.js'
import type { GuardrailContext, GuardrailName, ProposedChange, Refusal } from './context.js'
import { handsOff, lastAdset, learning, protect } from './entity.js'

type Guardrail = (change: ProposedChange, context: GuardrailContext) => Refusal | null

/** In the order in which they are checked: those that refuse any change come first, so that the broadest reason is reported. */
export const GUARDRAILS: Readonly<Record<GuardrailName, Guardrail>> = {
  stop,
  breaker,
  freeze,
  protect,
  'hands-off': handsOff,
  outage,
  learning,
  'last-adset': lastAdset,
  'actions-per-hour': actionsPerHour,
  'actions-per-day': actionsPerDay,
  step,
  'daily-change': dailyChange,
  ceiling,
  raise,
  'group-budget': groupBudget,
  'meta-budget-changes': metaBudgetChanges,
  'minimum-budget': minimumBudget,
}

/** Returns the refusal of the first guardrail that refuses a change; null if the change is allowed. */
export function refusalOf(change: ProposedChange, context: GuardrailContext): Refusal | null {
  for (const guardrail of Object.values(GUARDRAILS)) {
    const refusal = guardrail(change, context)
    if (refusal !== null) return refusal
  }
  return null
}
