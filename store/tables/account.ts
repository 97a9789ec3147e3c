/** An account as read from Meta: itself, its entities, their insights and the syncs. Conventions as in `./tables.ts`. */

import type { Generated } from 'kysely'

/** An account as read at the last sync. `name` is its name in `tetik.yaml`. */
export interface AccountTable {
  name: string
  meta_id: string
  meta_name: string
  currency: string
  timezone: string
  /** Meta's `account_status`: 1 is active. */
  account_status: number
  learned_at: number
}

/** One revision of an entity; the current one has `superseded_at` null. */
export interface EntityTable {
  account: string
  level: 'campaign' | 'adset' | 'ad'
  id: string
  campaign_id: string
  adset_id: string | null
  name: string
  status: string
  effective_status: string
  daily_budget: number | null
  lifetime_budget: number | null
  /** All other fields that attributes use, by Meta's names. */
  fields_json: string
  learned_at: number
  superseded_at: number | null
}

/** One revision of a day or an hour of an entity. A late conversion adds a revision, and nothing is overwritten. */
export interface InsightTable {
  account: string
  /** Rows of `account` and `campaign` are Meta's own totals: they include what rows of ad sets lack, such as deleted ones. */
  level: 'account' | 'campaign' | 'adset' | 'ad'
  /** For the account Meta's id, `act_…`. */
  entity_id: string
  /** The object's campaign and ad set according to the row; null if it has none, and in rows of an earlier tetik. */
  campaign_id: string | null
  adset_id: string | null
  day: string
  /** 0 to 23, or -1 for the whole day (SQLite allows repeated nulls in a key). */
  hour: number
  spend: number
  impressions: number
  clicks: number
  /** Other additive measures by their catalogue name, and every action by `action:<type>` and `value:<type>`. */
  measures_json: string
  learned_at: number
  superseded_at: number | null
}

export interface SyncTable {
  id: Generated<number>
  account: string
  /** `structure`; `days` or `hours` of ad sets; `ad-days`, `campaign-days`, `account-days`, and the same with `hours`. */
  kind: string
  since: string | null
  until: string | null
  started_at: number
  /** Null while it is running, or if it failed. */
  finished_at: number | null
  error: string | null
}
