/** What evaluation may ask of the data. One implementation reads a CSV, another the store; both answer as of one moment. */

import type { Horizon } from '../expression/syntax.js'
import type { WindowRange } from '../metric/window.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import type { Scope } from '../value/scope.js'
import type { Value } from '../value/value.js'

export interface FactEntity {
  readonly scope: Scope
  /** Unique within account and scope: the id, else the name with its parents' names. */
  readonly key: string
  readonly id: string | null
  readonly name: string | null
}

export interface Facts {
  readonly account: FactAccount
  /** The moment that is judged, epoch milliseconds. */
  readonly at: number
  entities(scope: Scope): readonly FactEntity[]
  /** The entity above, or the entity itself where `scope` is its own; null where the data names none. */
  owner(entity: FactEntity, scope: Scope): FactEntity | null
  /** Whether its campaign is known to be in none of the account's groups, rather than in several. */
  isInNoGroup?(entity: FactEntity): boolean
  /** A status, a budget, a name, …; budgets in minor units, durations in milliseconds. */
  attribute(entity: FactEntity, attribute: string): Value
  /** What an ad set's own goal counts as its results; null where nothing says, and the account's own result counts. */
  goal?(entity: FactEntity): string | null
  /** The measure in which an entity's results are counted; null if those under it differ, or in facts that do not know it. */
  resultMeasure?(entity: FactEntity): string | null
  /** The attribution settings that an entity's conversions count by, as `7d_click_1d_view`, each once; none where nothing says. */
  attribution?(entity: FactEntity): readonly string[]
  /** By how many Meta's own results are above what the actions of its rows say; 0 where they agree. */
  resultsDifference?(entity: FactEntity, days: DayRange): number
  /** Sum of an additive measure (`spend` in minor units, `purchases`, `action:…`) over whole days. */
  total(entity: FactEntity, measure: string, days: DayRange): Value
  /** The same over hours, of hourly rows; unknown where there are only daily ones. */
  hourlyTotal(entity: FactEntity, measure: string, hours: HourRange): Value
  /** First and last day that anything is known of; null if the data has no dates (then only `maximum` is known). */
  knownDays(): DayRange | null
  /** Everything that is known, for `maximum`. */
  lifetimeTotal(entity: FactEntity, measure: string): Value
  /** The JSON of the event that set the rule off; absent where none did. */
  readonly payload?: unknown
  /** A metric's forecast; absent where nobody makes any. */
  forecast?(entity: FactEntity, metric: MetricReference, horizon: Horizon): Estimate
  /** What was to be expected of a metric over a window, with its band. */
  expected?(entity: FactEntity, metric: MetricReference, window: WindowRange): Estimate
  /** How far a metric over a window is from its expected value, in robust standard deviations, signed. */
  anomaly?(entity: FactEntity, metric: MetricReference, window: WindowRange): Estimate
}

export interface MetricReference {
  /** A name of the catalogue, or `action`. */
  readonly metric: string
  /** The argument of `action("…")`; else null. */
  readonly actionType: string | null
}

/** A value that a model worked out, with how it came about, which traces keep. */
export interface Estimate {
  /** In the metric's own unit, money in minor units; `Unknown` with its reason where there is none. */
  readonly value: Value
  /** Null where nothing was worked out. */
  readonly detail: EstimateDetail | null
}

/** Plain data; numbers are in the metric's own unit, money in minor units. */
export interface EstimateDetail {
  /** The models that were used, in words: `ets 60%, theta 40%`. */
  readonly model: string
  /** What an anomaly was measured against. */
  readonly expected?: number
  readonly bands?: readonly EstimateBand[]
  /** Of an anomaly: `spike`, `shift`, `zero` or `drift`; null for none. */
  readonly anomalyKind?: string | null
  /** How well the models did on this very series lately, as a clause: "off by 9% on average over the last 8 weeks". */
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
  /** ISO 4217, or null where nothing says it. */
  readonly currency: string | null
  /** IANA name. */
  readonly timezone: string
  /** What `results` counts where an ad set does not say it itself. */
  readonly result: string
  /** The account's own attribution, as `7d_click_1d_view`; absent or null where each ad set's own setting counts. */
  readonly attribution?: string | null
  /** Ratios that `gross_spend` puts on top of spend, the tax on the fees too; absent or null where nothing says them. */
  readonly gross?: { readonly fees: number; readonly tax: number } | null
  /** `target_cpa`, `monthly_budget` and the like in minor units where they are money, and the account's own `values`. */
  readonly values: Readonly<Record<string, Value>>
  /** Groups of the account's campaigns, as `tetik.yaml` has them. */
  readonly groups?: readonly FactGroup[]
}

export interface FactGroup {
  readonly name: string
  /** Globs of campaign names; a campaign that fits one is in the group. */
  readonly campaigns: readonly string[]
  /** `monthly_budget` in minor units, where it has one. */
  readonly values: Readonly<Record<string, Value>>
}
