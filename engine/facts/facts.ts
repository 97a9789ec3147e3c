/** What evaluation may ask of the data. One implementation reads a CSV, another the store; both answer as of one moment. */

import type { Value } from '../expression/value.js'
import type { Scope } from '../rule/rule.js'

/** First and last day, both in, as ISO dates in the account's time zone. */
export interface DayRange {
  readonly since: string
  readonly until: string
}

/** Instants in epoch milliseconds; `from` is in, `to` is not. Both are on full hours. */
export interface HourRange {
  readonly from: number
  readonly to: number
}

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
  /** A status, a budget, a name, …; budgets in minor units, durations in milliseconds. */
  attribute(entity: FactEntity, attribute: string): Value
  /** Sum of an additive measure (`spend` in minor units, `purchases`, `action:…`) over whole days. */
  total(entity: FactEntity, measure: string, days: DayRange): Value
  /** The same over hours, of hourly rows; unknown where there are only daily ones. */
  hourlyTotal(entity: FactEntity, measure: string, hours: HourRange): Value
  /** First and last day that anything is known of; null where the data bears no dates (then only `maximum` is known). */
  knownDays(): DayRange | null
  /** Everything that is known, for `maximum`. */
  lifetimeTotal(entity: FactEntity, measure: string): Value
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
  /** Ratios that `gross_spend` puts on top of spend, the tax on the fees too; absent or null where nothing says them. */
  readonly gross?: { readonly fees: number; readonly tax: number } | null
  /** `target_cpa`, `monthly_budget` and the like in minor units where they are money, and the account's own `values`. */
  readonly values: Readonly<Record<string, Value>>
}
