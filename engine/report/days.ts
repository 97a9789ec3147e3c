/** The days of a report, and the days that it is compared with. */

import { dayNumberOf, isoDay, startOfMonth, weekdayOf } from '../clock/day.js'
import { addDays, dayOf } from '../clock/zone.js'
import type { ReportPeriod } from '../value/period.js'
import type { DayRange } from '../value/ranges.js'
import type { Comparison } from './report.js'

export interface ReportDays {
  readonly days: DayRange
  readonly comparisons: readonly Comparison[]
}

/**
 * Returns yesterday, compared with the day before and the same weekday a week earlier; or the last full week from Monday to Sunday,
 * compared with the week before.
 */
export function reportDays(period: ReportPeriod, at: number, timezone: string): ReportDays {
  const today = dayOf(at, timezone)
  if (period === 'daily') {
    const yesterday = addDays(today, -1)
    return {
      days: day(yesterday),
      comparisons: [
        { with: 'day-before', days: day(addDays(yesterday, -1)) },
        { with: 'same-weekday', days: day(addDays(yesterday, -7)) },
      ],
    }
  }
  const monday = addDays(today, -7 - weekdayOf(dayNumberOf(today)))
  return { days: week(monday), comparisons: [{ with: 'week-before', days: week(addDays(monday, -7)) }] }
}

const day = (date: string): DayRange => ({ since: date, until: date })
const week = (monday: string): DayRange => ({ since: monday, until: addDays(monday, 6) })

/** Returns the month that contains yesterday: all of it, and its days up to yesterday. */
export function monthOfYesterday(at: number, timezone: string): { readonly month: DayRange; readonly days: DayRange } {
  const yesterday = dayNumberOf(dayOf(at, timezone)) - 1
  const since = isoDay(startOfMonth(yesterday))
  return {
    month: { since, until: isoDay(startOfMonth(yesterday, 1) - 1) },
    days: { since, until: isoDay(yesterday) },
  }
}
