/** Fixed budgets that the guardrails refuse to restore, because raises have moved too far away from them. */

import type { Account, Settings } from '../../account/account.js'
import { DAY } from '../../clock/zone.js'
import type { Rule, Step } from '../../rule/rule.js'
import { FormulaCache } from '../logic/formula-cache.js'
import { type Formula, keysOf, mapFormula, OPEN, TRUE } from '../logic/formula.js'
import { atomOf, constantOf, plus } from '../logic/linear.js'
import { canHoldTogether } from '../logic/satisfiable.js'
import { coveredAccounts, valuesOf } from '../rules/covered-accounts.js'
import { minutesOfDay, timesPerDay } from '../rules/day-hours.js'
import type { Finding } from '../rules/finding.js'
import { expressionsOf } from '../rules/mentions.js'
import { inCurrency } from '../rules/money.js'
import { withoutSwitches } from '../rules/pair-formula.js'
import { AccountReading } from '../rules/rule-reading.js'
import { isRaise } from '../rules/steps.js'

type BudgetStep = Step & { readonly kind: 'budget' }

interface Placed {
  readonly rule: Rule
  readonly index: number
  readonly step: BudgetStep
}

interface Fixed extends Placed {
  readonly amount: number
}

const ROUNDING = 1e-9

export function* comeBackFindings(rules: readonly Rule[], settings: Settings | null): Generator<Finding> {
  const steps = rules.flatMap(budgetSteps)
  const found = new Set<BudgetStep>()
  for (const account of settings?.accounts ?? []) {
    const own = steps.filter(({ rule }) => coveredAccounts(rule, settings).includes(account))
    const fixed = own.flatMap((placed) => fixedAmount(placed) ?? [])
    if (fixed.length === 0 || account.guardrails.step >= 1) continue
    const search = new ComeBackSearch(account)
    for (const each of fixed) {
      const raise = found.has(each.step)
        ? undefined
        : (own.find((other) => search.isTooFar(each, other)) ?? search.lastOfTooMany(each, own))
      if (raise === undefined) continue
      found.add(each.step)
      yield findingOf(each, raise, account)
    }
  }
}

const budgetSteps = (rule: Rule): Placed[] =>
  rule.then.flatMap((step, index) => (step.kind === 'budget' ? [{ rule, index, step }] : []))

const fixedAmount = (placed: Placed): Fixed | null =>
  placed.step.change.kind === 'absolute' ? { ...placed, amount: placed.step.change.amount.value } : null

/** Returns the highest budget from which the guardrails allow to return to `amount` in one step. */
const farthestFrom = (amount: number, { guardrails }: Account): number => amount / (1 - guardrails.step)

function findingOf(fixed: Fixed, raise: Placed, account: Account): Finding {
  const [from, to] = [farthestFrom(fixed.amount, account), fixed.amount].map((value) => inCurrency(value, account.currency))
  const step = Math.round(account.guardrails.step * 1000) / 10
  const who = fixed.rule === raise.rule ? 'this rule' : `\`${raise.rule.id}\``
  return {
    code: 'budget-cannot-come-back',
    at: { rule: fixed.rule, path: `then[${fixed.index}].budget` },
    message: `${who} may raise the budget above ${from!}, and the step from there to ${to!} is larger than the ${step}% that the guardrails of ${account.name} allow in one step`,
    hint: `keep the raises within ${from!} with \`max\`, or bring the budget back in steps: \`budget: { change: -${step}%, min: ${to!} }\` several times`,
    related: [{ rule: raise.rule, path: `then[${raise.index}].budget`, message: `what \`${raise.rule.id}\` raises` }],
  }
}

class ComeBackSearch {
  readonly #formulas: FormulaCache

  constructor(private readonly account: Account) {
    this.#formulas = new FormulaCache(valuesOf(account))
  }

  isTooFar(fixed: Fixed, raise: Placed): boolean {
    const { change } = raise.step
    if (fixed.rule.scope !== raise.rule.scope) return false
    if (change.kind === 'absolute' ? change.amount.value <= fixed.amount : !isRaise(raise.step)) return false
    // Within one rule, only a raise before the fixed budget is undone by it.
    if (fixed.rule === raise.rule && raise.index >= fixed.index) return false
    const farthest = farthestFrom(fixed.amount, this.account)
    return this.#reach(fixed, raise) > farthest * (1 + ROUNDING) && this.#canMeet(fixed, raise, farthest)
  }

  /** Returns the highest budget that the raise can reach before the fixed amount is set again. */
  #reach(fixed: Fixed, raise: Placed): number {
    const { change, max } = raise.step
    if (change.kind === 'absolute') return change.amount.value
    const most = max?.value ?? Infinity
    if (fixed.rule === raise.rule) return Math.min(most, fixed.amount * (1 + change.ratio))
    if (!isReset(fixed.rule)) return most
    const around = [raise.rule.where, raise.rule.when].flatMap((condition) =>
      condition === null ? [] : [{ condition, wanted: true }],
    )
    const times = timesPerDay(around, new AccountReading(raise.rule, this.account))
    return Math.min(most, fixed.amount * this.#withinADay((1 + change.ratio) ** times))
  }

  #withinADay = (factor: number): number => Math.min(factor, 1 + this.account.guardrails.dailyChange)

  /** Returns the last of several raises in other rules that go too far only together; undefined if they do not. */
  lastOfTooMany(fixed: Fixed, steps: readonly Placed[]): Placed | undefined {
    const raises = steps.filter(({ rule, step }) => rule !== fixed.rule && rule.scope === fixed.rule.scope && isRaise(step))
    if (!isReset(fixed.rule) || raises.length < 2) return undefined
    const farthest = farthestFrom(fixed.amount, this.account)
    const meeting = raises.filter((raise) => this.#canMeet(fixed, raise, farthest))
    const factor = meeting.reduce((product, raise) => (product * this.#reach(fixed, raise)) / fixed.amount, 1)
    return fixed.amount * this.#withinADay(factor) > farthest * (1 + ROUNDING) ? meeting.at(-1) : undefined
  }

  /** Whether the same entity can get the raise and then have a budget too far from the fixed amount. */
  #canMeet(fixed: Fixed, raise: Placed, farthest: number): boolean {
    const { scope } = fixed.rule
    const key = `${scope}.daily_budget`
    const { change, max } = raise.step
    const most = change.kind === 'absolute' ? change.amount.value : (max?.value ?? null)
    const asked = this.#formulas.formulaOf(raise.rule, 'when')
    const formulas: Formula[] = [
      withoutSwitches(this.#formulas.formulaOf(fixed.rule, 'where'), scope),
      withoutSwitches(this.#formulas.formulaOf(raise.rule, 'where'), scope),
      fixed.rule === raise.rule ? TRUE : this.#formulas.formulaOf(fixed.rule, 'when'),
      change.kind === 'absolute' ? TRUE : afterRaise(asked, key, change.ratio),
      { kind: 'linear', sum: plus(atomOf(key), constantOf(farthest), -1), strict: true },
      ...(most === null ? [] : [{ kind: 'linear' as const, sum: plus(constantOf(most), atomOf(key), -1), strict: false }]),
    ]
    return canHoldTogether(formulas, this.#formulas.atoms)
  }
}

/** Whether the rule sets the budget every day, regardless of any metric. */
function isReset({ cadence, cooldown, when, where }: Rule): boolean {
  if (cooldown > DAY || cadence.kind === 'hook' || minutesOfDay(cadence).length === 0) return false
  if (cadence.kind === 'cron' && !/^\S+\s+\S+\s+\*\s+\*\s+\*$/.test(cadence.expression.trim())) return false
  return [when, where].every((condition) =>
    expressionsOf(condition).every((part) => {
      if (part.kind === 'attribute') return part.attribute !== 'weekday' && part.attribute !== 'days_left'
      return part.kind !== 'metric' && part.kind !== 'forecast' && part.kind !== 'aggregate'
    }),
  )
}

/**
 * Restates the raise's conditions on the budget in terms of the raised budget. All other conditions become open: they held at
 * the time of the raise, which is past.
 */
function afterRaise(formula: Formula, key: string, ratio: number): Formula {
  return mapFormula(formula, (literal) => {
    if (literal.kind !== 'linear' || [...keysOf(literal)].some((other) => other !== key)) return OPEN
    const terms = new Map([...literal.sum.terms].map(([own, share]) => [own, share / (1 + ratio)] as const))
    return { ...literal, sum: { constant: literal.sum.constant, terms } }
  })
}
