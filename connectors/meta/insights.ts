/** What insights are asked for, and what comes back, checked and in our units. */

export type InsightsLevel = 'account' | 'campaign' | 'adset' | 'ad'

export interface InsightsRequest {
  /** `act_…` */
  readonly accountId: string
  /** The account's currency: insights are in its major unit and do not name it. */
  readonly currency: string
  readonly level: InsightsLevel
  /** First and last day, both in, ISO dates in the account's time zone. */
  readonly since: string
  readonly until: string
  /** One row a day, or one an hour of the account's day. */
  readonly increment: 'day' | 'hour'
  /**
   * The account's windows, `['7d_click', '1d_view']`; empty leaves it to each ad set's own setting. A conversion is
   * counted in one click, one view and one engaged-view window at most, so the longest of each is taken.
   */
  readonly attribution: readonly string[]
}

/** One entity's day or hour. Something that is not in a row did not happen; an entity without delivery has no row. */
export interface InsightsRow {
  readonly level: InsightsLevel
  /** Id of the campaign, ad set or ad; of the account (`act_…`) at that level. */
  readonly entity_id: string
  readonly campaign_id: string | null
  readonly adset_id: string | null
  /** ISO date in the account's time zone. */
  readonly day: string
  /** 0 to 23; null in a row of a whole day. */
  readonly hour: number | null
  /** Minor units. */
  readonly spend: number
  readonly impressions: number
  readonly clicks: number
  /**
   * All other additive measures by their catalogue name (`purchases`, `link_clicks`; `revenue` in minor units), every one
   * present, and each action or conversion as Meta names it: `action:<type>` a count, `value:<type>` minor units. Days of ad
   * sets also have Meta's own results, `result:<indicator>` (`engine/metric/meta-results.ts`).
   * Null is not known: a campaign or account of several attribution settings has no conversions (`engine/metric/off-meta.ts`).
   */
  readonly measures: Readonly<Record<string, number | null>>
}

export interface ReportStatus {
  /** `completed` only when Meta says so and is at 100 %. `expired` is Meta's "Job Skipped". */
  readonly state: 'waiting' | 'running' | 'completed' | 'failed' | 'expired'
  readonly percent: number
  readonly errorCode: number | null
  readonly errorSubcode: number | null
  readonly errorMessage: string | null
}

export interface ReachRequest {
  readonly accountId: string
  readonly level: InsightsLevel
  readonly since: string
  readonly until: string
}

/** Reach and frequency do not add up over days: they are asked for one window. */
export interface ReachRow {
  readonly entity_id: string
  readonly since: string
  readonly until: string
  /** Null where Meta gave a row without it: that is no zero. */
  readonly reach: number | null
  readonly frequency: number | null
}
