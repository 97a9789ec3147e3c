/** What expressions can read of an account's data, as of one moment. */

import type { Horizon } from '../expression/syntax.js'
import type { WindowRange } from '../metric/window.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import type { Scope } from '../value/scope.js'
import type { Value } from '../value/value.js'

export interface FactEntity {
  readonly scope: Scope
  /** Unique within account and scope: the id, or the name with its parents' names if the data has no ids. */
  readonly key: string
  readonly id: string | null
  readonly name: string | null
}

export interface Facts {
  readonly account: FactAccount
  /** The moment that is evaluated, epoch milliseconds. */
  readonly at: number
  entities(scope: Scope): readonly FactEntity[]
  /** Returns the parent of this scope, or the entity itself if it has this scope; null if there is none or it is not known. */
  owner(entity: FactEntity, scope: Scope): FactEntity | null
  /** Whether the entity's campaign is known to be in no group. If it may be in one, or is in several, this is false. */
  isInNoGroup?(entity: FactEntity): boolean
  /** Returns a status, a budget, a name, …; budgets are in minor units, durations in milliseconds. */
  attribute(entity: FactEntity, attribute: string): Value
  /** Returns the measure that an entity's goal counts as results; null if it is not known: the account's `result` counts then. */
  goal?(entity: FactEntity): string | null
  /** Returns the measure that an entity's results are counted in; null if it differs below the entity. Absent if not known. */
  resultMeasure?(entity: FactEntity): string | null
  /** Returns the different attribution settings of an entity's conversions (`7d_click_1d_view`); empty if not known. */
  attribution?(entity: FactEntity): readonly string[]
  /** Returns Meta's own number of results minus the number from the actions of its rows; 0 if they agree. */
  resultsDifference?(entity: FactEntity, days: DayRange): number
  /** Returns a measure over whole days: `spend` (in minor units), `purchases`, `action:…`, `results`, `reach`, … */
  total(entity: FactEntity, measure: string, days: DayRange): Value
  /** Returns the same over hours, from hourly rows; unknown if there are only daily rows. */
  hourlyTotal(entity: FactEntity, measure: string, hours: HourRange): Value
  /** Returns the first and last known day, up to today; null if there is none, or the data has no dates. */
  knownDays(): DayRange | null
  /** Returns a measure over all known days, for `maximum`; over all rows if the data has no dates. */
  lifetimeTotal(entity: FactEntity, measure: string): Value
  /** The JSON of the event that triggered the rule; absent if none did. */
  readonly payload?: unknown
  /** Returns a forecast of a metric. Absent if forecasts are not available; so are the next two. */
  forecast?(entity: FactEntity, metric: MetricReference, horizon: Horizon): Estimate
  /** Returns the value expected of a metric over a window, with its bands. */
  expected?(entity: FactEntity, metric: MetricReference, window: WindowRange): Estimate
  /** Returns how far a metric is above (or, negative, below) its expected value over a window, in robust standard deviations. */
  anomaly?(entity: FactEntity, metric: MetricReference, window: WindowRange): Estimate
}

export interface MetricReference {
  /** A name from the catalogue, or `action`. */
  readonly metric: string
  /** The argument of `action("…")`; null for other metrics. */
  readonly actionType: string | null
}

/** A value computed by a model, with details for the trace. */
export interface Estimate {
  /** In the metric's own unit, money in minor units; `Unknown` with a reason if it could not be computed. */
  readonly value: Value
  /** Null if nothing was computed. */
  readonly detail: EstimateDetail | null
}

/** Plain data; numbers are in the metric's own unit, money in minor units. */
export interface EstimateDetail {
  /** The models with their weights: `ets 60%, theta 40%`. */
  readonly model: string
  /** The expected value, in the details of an anomaly. */
  readonly expected?: number
  readonly bands?: readonly EstimateBand[]
  /** In the details of an anomaly: `spike`, `shift`, `zero` or `drift`; null if it is not an anomaly. */
  readonly anomalyKind?: string | null
  /** How accurate the models were on this series lately, as a clause: "off by 9% on average over the last 8 weeks". */
  readonly accuracy?: string
}

export interface EstimateBand {
  /** 0.8 for a band of 80%. */
  readonly level: number
  readonly lo: number
  readonly hi: number
}

export interface FactAccount {
  readonly name: string
  readonly id: string | null
  /** ISO 4217; null if not known. */
  readonly currency: string | null
  /** IANA name. */
  readonly timezone: string
  /** The measure that `results` counts for ad sets whose goal is not known. */
  readonly result: string
  /** The account's own attribution (`7d_click_1d_view`); absent or null if each ad set's own setting applies. */
  readonly attribution?: string | null
  /** Ratios that `gross_spend` adds to spend; the tax applies to the fees too. Absent or null if not set. */
  readonly gross?: { readonly fees: number; readonly tax: number } | null
  /** `target_cpa`, `monthly_budget` and the like, and the account's own `values`; money is in minor units. */
  readonly values: Readonly<Record<string, Value>>
  /** Groups of the account's campaigns, from `tetik.yaml`. */
  readonly groups?: readonly FactGroup[]
}

export interface FactGroup {
  readonly name: string
  /** Globs; a campaign whose name matches one is in the group. */
  readonly campaigns: readonly string[]
  /** `monthly_budget` in minor units, if the group has one. */
  readonly values: Readonly<Record<string, Value>>
}
