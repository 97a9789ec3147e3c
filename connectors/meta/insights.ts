/** Requests for insights, and their rows: checked and in our units. */

export type InsightsLevel = 'account' | 'campaign' | 'adset' | 'ad'

export interface InsightsRequest {
  /** `act_…` */
  readonly accountId: string
  /** The account's currency: insights are in its major unit and do not name it. */
  readonly currency: string
  readonly level: InsightsLevel
  /** First and last day, both included, as ISO dates in the account's time zone. */
  readonly since: string
  readonly until: string
  /** One row per day, or one per hour of the account's day. */
  readonly increment: 'day' | 'hour'
  /**
   * The account's windows, `['7d_click', '1d_view']`; if empty, each ad set's own setting applies. Windows of one kind (click,
   * view, engaged view) contain each other, so only the longest of each kind is used.
   */
  readonly attribution: readonly string[]
}

/** One day or hour of an entity. What is not in a row did not happen; an entity without delivery has no row. */
export interface InsightsRow {
  readonly level: InsightsLevel
  /** Id of the account (`act_…`), campaign, ad set or ad, depending on the level. */
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
   * All other additive measures by their catalogue name (`purchases`, `link_clicks`; `revenue` in minor units), all of them
   * present, and each action or conversion by Meta's name: `action:<type>` is a count, `value:<type>` is minor units. Days of ad
   * sets also have Meta's own results, `result:<indicator>` (`engine/metric/meta-results.ts`). Null is unknown: Meta leaves out
   * off-Meta conversions of a campaign or account with several attribution settings (`engine/metric/off-meta.ts`).
   */
  readonly measures: Readonly<Record<string, number | null>>
}

export interface ReportStatus {
  /** `completed` only when Meta says so and is at 100%. `expired` is Meta's "Job Skipped". */
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
  /** Null if Meta's row does not contain it, which does not mean zero. */
  readonly reach: number | null
  readonly frequency: number | null
}
