/** What an evaluation of one rule on one entity found, and everything needed to explain it. Plain data. */

import type { EstimateDetail } from '../facts/facts.js'
import type { Scope } from '../value/scope.js'
import type { UnitKind } from '../value/unit.js'

export type Outcome = 'fire' | 'hold' | 'unknown'

/** Why a true or false condition did not fire. */
export type Because = 'when' | 'for' | 'clear' | 'cooldown' | 'limit' | 'priority' | 'guardrail'

/** An entity as decisions name it; `id` and `name` are null where the data has none. `key` is unique in its account and scope. */
export interface EntityReference {
  readonly scope: Scope
  readonly key: string
  readonly id: string | null
  readonly name: string | null
}

/**
 * A value as JSON shows it: money in the major unit rounded to the currency's digits, percentages as per cent, durations in
 * hours, null where unknown.
 */
export type SideElement = number | string | boolean | null | { readonly atLeast: number }

/** A side of a comparison: `between` and `in` have a list of values on the right. */
export type SideValue = SideElement | readonly SideElement[]

/** One leaf of `where` or `when`, with both of its sides. A bare yes-or-no attribute has `right: true`. */
export interface TraceLeaf {
  readonly path: string
  readonly condition: string
  readonly result: boolean | null
  readonly left: SideValue
  readonly right: SideValue
  /** A currency code for money, `%` for percentages, `h` for durations, else the unit's kind. */
  readonly unit: string
  readonly unitKind: UnitKind
  /** Days that the windows on the left and right cover: `cpa[last_3d]` → 2026-03-07 to 2026-03-09. */
  readonly windows: readonly TraceWindow[]
  /** What models worked out on either side; absent where nothing was asked of any. */
  readonly estimates?: readonly TraceEstimate[]
  /** What is to be known beside the numbers, as clauses: the attribution, and where Meta counts others; absent where nothing is. */
  readonly notes?: readonly string[]
  /** Why a side is unknown; absent where none is. */
  readonly because?: string
}

export interface TraceWindow {
  readonly source: string
  readonly since: string
  readonly until: string
}

/** `forecast(spend, this_month)`, `expected(…)`, `anomaly(…)` with how it came about, numbers as sides have them. */
export interface TraceEstimate {
  readonly source: string
  readonly value: SideElement
  /** A currency code, `%`, `h`, else the unit's kind. */
  readonly unit: string
  /** Numbers as sides have them, in `detailUnit`: an anomaly is a number, and was measured in its metric's unit. */
  readonly detail: EstimateDetail | null
  readonly detailUnit: string
}

export interface Evaluation {
  readonly rule: string
  readonly version: string
  readonly entity: EntityReference
  readonly outcome: Outcome
  readonly because: Because | null
  readonly trace: readonly TraceLeaf[]
}
