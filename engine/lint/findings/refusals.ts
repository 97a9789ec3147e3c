/** Budget changes that the account's guardrails always refuse. */

import type { Account, Settings } from '../../account/account.js'
import type { Rule, Step } from '../../rule/rule.js'
import { coveredAccounts } from '../rules/covered-accounts.js'
import type { Finding } from '../rules/finding.js'
import { mentions } from '../rules/mentions.js'
import { ceilingOf, inCurrency, shareOfCeiling } from '../rules/money.js'

type BudgetStep = Step & { readonly kind: 'budget' }

export function* refusalFindings(rule: Rule, settings: Settings | null): Generator<Finding> {
  const accounts = coveredAccounts(rule, settings)
  for (const [index, step] of rule.then.entries()) {
    if (step.kind !== 'budget') continue
    const at = { rule, path: `then[${index}].budget` }
    if (step.change.kind === 'relative') yield* ofStep(at, step.change.ratio, accounts)
    yield* ofAmount(at, step, accounts)
  }
}

function* ofStep(at: Finding['at'], ratio: number, accounts: readonly Account[]): Generator<Finding> {
  const tooLarge = accounts.find(({ guardrails }) => Math.abs(ratio) > guardrails.step + 1e-9)
  if (tooLarge !== undefined) {
    const most = Math.round(tooLarge.guardrails.step * 1000) / 10
    yield {
      code: 'refused-by-guardrail',
      at,
      message: `the guardrails of ${tooLarge.name} refuse every step larger than ${most}%`,
      hint: `make the step smaller, or raise \`step:\` under \`guardrails:\` in tetik.yaml`,
    }
  }
  const unlimited = ratio > 0 ? accounts.find(({ guardrails }) => guardrails.ceiling === null) : undefined
  if (unlimited !== undefined) {
    yield {
      code: 'refused-by-guardrail',
      at,
      message: `${unlimited.name} has no ceiling for its daily budgets, and without one every raise is refused`,
      hint: `add \`guardrails: { ceiling: 15000 ${unlimited.currency} per day }\` to the account in tetik.yaml, with an amount of your own`,
    }
  }
}

/** Reports a budget for one entity above what the whole account may spend in a day. */
function* ofAmount(at: Finding['at'], step: BudgetStep, accounts: readonly Account[]): Generator<Finding> {
  // A lifetime budget is spread over its remaining days, so its amount can't be compared with a daily ceiling.
  if (mentions(at.rule, ({ attribute }) => attribute === 'lifetime_budget')) return
  const amount = step.change.kind === 'absolute' ? step.change.amount.value : (step.min?.value ?? 0)
  for (const account of accounts) {
    const ceiling = ceilingOf(account)
    if (ceiling === null || amount <= ceiling) continue
    const { name, currency, guardrails } = account
    const percent = Math.round(Math.min(0.15, guardrails.step) * 1000) / 10
    yield {
      code: 'refused-by-guardrail',
      at,
      message: `${inCurrency(amount, currency)} is more than the ${inCurrency(ceiling, currency)} a day that all of ${name} together may spend, and is always refused`,
      hint: `is there a zero too many? Otherwise raise the budget in steps: \`budget: { change: +${percent}%, max: ${shareOfCeiling(ceiling, currency)} }\``,
    }
    return
  }
}
