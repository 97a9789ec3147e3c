/** What an evaluator found of one rule, entity and moment, as one small number: columns of them fit into a byte array. */

import type { Truth } from '../value/value.js'

export const VERDICT = {
  /** `where` selects the entity and `when` is false. */
  false: 0,
  /** `where` selects the entity and `when` is true, or there is none. */
  true: 1,
  /** `where`, or `when` of an entity that it selects, is unknown. */
  unknown: 2,
  /** `where` is false: the entity starts again, except for its cooldown. */
  leftOut: 3,
  /** The data does not have the entity at this moment: it stays as it was. */
  absent: 4,
} as const

/** The verdicts on a rule's entities at one moment, in the entities' order. */
export interface Verdicts<Column extends ArrayLike<number> = ArrayLike<number>> {
  readonly verdicts: Column
  /** What `clear` evaluates to, as `VERDICT.false`, `true` or `unknown`; null if the rule has none. */
  readonly clear: Column | null
  /**
   * What `when` evaluates to whatever `where` says, in the same way, for what `priority` holds back. Without it, that is unknown
   * for an entity that `where` leaves out.
   */
  readonly wanted?: Column | null
}

export type Verdict = (typeof VERDICT)[keyof typeof VERDICT]

/** The verdict for a condition's truth: of `when` under a `where` that is true, or of `clear`. */
export const verdictOf = (truth: Truth): Verdict => (truth === null ? VERDICT.unknown : truth ? VERDICT.true : VERDICT.false)

/** The truth that a verdict of false, true or unknown stands for. */
export const truthOf = (verdict: number): Truth => (verdict === VERDICT.unknown ? null : verdict === VERDICT.true)
