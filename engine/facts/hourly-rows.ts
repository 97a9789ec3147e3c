/**
 * Which days' rows by the hour can be believed. Meta may leave off-Meta actions out of them, and may answer a breakdown without
 * any row; a sum of such hours is zero and means nothing.
 */

import { lacksOffMeta, offMetaActions } from '../metric/off-meta.js'

interface DayRow {
  /** Of what a parent's total has beyond its children. */
  readonly rest?: boolean
  readonly measures: Readonly<Record<string, number | null>>
}

/** The rows of one account day: the day's own and those of its hours. */
export interface DaysHours {
  readonly delivered: boolean
  readonly conversions: number
  readonly hourRows: number
  readonly hourlyConversions: number
}

export function compareHours(days: readonly DayRow[], hours: readonly DayRow[]): DaysHours {
  // What is left beyond the ad sets may be known by the day alone: then the ad sets' days are compared with their hours.
  const isWhole = !hours.some(({ measures }) => lacksOffMeta(measures))
  let [delivered, conversions, hourRows, hourlyConversions] = [false, 0, 0, 0]
  for (const { measures, rest } of days) {
    delivered ||= (measures['spend'] ?? 0) > 0 || (measures['impressions'] ?? 0) > 0
    if (isWhole || rest !== true) conversions += offMetaActions(measures)
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
