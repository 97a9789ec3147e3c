/** What a report says, before it is put in words: plain values with their reasons, nothing in any language. */

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
  /** The moment that it is of, epoch milliseconds. */
  readonly at: number
  readonly days: DayRange
  readonly comparisons: readonly Comparison[]
  readonly figures: readonly Figure[]
  /** By which settings its conversions count, as `7d_click_1d_view`, each once; none where nothing says. */
  readonly attribution: readonly string[]
  readonly month: ReportMonth
  readonly rankings: readonly Ranking[]
  /** What tetik did and what is open; null where nothing keeps that: a file, a test. */
  readonly activity: ReportActivity | null
  /** How old its numbers are; null where that says nothing: in a test. */
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
  /** Relative change since then: 0.12 is 12 % more. Null where either is not known or there was nothing. */
  readonly change: number | null
}

/** The month that yesterday is in, up to yesterday. */
export interface ReportMonth {
  /** All of it. */
  readonly month: DayRange
  readonly days: DayRange
  /** Minor units. */
  readonly spend: Value
  /** Minor units; null where `tetik.yaml` gives none. */
  readonly budget: number | null
  /** Share of the month's days that are over. */
  readonly elapsed: number
  /** What the month will come to; null where it is over, or nobody makes forecasts. */
  readonly forecast: MonthForecast | null
}

export interface MonthForecast {
  readonly total: Value
  /** Four times out of five it lies in there; null where there is no forecast. */
  readonly band: EstimateBand | null
}

/** The cheapest and the most expensive of a scope, by cost per result. */
export interface Ranking {
  readonly scope: 'campaign' | 'adset'
  readonly days: DayRange
  /** The cheapest first. */
  readonly best: readonly Ranked[]
  /** The most expensive first. */
  readonly worst: readonly Ranked[]
  /** Why there are none; null where there are. */
  readonly because: 'too-few' | Unknown | null
}

export interface Ranked {
  readonly key: string
  readonly id: string | null
  readonly name: string
  /** Minor units. */
  readonly spend: number
  readonly results: number
  /** Spend over results; `AtLeast` where there was none. */
  readonly cost: Value
}

export type DataAge =
  /** When the last good reading of daily numbers ended, epoch milliseconds; null for never. */
  { readonly kind: 'synced'; readonly at: number | null } | { readonly kind: 'file' }
