/** What a dataset is made of: entities, their rows, and what is known apart from the rows. */

import type { Value } from '../value/value.js'

export type EntityScope = 'campaign' | 'adset' | 'ad'

export interface DatasetEntity {
  readonly scope: EntityScope
  /** Unique within its scope. */
  readonly key: string
  readonly id: string | null
  readonly name: string | null
  /** Keys of what is above it; null where the data names none. */
  readonly campaign: string | null
  readonly adset: string | null
  /** What its results are counted in, by its own goal; `mixed` where its rows do not agree; null where nothing says. */
  readonly result: string | null
  /** Had no result that could be of any goal: it has none of its own, and what is above it keeps the goals of the others. */
  readonly noGoal?: boolean
  /** Of an ad set, the setting that its conversions count by: `7d_click_1d_view`; left out where nothing says. */
  readonly attribution?: string | null
  /** Budgets in minor units; durations are in `since`. */
  readonly attributes: Readonly<Record<string, Value>>
  /** Counts in what is above it, and is in no list itself. */
  readonly hidden?: boolean
  /** Attributes that are the time since an instant (`age`, `last_edit`), epoch milliseconds. */
  readonly since?: Readonly<Record<string, number>>
  /** Attributes as the rows of single days say them, where they differ; the last one that is known by then counts. */
  readonly history?: Readonly<Record<string, readonly DatedValue[]>>
}

export interface DatedValue {
  readonly day: string
  readonly value: Value
}

export interface DataRow {
  readonly scope: EntityScope
  /** Key of the entity that it is a row of. */
  readonly entity: string
  /** First and last day that it covers, both in; null in data without dates. */
  readonly since: string | null
  readonly until: string | null
  /** 0 to 23 in a row of one hour of `since`; else null. */
  readonly hour: number | null
  /** Money in minor units. A measure that is left out is zero, null is not known. */
  readonly measures: Readonly<Record<string, number | null>>
  /** In sums, and no sign that anything was delivered: cents by which rounded numbers differ. */
  readonly silent?: boolean
}

/** Reach and frequency of a window of whole days, as Meta was asked for it at one level. */
export interface AskedWindow {
  readonly level: EntityScope | 'account'
  readonly since: string
  readonly until: string
  /** When it was asked, epoch milliseconds. */
  readonly at: number
  /** By the entity's key, the account's Meta id at its level. Null is a number that Meta did not give. */
  readonly rows: ReadonlyMap<string, { readonly reach: number | null; readonly frequency: number | null }>
}

export interface SyncedRange {
  readonly since: string
  readonly until: string
  /** When it was asked, epoch milliseconds: it knows of what happened before, not after. */
  readonly at: number
}

/**
 * What is known apart from the rows. In a `file`, between the first and the last day of its rows, what is missing is zero;
 * a file without dates is `undated`; of `synced` rows just what good syncs have covered is known.
 */
export type Knowledge =
  | { readonly kind: 'file' }
  | { readonly kind: 'undated' }
  | {
      readonly kind: 'synced'
      readonly days: readonly SyncedRange[]
      readonly hours: readonly SyncedRange[]
      /** Of reach and frequency just these windows are known. */
      readonly reach?: readonly AskedWindow[]
    }

export interface DatasetSource {
  readonly entities: readonly DatasetEntity[]
  readonly rows: Iterable<DataRow>
  readonly knowledge: Knowledge
  /** Measures that the source has; if null, a measure that no row has is zero, as in Insights. */
  readonly measures: ReadonlySet<string> | null
}
