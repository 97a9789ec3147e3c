/** Conditions as the lint reasons about them: inequalities, patterns and yes-or-no, joined by "all" and "any" alone. */

import type { Linear } from './linear.js'
import type { Pattern } from './text-pattern.js'

export type Formula =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] }
  /** The sum is more than zero, or not less where it is not strict. */
  | { readonly kind: 'linear'; readonly sum: Linear; readonly strict: boolean }
  /** The text fits one of the patterns, or none of them where it is not wanted. */
  | { readonly kind: 'text'; readonly key: string; readonly patterns: readonly Pattern[]; readonly wanted: boolean }
  | { readonly kind: 'flag'; readonly key: string; readonly wanted: boolean }
  /** Nothing is claimed. */
  | { readonly kind: 'open' }

export const OPEN: Formula = { kind: 'open' }
export const TRUE: Formula = { kind: 'all', parts: [] }

export const allOf = (...parts: readonly Formula[]): Formula => ({ kind: 'all', parts })
export const anyOf = (...parts: readonly Formula[]): Formula => ({ kind: 'any', parts })

type Literal = Exclude<Formula, { kind: 'all' | 'any' }>

/** The formula with each of its statements replaced by what `change` makes of it. */
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

/** Every quantity that the formula speaks of. */
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
