/**
 * First days of the two religious holidays of Turkey. They follow a lunar calendar that needs astronomy, so they are listed: past
 * ones as the Presidency of Religious Affairs announced them, future ones as computed. Holidays after the last date listed count
 * as usual days until someone adds them.
 */

import { dayNumberOf } from '../clock/day.js'

/** First days of Ramazan Bayramı, which lasts three days. */
const RAMAZAN =
  '2020-05-24 2021-05-13 2022-05-02 2023-04-21 2024-04-10 2025-03-30 2026-03-20 2027-03-09 2028-02-26 2029-02-14 2030-02-04 ' +
  '2031-01-24 2032-01-14 2033-01-02 2033-12-23 2034-12-12 2035-12-01 2036-11-19'
/** First days of Kurban Bayramı, which lasts four days. */
const KURBAN =
  '2020-07-31 2021-07-20 2022-07-09 2023-06-28 2024-06-16 2025-06-06 2026-05-27 2027-05-16 2028-05-05 2029-04-24 2030-04-13 ' +
  '2031-04-02 2032-03-22 2033-03-11 2034-03-01 2035-02-18 2036-02-07'

const feasts = (dates: string, days: number): { first: number; days: number }[] =>
  dates.split(' ').map((date) => ({ first: dayNumberOf(date), days }))

/** The first day as a day number, and the length in days. */
export const FEASTS_OF_TURKEY: readonly { readonly first: number; readonly days: number }[] = [
  ...feasts(RAMAZAN, 3),
  ...feasts(KURBAN, 4),
]
