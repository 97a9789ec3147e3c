/** The input of a dataset: entities, their rows, and which days and hours are known. */

import type { Value } from '../value/value.js'

export type EntityScope = 'campaign' | 'adset' | 'ad'

export interface DatasetEntity {
  readonly scope: EntityScope
  /** Unique within its scope. */
  readonly key: string
  readonly id: string | null
  readonly name: string | null
  /** Keys of its parents; null if the data does not name them. */
  readonly campaign: string | null
  readonly adset: string | null
  /** The measure that counts its results, by its own goal; `mixed` if its rows have different ones; null if it is not known. */
  readonly result: string | null
  /** Whether it has no goal because it had no results; its parents then get their goals from their other children. */
  readonly noGoal?: boolean
  /** The attribution setting of an ad set, such as `7d_click_1d_view`; absent if it is not known. */
  readonly attribution?: string | null
  /** Budgets are in minor units; durations are in `since`. */
  readonly attributes: Readonly<Record<string, Value>>
  /** Whether it counts in its parents' totals without being listed itself. */
  readonly hidden?: boolean
  /** For attributes that are the time since an event (`age`, `last_edit`): when it happened, epoch milliseconds. */
  readonly since?: Readonly<Record<string, number>>
  /** Attributes that differ between the rows of single days; the latest value up to the moment counts. */
  readonly history?: Readonly<Record<string, readonly DatedValue[]>>
}

export interface DatedValue {
  readonly day: string
  readonly value: Value
}

export interface DataRow {
  readonly scope: EntityScope
  /** The entity's key. */
  readonly entity: string
  /** First and last day that it covers, both inclusive; null in data without dates. */
  readonly since: string | null
  readonly until: string | null
  /** 0 to 23 in an hourly row of the day `since`; else null. */
  readonly hour: number | null
  /** Money is in minor units. An absent measure is zero, null is unknown. */
  readonly measures: Readonly<Record<string, number | null>>
  /** Whether it counts in sums but does not show that anything was delivered: cents that are left over from rounding. */
  readonly silent?: boolean
}

/** Reach and frequency of a window of whole days, as requested from Meta for one level. */
export interface AskedWindow {
  readonly level: EntityScope | 'account'
  readonly since: string
  readonly until: string
  /** When it was requested, epoch milliseconds. */
  readonly at: number
  /** By the entity's key; at the account level by the account's Meta id. Null is a number that Meta did not return. */
  readonly rows: ReadonlyMap<string, { readonly reach: number | null; readonly frequency: number | null }>
}

export interface SyncedRange {
  readonly since: string
  readonly until: string
  /** When it was requested, epoch milliseconds; it contains only what happened before. */
  readonly at: number
}

/**
 * Which days and hours are known. In a `file`, those from the first to the last day of its rows, and what is missing in between is
 * zero; a file without dates is `undated`; in `synced` data, only what successful syncs covered.
 */
export type Knowledge =
  | { readonly kind: 'file' }
  | { readonly kind: 'undated' }
  | {
      readonly kind: 'synced'
      readonly days: readonly SyncedRange[]
      readonly hours: readonly SyncedRange[]
      /** The only windows whose reach and frequency are known. */
      readonly reach?: readonly AskedWindow[]
    }

export interface DatasetSource {
  readonly entities: readonly DatasetEntity[]
  readonly rows: Iterable<DataRow>
  readonly knowledge: Knowledge
  /** The measures of the source; if null, a measure that no row contains is zero, as in Insights. */
  readonly measures: ReadonlySet<string> | null
}
