/** Conditions in the form that the lint reasons about: inequalities, text patterns and flags, joined only by "all" and "any". */

import type { Linear } from './linear.js'
import type { Pattern } from './text-pattern.js'

export type Formula =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] }
  /** The sum is > 0 if `strict`, otherwise >= 0. */
  | { readonly kind: 'linear'; readonly sum: Linear; readonly strict: boolean }
  /** The text fits one of the patterns if `wanted`, otherwise none of them. */
  | { readonly kind: 'text'; readonly key: string; readonly patterns: readonly Pattern[]; readonly wanted: boolean }
  | { readonly kind: 'flag'; readonly key: string; readonly wanted: boolean }
  /** May be true or false: nothing is concluded from it. */
  | { readonly kind: 'open' }

export const OPEN: Formula = { kind: 'open' }
export const TRUE: Formula = { kind: 'all', parts: [] }

export const allOf = (...parts: readonly Formula[]): Formula => ({ kind: 'all', parts })
export const anyOf = (...parts: readonly Formula[]): Formula => ({ kind: 'any', parts })

type Literal = Exclude<Formula, { kind: 'all' | 'any' }>

/** Returns the formula with each literal replaced by `change(literal)`. */
export function mapFormula(formula: Formula, change: (literal: Literal) => Formula): Formula {
  switch (formula.kind) {
    case 'all':
    case 'any':
      return { kind: formula.kind, parts: formula.parts.map((part) => mapFormula(part, change)) }
    case 'linear':
    case 'text':
    case 'flag':
    case 'open':
      return change(formula)
  }
}

/** Yields the key of every quantity in the formula; a key may occur more than once. */
export function* keysOf(formula: Formula): Generator<string> {
  switch (formula.kind) {
    case 'all':
    case 'any':
      for (const part of formula.parts) yield* keysOf(part)
      return
    case 'linear':
      yield* formula.sum.terms.keys()
      return
    case 'text':
    case 'flag':
      yield formula.key
      return
    case 'open':
      return
  }
}
