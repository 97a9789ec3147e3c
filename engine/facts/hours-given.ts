/**
 * Which days' rows by the hour can be believed. Meta may leave off-Meta actions out of them, and may answer a breakdown without
 * any row; a sum of such hours is zero and means nothing.
 */

import { offMetaActions } from '../metric/off-meta.js'

interface DayRow {
  readonly measures: Readonly<Record<string, number | null>>
}

/** What the rows of one account day say, the day's own rows beside those of its hours. */
export interface DaysHours {
  readonly delivered: boolean
  readonly conversions: number
  readonly hourRows: number
  readonly hourlyConversions: number
}

export function compareHours(days: Iterable<DayRow>, hours: Iterable<DayRow>): DaysHours {
  let [delivered, conversions, hourRows, hourlyConversions] = [false, 0, 0, 0]
  for (const { measures } of days) {
    delivered ||= (measures['spend'] ?? 0) > 0 || (measures['impressions'] ?? 0) > 0
    conversions += offMetaActions(measures)
  }
  for (const { measures } of hours) {
    hourRows += 1
    hourlyConversions += offMetaActions(measures)
  }
  return { delivered, conversions, hourRows, hourlyConversions }
}

/** Whether the hours of a day have its conversions: `none` says that they do not, null that the day has nothing to tell it by. */
export type ConversionsByHour = 'some' | 'none' | null

/** Of a day that had ended when both its rows and its hours were read. */
export const conversionsByHour = ({ conversions, hourlyConversions }: DaysHours): ConversionsByHour =>
  conversions === 0 ? null : hourlyConversions > 0 ? 'some' : 'none'

/** Whether a day that delivered has no rows by the hour at all. */
export const lacksHours = ({ delivered, hourRows }: DaysHours): boolean => delivered && hourRows === 0
