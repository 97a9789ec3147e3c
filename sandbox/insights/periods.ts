/** The days of a query, and how they are divided into rows. Days are day numbers in the account's time zone. */

import { dayText, monthStart, parseDay, weekdayOf } from '../base/calendar.js'
import { GraphError, invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'

export interface DayRange {
  readonly since: number
  readonly until: number
}

const monday = (day: number): number => day - ((weekdayOf(day) + 6) % 7)
const sunday = (day: number): number => day - weekdayOf(day)
const quarterStart = (day: number): number => {
  const month = new Date(day * 86_400_000).getUTCMonth()
  return monthStart(day, -(month % 3))
}
const yearStart = (day: number): number => Date.UTC(new Date(day * 86_400_000).getUTCFullYear(), 0, 1) / 86_400_000
const last = (days: number) => (today: number) => ({ since: today - days, until: today - 1 })

/** Meta keeps insights for 37 months. */
const OLDEST_MONTHS = 37

/** The range of each `date_preset`, given the account's current day. Those named `last_Nd` end yesterday. */
const PRESETS: Record<string, (today: number) => DayRange> = {
  today: (today) => ({ since: today, until: today }),
  yesterday: last(1),
  this_month: (today) => ({ since: monthStart(today), until: today }),
  last_month: (today) => ({ since: monthStart(today, -1), until: monthStart(today) - 1 }),
  this_quarter: (today) => ({ since: quarterStart(today), until: today }),
  last_quarter: (today) => ({ since: monthStart(quarterStart(today), -3), until: quarterStart(today) - 1 }),
  this_year: (today) => ({ since: yearStart(today), until: today }),
  last_year: (today) => ({ since: yearStart(yearStart(today) - 1), until: yearStart(today) - 1 }),
  maximum: (today) => ({ since: monthStart(today, -OLDEST_MONTHS), until: today }),
  data_maximum: (today) => ({ since: monthStart(today, -OLDEST_MONTHS), until: today }),
  last_3d: last(3),
  last_7d: last(7),
  last_14d: last(14),
  last_28d: last(28),
  last_30d: last(30),
  last_90d: last(90),
  last_week_mon_sun: (today) => ({ since: monday(today) - 7, until: monday(today) - 1 }),
  last_week_sun_sat: (today) => ({ since: sunday(today) - 7, until: sunday(today) - 1 }),
  this_week_mon_today: (today) => ({ since: monday(today), until: today }),
  this_week_sun_today: (today) => ({ since: sunday(today), until: today }),
}

export const DATE_PRESETS: readonly string[] = Object.keys(PRESETS)

export function presetRange(name: string, today: number): DayRange {
  const preset = PRESETS[name]
  if (!preset) throw invalidParameter(`Param date_preset must be one of {${DATE_PRESETS.join(', ')}} - got "${name}"`)
  return preset(today)
}

/** Reads `{"since":"YYYY-MM-DD","until":"YYYY-MM-DD"}`, both inclusive. Days after today are cut off. */
export function readRange(value: unknown, name: string, today: number): DayRange {
  if (!isRecord(value)) throw invalidParameter(`Param ${name} must be an object with since and until`)
  const surplus = Object.keys(value).filter((key) => key !== 'since' && key !== 'until')
  if (surplus.length > 0) throw invalidParameter(`Param ${name} has no key ${surplus.join(', ')}`)
  const day = (key: 'since' | 'until'): number => {
    const parsed = typeof value[key] === 'string' ? parseDay(value[key]) : null
    if (parsed === null) throw invalidParameter(`Param ${name}[${key}] must be a date in the form YYYY-MM-DD`)
    return parsed
  }
  const range = { since: day('since'), until: day('until') }
  if (range.since > range.until) throw invalidParameter('since must be before or equal to until')
  if (range.since < monthStart(today, -OLDEST_MONTHS)) {
    throw new GraphError({
      message: '(#3018) The start date of the time range cannot be beyond 37 months from the current date',
      type: 'OAuthException',
      code: 3018,
    })
  }
  return { since: range.since, until: Math.min(range.until, today) }
}

export type Increment = number | 'monthly' | 'all_days'

/** Returns one range for each row of an object; none if the range has no days because it is in the future. */
export function cutRange({ since, until }: DayRange, increment: Increment): DayRange[] {
  if (until < since) return []
  if (increment === 'all_days') return [{ since, until }]
  const ranges: DayRange[] = []
  for (let from = since; from <= until;) {
    const next = increment === 'monthly' ? monthStart(from, 1) : from + increment
    ranges.push({ since: from, until: Math.min(until, next - 1) })
    from = next
  }
  return ranges
}

export const rangeText = ({ since, until }: DayRange): { date_start: string; date_stop: string } => ({
  date_start: dayText(since),
  date_stop: dayText(until),
})
