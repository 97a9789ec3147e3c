/** Why a rule decided as it did for one entity at one moment: plain data for people and programs. */

import type { FactEntity } from '../facts/facts.js'
import type { Because, OutcomeOrNone, SideElement, TraceLeaf } from '../rule/decision.js'
import type { StateName } from '../rule/state/state.js'

export interface ExplainedLeaf extends TraceLeaf {
  /** Where the line is; `path` is its place within the rule. */
  readonly file: string
  readonly line: number
  /** How far the left side is from the right side; null if one of them is not a number. */
  readonly distance: Distance | null
  /** The metrics of the line, with the numbers that they were computed from. */
  readonly metrics: readonly ExplainedMetric[]
}

export interface Distance {
  /** Left minus right, in the leaf's unit; for "at least", its bound minus right. */
  readonly difference: number
  /** The same as a share of the right side; null if that is zero. */
  readonly share: number | null
}

export interface ExplainedMetric {
  /** As written: `cpa[last_3d]`. */
  readonly source: string
  readonly entity: Pick<FactEntity, 'scope' | 'name'>
  readonly measures: readonly ExplainedMeasure[]
}

export interface ExplainedMeasure {
  readonly measure: string
  /** A currency code for money, else the unit's kind. */
  readonly unit: string
  readonly total: SideElement
  /** One per day or hour; empty if the data has no dates. */
  readonly rows: readonly MeasureRow[]
}

export interface MeasureRow {
  /** `2026-03-09`, or `2026-03-09 14:00` for the hour that begins then. */
  readonly at: string
  readonly value: SideElement
}

export interface ExplainedEvaluation {
  /** `none`: `where` excludes the entity. */
  readonly outcome: OutcomeOrNone
  readonly because: Because | null
  /** `when` first, then `where`, then `clear`. */
  readonly leaves: readonly ExplainedLeaf[]
}

/** The state of the rule for the entity; times have the account's offset. */
export interface ExplainedState {
  readonly state: StateName
  /** Since when every evaluation found the condition true. */
  readonly pendingSince: string | null
  /** From when that is long enough for `for`. */
  readonly firesFrom: string | null
  readonly restingUntil: string | null
  /** Whether `clear` was true since the last firing; null if the rule has no `clear`. */
  readonly cleared: boolean | null
  /** Whether people were notified and the condition has not been false since then. */
  readonly announced: boolean
  readonly evaluatedAt: string
}
