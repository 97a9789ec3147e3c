/** The conditions of two rules after one of them has acted, or with both at their thresholds. */

import type { Scope } from '../../value/scope.js'
import type { AtomTable } from '../logic/atom.js'
import { type Formula, keysOf, mapFormula, OPEN } from '../logic/formula.js'
import { atomOf, constantOf, type Linear, plus } from '../logic/linear.js'
import type { Want } from './step-effects.js'

/**
 * Returns the formula without conditions on the status: a pause or start changes it, so the other rule's condition becomes
 * true.
 */
export function withoutSwitches(formula: Formula, scope: Scope): Formula {
  const switches = new Set(['status', 'effective_status', 'delivering'].map((attribute) => `${scope}.${attribute}`))
  return mapFormula(formula, (literal) =>
    (literal.kind === 'text' || literal.kind === 'flag') && switches.has(literal.key) ? OPEN : literal,
  )
}

/**
 * A gap of this share between two thresholds counts as none: a cost moves further within an hour. Each threshold is widened by
 * half.
 */
const NO_ROOM = 0.03

/**
 * Returns the formula with the thresholds of metrics included and widened a little, so that `cpa < 100` and `cpa > 100.01` can hold
 * together. Quantities that only grow (today's spend, an age) cross a threshold once, and a budget changes in steps: their
 * thresholds stay as they are.
 */
export function atTheThreshold(formula: Formula, atoms: AtomTable): Formula {
  return mapFormula(formula, (literal) => {
    if (literal.kind !== 'linear') return literal
    const keys = [...literal.sum.terms.keys()]
    const wavers = keys.some((key) => atoms.domain(key).role === 'metric' && !(key.endsWith('[1d-0]') && !key.startsWith('(')))
    const isFixed = keys.some((key) => ['budget', 'clock', 'state'].includes(atoms.domain(key).role))
    return wavers && !isFixed ? { ...literal, sum: widened(literal.sum, atoms), strict: false } : literal
  })
}

/** Returns the sum with its threshold moved outwards, if that is an amount or a multiple of a target. */
function widened({ constant, terms }: Linear, atoms: AtomTable): Linear {
  const room = NO_ROOM / 2
  const isTarget = (key: string) => atoms.domain(key).role === 'target'
  return {
    constant: constant + room * Math.abs(constant),
    terms: new Map([...terms].map(([key, by]) => [key, isTarget(key) ? by + room * Math.abs(by) : by] as const)),
  }
}

/** Returns formulas that say that targets are above zero; at zero all their multiples would be equal. */
export function positiveTargets(formula: Formula, atoms: AtomTable): Formula[] {
  return [...new Set(keysOf(formula))]
    .filter((key) => atoms.domain(key).role === 'target')
    .map((key) => ({ kind: 'linear', sum: atomOf(key), strict: true }))
}

/** Restates the formula's conditions on the budget in terms of the changed budget. Returns null if the step changes no budget. */
export function afterwards(formula: Formula, want: Want, scope: Scope, most: number | null): readonly Formula[] | null {
  if (want.of !== 'budget') return null
  const keys = ['daily_budget', 'lifetime_budget'].map((attribute) => `${scope}.${attribute}`)
  const isBudget = (linear: Linear) => keys.some((key) => linear.terms.has(key))
  if (want.kind === 'set') {
    const before = mapFormula(formula, (literal) => (literal.kind === 'linear' && isBudget(literal.sum) ? OPEN : literal))
    return [before, ...keys.flatMap((key) => exactly(key, want.by))]
  }
  const before = mapFormula(formula, (literal) => {
    if (literal.kind !== 'linear' || !isBudget(literal.sum)) return literal
    const terms = [...literal.sum.terms].map(([key, by]) => [key, keys.includes(key) ? by / want.by : by] as const)
    return { ...literal, sum: { constant: literal.sum.constant, terms: new Map(terms) } }
  })
  const capped = most === null || want.kind !== 'raise' ? [] : keys.map((key) => atMost(key, most))
  return [before, ...capped]
}

const atMost = (key: string, most: number): Formula => ({
  kind: 'linear',
  sum: plus(constantOf(most), atomOf(key), -1),
  strict: false,
})

const exactly = (key: string, amount: number): readonly Formula[] => [
  atMost(key, amount),
  { kind: 'linear', sum: plus(atomOf(key), constantOf(amount), -1), strict: false },
]
