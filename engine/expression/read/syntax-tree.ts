/** The syntax tree of a line, before names are resolved and units checked; `check.ts` turns it into a `Comparison`. */

import type { ComparisonOperator, Span, Window } from '../syntax.js'

export type Tree = { readonly span: Span } & (
  | { readonly kind: 'number'; readonly text: string; readonly value: number; readonly unit: Word | null }
  | { readonly kind: 'percentage'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | NameTree
  | CallTree
  /** `payload.order.total`: the path is what follows `payload`. */
  | { readonly kind: 'payload'; readonly path: readonly string[] }
  | { readonly kind: 'negate'; readonly operand: Tree }
  | { readonly kind: 'arithmetic'; readonly operator: '+' | '-' | '*' | '/'; readonly left: Tree; readonly right: Tree }
  /** Could not be read; the fault has been reported. */
  | { readonly kind: 'broken' }
)

export interface NameTree {
  readonly kind: 'name'
  readonly span: Span
  readonly owner: Word | null
  readonly name: Word
  /** The argument of `action("…")`. */
  readonly actionType: string | null
  /** Null if there is none; `broken` if it is invalid. */
  readonly window: Window | 'broken' | null
  /** The window that a `broken` one clearly means. */
  readonly meantWindow?: Window
}

/** A function with its arguments; a forecast's horizon is read as an expression too. */
export interface CallTree {
  readonly kind: 'call'
  readonly span: Span
  /** An owner in front, which is a mistake: `campaign.count()`. */
  readonly owner: Word | null
  readonly name: Word
  readonly arguments: readonly Tree[]
  /** The word after `within`. */
  readonly within: Word | null
}

export interface Word {
  readonly text: string
  readonly span: Span
}

export type ComparisonTree =
  | {
      readonly kind: 'compare'
      readonly operator: ComparisonOperator
      readonly operatorSpan: Span
      readonly left: Tree
      readonly right: Tree
    }
  | { readonly kind: 'between'; readonly subject: Tree; readonly low: Tree; readonly high: Tree }
  | { readonly kind: 'in'; readonly subject: Tree; readonly items: readonly Tree[] }
  /** `input` is a word in place of a quoted text: it may be an input of a blueprint. */
  | { readonly kind: 'matches' | 'contains'; readonly subject: Tree; readonly text: string; readonly input: Word | null }
  | { readonly kind: 'holds'; readonly subject: Tree }
