/** Ranges of days and hours. */

/** First and last day, both included, as ISO dates in the account's time zone. */
export interface DayRange {
  readonly since: string
  readonly until: string
}

/** Instants in epoch milliseconds, both on full hours; `from` is included, `to` is not. */
export interface HourRange {
  readonly from: number
  readonly to: number
}
