/** A fixed budget that raises move too far away from: the guardrails refuse the way back. */

import type { Account, Settings } from '../account/account.js'
import type { Rule, Step } from '../rule/rule.js'
import { AtomTable } from './atom.js'
import { coveredAccounts, valuesOf } from './covered-accounts.js'
import { minutesOfDay, timesPerDay } from './day-hours.js'
import type { Finding } from './finding.js'
import { mapFormula, OPEN, TRUE, keysOf, type Formula } from './formula.js'
import { atomOf, constantOf, plus } from './linear.js'
import { expressionsOf } from './mentions.js'
import { inCurrency } from './money.js'
import { withoutSwitches } from './pair-formula.js'
import { FormulaReader } from './read-formula.js'
import { AccountReading } from './rule-reading.js'
import { canHoldTogether } from './satisfiable.js'
import { isRaise } from './steps.js'

interface Placed {
  readonly rule: Rule
  readonly index: number
  readonly step: Step & { readonly kind: 'budget' }
}

const ROUNDING = 1e-9

export function* comeBackFindings(rules: readonly Rule[], settings: Settings | null): Generator<Finding> {
  const steps = rules.flatMap(budgetSteps)
  const raises = steps.filter(({ step }) => isRaise(step) || step.change.kind === 'absolute')
  for (const fixed of steps) {
    if (fixed.step.change.kind !== 'absolute') continue
    const found = raises.flatMap((raise) => tooFar(fixed, raise, settings) ?? [])[0]
    if (found !== undefined) yield found
  }
}

const budgetSteps = (rule: Rule): Placed[] =>
  rule.then.flatMap((step, index) => (step.kind === 'budget' ? [{ rule, index, step }] : []))

function tooFar(fixed: Placed, raise: Placed, settings: Settings | null): Finding | null {
  const { change } = fixed.step
  if (change.kind !== 'absolute' || fixed.rule.scope !== raise.rule.scope) return null
  // Within one rule, what comes first is undone by what comes after it.
  if (fixed.rule === raise.rule && raise.index >= fixed.index) return null
  const by = raise.step.change
  if (by.kind === 'absolute' && by.amount.value <= change.amount.value) return null
  const accounts = coveredAccounts(fixed.rule, settings).filter((account) =>
    coveredAccounts(raise.rule, settings).includes(account),
  )
  for (const account of accounts) {
    const amount = change.amount.value
    const farthest = amount / (1 - account.guardrails.step)
    if (account.guardrails.step >= 1 || reach(fixed, raise, amount, account) <= farthest * (1 + ROUNDING)) continue
    if (!meet(fixed, raise, farthest, account)) continue
    const [from, to] = [farthest, amount].map((value) => inCurrency(value, account.currency))
    const step = Math.round(account.guardrails.step * 1000) / 10
    return {
      code: 'budget-cannot-come-back',
      at: { rule: fixed.rule, path: `then[${fixed.index}].budget` },
      message: `\`${raise.rule.id}\` may raise the budget above ${from!}, and from there to ${to!} is more than the ${step} % that the guardrails of ${account.name} allow in one step`,
      hint: `keep the raises within ${from!} with \`max\`, or bring the budget back in steps: \`budget: { change: -${step}%, min: ${to!} }\` several times`,
      related: [{ rule: raise.rule, path: `then[${raise.index}].budget`, message: `what \`${raise.rule.id}\` raises` }],
    }
  }
  return null
}

/** How far the raises get before the budget is set again: from the amount itself, as often as they may be made in between. */
function reach(fixed: Placed, raise: Placed, amount: number, account: Account): number {
  const { change, max } = raise.step
  if (change.kind === 'absolute') return change.amount.value
  const most = max?.value ?? Infinity
  if (fixed.rule === raise.rule) return Math.min(most, amount * (1 + change.ratio))
  if (!isReset(fixed.rule)) return most
  const around = [raise.rule.where, raise.rule.when].flatMap((condition) =>
    condition === null ? [] : [{ condition, wanted: true }],
  )
  const times = timesPerDay(around, new AccountReading(raise.rule, account))
  const perDay = Math.min((1 + change.ratio) ** times, 1 + account.guardrails.dailyChange)
  return Math.min(most, amount * perDay)
}

/** Whether the rule sets the budget every day, whatever the numbers are. */
function isReset({ cadence, when, where }: Rule): boolean {
  if (cadence.kind === 'hook' || minutesOfDay(cadence).length === 0) return false
  if (cadence.kind === 'cron' && !/^\S+ \S+ \* \* \*$/.test(cadence.expression.trim().replace(/\s+/g, ' '))) return false
  return [when, where].every((condition) =>
    expressionsOf(condition).every(({ kind }) => kind !== 'metric' && kind !== 'forecast'),
  )
}

/** Whether one entity can be raised by the one and be too far away for the other. */
function meet(fixed: Placed, raise: Placed, farthest: number, account: Account): boolean {
  const atoms = new AtomTable()
  const read = ({ rule }: Placed) => new FormulaReader({ scope: rule.scope, rule: rule.id, values: valuesOf(account), atoms })
  const scope = fixed.rule.scope
  const key = `${scope}.daily_budget`
  const { change, max } = raise.step
  const most = change.kind === 'absolute' ? change.amount.value : (max?.value ?? null)
  const after = change.kind === 'absolute' ? TRUE : afterRaise(read(raise).condition(raise.rule.when), key, change.ratio)
  const formulas: Formula[] = [
    withoutSwitches(read(fixed).condition(fixed.rule.where), scope),
    read(fixed).condition(fixed.rule.when),
    withoutSwitches(read(raise).condition(raise.rule.where), scope),
    after,
    { kind: 'linear', sum: plus(atomOf(key), constantOf(farthest), -1), strict: true },
    ...(most === null ? [] : [{ kind: 'linear' as const, sum: plus(constantOf(most), atomOf(key), -1), strict: false }]),
  ]
  return canHoldTogether(formulas, atoms)
}

/** Of what the raise asks for, what it asks of the budget, said of the budget that it makes; the rest was true at another time. */
function afterRaise(formula: Formula, key: string, ratio: number): Formula {
  return mapFormula(formula, (literal) => {
    if (literal.kind !== 'linear' || [...keysOf(literal)].some((other) => other !== key)) return OPEN
    const terms = new Map([...literal.sum.terms].map(([own, share]) => [own, share / (1 + ratio)] as const))
    return { ...literal, sum: { constant: literal.sum.constant, terms } }
  })
}
