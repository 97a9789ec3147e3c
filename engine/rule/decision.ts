/** The result of evaluating one rule on one entity, with everything needed to explain it. Plain data. */

import type { EstimateDetail, FactEntity } from '../facts/facts.js'
import type { UnitKind } from '../value/unit.js'
import type { Truth } from '../value/value.js'

export type Outcome = 'fire' | 'hold' | 'unknown'

/** `none`: the rule says nothing about the entity, because `where` leaves it out or no event arrived. */
export type OutcomeOrNone = Outcome | 'none'

/** Why a true or false condition did not fire. */
export type Because = 'when' | 'for' | 'clear' | 'cooldown' | 'limit' | 'priority' | 'guardrail'

/**
 * A value as JSON shows it: money in the major unit, rounded to the currency's digits; percentages as per cent; durations in
 * hours; null for unknown.
 */
export type SideElement = number | string | boolean | null | { readonly atLeast: number }

/** One side of a comparison; `between` and `in` have a list of values on the right. */
export type SideValue = SideElement | readonly SideElement[]

/** One leaf of `where` or `when`, with both of its sides. A bare yes-or-no attribute has `right: true`. */
export interface TraceLeaf {
  readonly path: string
  readonly condition: string
  readonly result: boolean | null
  readonly left: SideValue
  readonly right: SideValue
  /** The currency code for money, `%` for percentages, `h` for durations, else the unit's kind. */
  readonly unit: string
  readonly unitKind: UnitKind
  /** The days that the windows on both sides cover: `cpa[last_3d]` → 2026-03-07 to 2026-03-09. */
  readonly windows: readonly TraceWindow[]
  /** Models' estimates on either side; absent if there are none. */
  readonly estimates?: readonly TraceEstimate[]
  /** Clauses that explain the numbers: the attribution, and if Meta's own count differs. Absent if there are none. */
  readonly notes?: readonly string[]
  /** Why a side is unknown; absent if both are known. */
  readonly because?: string
}

export interface TraceWindow {
  readonly source: string
  readonly since: string
  readonly until: string
}

/** `forecast(spend, this_month)`, `expected(…)` or `anomaly(…)` with its derivation; numbers in the form of sides. */
export interface TraceEstimate {
  readonly source: string
  readonly value: SideElement
  /** The currency code, `%`, `h`, else the unit's kind. */
  readonly unit: string
  /** Numbers in the form of sides, in `detailUnit`: an anomaly is a plain number, but its details are in its metric's unit. */
  readonly detail: EstimateDetail | null
  readonly detailUnit: string
}

/** What a rule's conditions say about one entity at one time. A `Decision` (`state/tick.ts`) adds what follows from it. */
export interface Evaluation {
  /** The rule's id. */
  readonly rule: string
  readonly version: string
  readonly entity: FactEntity
  readonly outcome: Outcome
  readonly because: Because | null
  readonly trace: readonly TraceLeaf[]
  /** The value of `clear`; null if it is unknown or the rule has none. */
  readonly clear: Truth
}
