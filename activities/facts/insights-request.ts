/** What is asked of Insights. */

export type InsightsRequest = RowsRequest | ReachRequest

export interface RowsRequest {
  readonly account: string
  readonly level: 'account' | 'campaign' | 'adset' | 'ad'
  /** First and last day, both in, in the account's time zone. */
  readonly since: string
  readonly until: string
  /** Rows of single hours rather than of days. */
  readonly hourly: boolean
  readonly reach?: undefined
  /** A report at once, without a try to be answered directly. */
  readonly asReport?: true
}

/** Reach and frequency of the days as one window. */
export interface ReachRequest {
  readonly account: string
  readonly level: 'account' | 'campaign' | 'adset' | 'ad'
  readonly since: string
  readonly until: string
  readonly hourly: false
  readonly reach: true
  readonly asReport?: true
}
