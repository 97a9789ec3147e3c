/** Moments as people write and read them: `2026-03-10 14:00` on a zone's clock, `2026-03-10T14:00:00+03:00` in JSON. */

import { dayNumberOfDate, isDate, isoDay } from './day.js'
import { DAY, HOUR, instantOf, MINUTE, offsetAt, startOfDay } from './zone.js'

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * Returns the instant that a person means by `2026-03-10 14:00`: local time of the zone, unless it has an offset or `Z`. A date alone
 * is the first instant of that day. Null if the text is not a time, or if the zone skipped that day.
 */
export function parseTime(text: string, timezone: string): number | null {
  const match = WRITTEN.exec(text.trim())
  if (!match) return null
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((index) => Number(match[index] ?? 0)) as Six
  const date = { year, month, day }
  if (!isDate(date) || hour > 23 || minute > 59 || second > 59) return null
  const dayNumber = dayNumberOfDate(date)
  const offset = match[7]
  if (offset === undefined) {
    const instant =
      match[4] === undefined
        ? startOfDay(isoDay(dayNumber), timezone)
        : instantOf(isoDay(dayNumber), hour * 60 + minute, timezone)
    return instant === null ? null : instant + second * 1000
  }
  const asUtc = dayNumber * DAY + hour * HOUR + minute * MINUTE + second * 1000
  if (offset.toUpperCase() === 'Z') return asUtc
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))]
  if (hours > 23 || minutes > 59) return null
  return asUtc - (offset.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE)
}

type Six = [number, number, number, number, number, number]

/** `2026-03-10T14:00:00+03:00` */
export function formatInstant(instant: number, timezone: string): string {
  const offset = offsetAt(instant, timezone)
  const minutes = Math.abs(Math.round(offset / MINUTE))
  const sign = offset < 0 ? '-' : '+'
  const two = (number: number): string => String(number).padStart(2, '0')
  const local = new Date(instant + offset).toISOString().slice(0, 19)
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Day and minute of an instant for people: `2026-03-10 14:00`. */
export const formatLocalMinute = (instant: number, timezone: string): string =>
  formatInstant(instant, timezone).slice(0, 16).replace('T', ' ')
