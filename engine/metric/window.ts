/** Converts the window of an expression to the days or hours that it covers at a moment, in the account's time zone. */

import { isoDay, startOfMonth, weekdayOf } from '../clock/day.js'
import { dayNumberAt, HOUR, offsetAt } from '../clock/zone.js'
import type { DatePreset, Window } from '../expression/syntax.js'
import type { DayRange, HourRange } from '../value/ranges.js'

/** `maximum` is everything that is known, so it has no first and last day. */
export type WindowRange =
  | { readonly kind: 'days'; readonly days: DayRange }
  | { readonly kind: 'hours'; readonly hours: HourRange }
  | { readonly kind: 'maximum' }

/**
 * Returns the days or hours that a window covers at an instant. Presets have the meaning of Insights' `date_preset` of the same
 * name: `last_3d` is the three days up to yesterday, weeks go from Monday to Sunday, `this_month` ends today.
 */
export function windowRange(window: Window, at: number, timezone: string): WindowRange {
  if (window.kind === 'hours') return { kind: 'hours', hours: hourRange(window.count, window.offsetHours, at, timezone) }
  const today = dayNumberAt(at, timezone)
  if (window.kind === 'days') return days(today - window.count + 1, today, window.offsetDays)
  if (window.preset === 'maximum') return { kind: 'maximum' }
  const [since, until] = presetDays(window.preset, today)
  return days(since, until, window.offsetDays)
}

function presetDays(preset: Exclude<DatePreset, 'maximum'>, today: number): readonly [since: number, until: number] {
  const monday = today - weekdayOf(today)
  switch (preset) {
    case 'today':
      return [today, today]
    case 'yesterday':
      return [today - 1, today - 1]
    case 'last_3d':
      return [today - 3, today - 1]
    case 'last_7d':
      return [today - 7, today - 1]
    case 'last_14d':
      return [today - 14, today - 1]
    case 'last_28d':
      return [today - 28, today - 1]
    case 'last_30d':
      return [today - 30, today - 1]
    case 'last_90d':
      return [today - 90, today - 1]
    case 'this_week_mon_today':
      return [monday, today]
    case 'last_week_mon_sun':
      return [monday - 7, monday - 1]
    case 'this_month':
      return [startOfMonth(today), today]
    case 'last_month':
      return [startOfMonth(today, -1), startOfMonth(today) - 1]
  }
}

const days = (since: number, until: number, offset: number): WindowRange => ({
  kind: 'days',
  days: { since: isoDay(since - offset), until: isoDay(until - offset) },
})

/** Excludes the current hour, which is not complete. Hours begin on the local clock's full hour, which may be :45 in UTC. */
function hourRange(count: number, offset: number, at: number, timezone: string): HourRange {
  const ahead = offsetAt(at, timezone)
  const to = Math.floor((at + ahead) / HOUR) * HOUR - ahead - offset * HOUR
  return { from: to - count * HOUR, to }
}
