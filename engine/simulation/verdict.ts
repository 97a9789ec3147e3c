/** The evaluation of one rule, entity and moment as a small number, so that many of them fit into a byte array. */

import type { Truth } from '../value/value.js'

export const VERDICT = {
  /** `where` selects the entity and `when` is false. */
  false: 0,
  /** `where` selects the entity and `when` is true, or there is none. */
  true: 1,
  /** `where` is unknown, or `where` selects the entity and `when` is unknown. */
  unknown: 2,
  /** `where` is false: the state starts again, except for the cooldown. */
  leftOut: 3,
  /** The entity does not exist in the data at this moment: its state stays as it was. */
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

/** Returns the verdict for the truth of `when` (if `where` is true) or of `clear`. */
export const verdictOf = (truth: Truth): Verdict => (truth === null ? VERDICT.unknown : truth ? VERDICT.true : VERDICT.false)

/** Returns the truth of a verdict that is false, true or unknown. */
export const truthOf = (verdict: number): Truth => (verdict === VERDICT.unknown ? null : verdict === VERDICT.true)
