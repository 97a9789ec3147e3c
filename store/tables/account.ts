/** What Meta said of an account: itself, its entities, their insights and the syncs. Conventions as in `../tables.ts`. */

import type { Generated } from 'kysely'

/** What Meta said of an account at the last sync. `name` is ours, of `tetik.yaml`. */
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
  /** All other fields that attributes read, by Meta's names. */
  fields_json: string
  learned_at: number
  superseded_at: number | null
}

/** One revision of an entity's day, or of one hour of it. A late conversion adds a revision, and nothing is overwritten. */
export interface InsightTable {
  account: string
  /** Rows of `account` and `campaign` are Meta's own totals: they hold what rows of ad sets lack, as of deleted ones. */
  level: 'account' | 'campaign' | 'adset' | 'ad'
  /** Of the account it is Meta's id, `act_…`. */
  entity_id: string
  /** What the row's object is in, as the row itself says; null where it is in none, and in rows of an earlier tetik. */
  campaign_id: string | null
  adset_id: string | null
  day: string
  /** 0 to 23, or -1 for the whole day (SQLite lets nulls repeat in a key). */
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
  /** `structure`; `days` or `hours` of ad sets; `ad-days`, `campaign-days`, `account-days` or the hours of the same. */
  kind: string
  since: string | null
  until: string | null
  started_at: number
  /** Null while it runs or where it broke. */
  finished_at: number | null
  error: string | null
}
