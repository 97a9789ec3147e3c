/** Stretches of days and of hours. */

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
