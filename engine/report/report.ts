/** The contents of a report before they are worded: plain values with their reasons, independent of the language. */

import type { EstimateBand, FactAccount } from '../facts/facts.js'
import type { ReportPeriod } from '../value/period.js'
import type { DayRange } from '../value/ranges.js'
import type { Unknown, Value } from '../value/value.js'
import type { ReportActivity } from './activity.js'

/** What a period is compared with. */
export type ComparedWith = 'day-before' | 'same-weekday' | 'week-before'

export interface Comparison {
  readonly with: ComparedWith
  readonly days: DayRange
}

export interface Report {
  readonly period: ReportPeriod
  readonly account: FactAccount
  /** The moment for which it was made, epoch milliseconds. */
  readonly at: number
  readonly days: DayRange
  readonly comparisons: readonly Comparison[]
  readonly figures: readonly Figure[]
  /** The attribution settings by which conversions count, such as `7d_click_1d_view`, each once; empty if none is known. */
  readonly attribution: readonly string[]
  readonly month: ReportMonth
  readonly rankings: readonly Ranking[]
  /** What tetik did and what is open; null for reports on a file or in a test, which have no such records. */
  readonly activity: ReportActivity | null
  /** How old the numbers are; null in a test, whose numbers have no age. */
  readonly data: DataAge | null
}

/** A metric over the period; money in minor units. */
export interface Figure {
  readonly metric: string
  readonly value: Value
  /** One for each of the report's comparisons, in their order. */
  readonly before: readonly FigureBefore[]
}

export interface FigureBefore {
  readonly value: Value
  /** Relative change since then: 0.12 is 12% more. Null if one of the values is unknown, or the earlier one is not above zero. */
  readonly change: number | null
}

/** The month that contains yesterday, up to yesterday. */
export interface ReportMonth {
  /** The whole month. */
  readonly month: DayRange
  /** Its first day to yesterday. */
  readonly days: DayRange
  /** Minor units. */
  readonly spend: Value
  /** Minor units; null if `tetik.yaml` has none. */
  readonly budget: number | null
  /** Share of the month's days that are over. */
  readonly elapsed: number
  /** Forecast total of the month; null if the month is over, or if the facts have no forecasts. */
  readonly forecast: MonthForecast | null
}

export interface MonthForecast {
  readonly total: Value
  /** The 80% interval; null if there is no forecast. */
  readonly band: EstimateBand | null
}

/** The cheapest and the most expensive entities of a scope, by cost per result. */
export interface Ranking {
  readonly scope: 'campaign' | 'adset'
  readonly days: DayRange
  /** The cheapest first. */
  readonly best: readonly Ranked[]
  /** The most expensive first. */
  readonly worst: readonly Ranked[]
  /** Why nothing is ranked; null if something is. */
  readonly because: 'too-few' | Unknown | null
}

export interface Ranked {
  readonly key: string
  readonly id: string | null
  readonly name: string
  /** Minor units. */
  readonly spend: number
  readonly results: number
  /** Spend divided by results; `AtLeast` if there were none. */
  readonly cost: Value
}

export type DataAge =
  /** When the last successful sync of daily numbers ended, epoch milliseconds; null if there was none. */
  { readonly kind: 'synced'; readonly at: number | null } | { readonly kind: 'file' }
