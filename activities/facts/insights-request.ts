/** A request to Meta's Insights. */

export type InsightsRequest = RowsRequest | ReachRequest

export interface RowsRequest {
  readonly account: string
  readonly level: 'account' | 'campaign' | 'adset' | 'ad'
  /** First and last day, inclusive, in the account's time zone. */
  readonly since: string
  readonly until: string
  /** Rows of single hours instead of days. */
  readonly hourly: boolean
  readonly reach?: undefined
  /** Start a report at once, without trying a direct answer first. */
  readonly asReport?: true
}

/** Reach and frequency of all these days as one window. */
export interface ReachRequest {
  readonly account: string
  readonly level: 'account' | 'campaign' | 'adset' | 'ad'
  readonly since: string
  readonly until: string
  readonly hourly: false
  readonly reach: true
  readonly asReport?: true
}
