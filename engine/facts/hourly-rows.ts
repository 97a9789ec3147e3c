/**
 * Compares the hourly rows of a day with its daily rows. Meta may leave off-Meta actions out of hourly rows, or return no hourly
 * rows at all. A sum of such rows is zero, and that zero means nothing.
 */

import { lacksOffMeta, offMetaActions } from '../metric/off-meta.js'

interface DayRow {
  /** As in `EntityRow`. */
  readonly remainder?: boolean
  readonly measures: Readonly<Record<string, number | null>>
}

/** What the daily and the hourly rows of one day contain for the whole account. Conversions are off-Meta actions. */
export interface HoursOfDay {
  /** Whether the daily rows have spend or impressions. */
  readonly delivered: boolean
  /** Those in the daily rows. */
  readonly conversions: number
  readonly hourRows: number
  readonly hourlyConversions: number
}

/**
 * Counts what the daily and the hourly rows of a day contain.
 *
 * @param days the daily rows of one day
 * @param hours the hourly rows of the same day
 */
export function compareHours(days: readonly DayRow[], hours: readonly DayRow[]): HoursOfDay {
  // The conversions of a remainder may be known by the day and not by the hour. Then daily remainders are left out.
  const isWhole = !hours.some(({ measures }) => lacksOffMeta(measures))
  let [delivered, conversions, hourRows, hourlyConversions] = [false, 0, 0, 0]
  for (const { measures, remainder } of days) {
    delivered ||= (measures['spend'] ?? 0) > 0 || (measures['impressions'] ?? 0) > 0
    if (isWhole || remainder !== true) conversions += offMetaActions(measures)
  }
  for (const { measures } of hours) {
    hourRows += 1
    hourlyConversions += offMetaActions(measures)
  }
  return { delivered, conversions, hourRows, hourlyConversions }
}

/** Whether the hourly rows of a day contain conversions; null if the day had none, so that it shows nothing. */
export type ConversionsByHour = 'some' | 'none' | null

/** The daily and the hourly rows must have been read after the end of the day. */
export const conversionsByHour = ({ conversions, hourlyConversions }: HoursOfDay): ConversionsByHour =>
  conversions === 0 ? null : hourlyConversions > 0 ? 'some' : 'none'

/** Whether the account delivered on the day although there are no hourly rows. */
export const lacksHours = ({ delivered, hourRows }: HoursOfDay): boolean => delivered && hourRows === 0
