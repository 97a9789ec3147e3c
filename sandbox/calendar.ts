/**
 * Days and hours as the account sees them. Europe/Istanbul has had no summer time since September 2016, so its offset is a
 * constant three hours for every day the sandbox knows.
 */

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const OFFSET = 3 * HOUR

/** Number of the account's day (days since 1970-01-01, local) at an instant in milliseconds. */
export const dayAt = (instant: number): number => Math.floor((instant + OFFSET) / DAY)

/** The instant at which a day begins. */
export const dayStart = (day: number): number => day * DAY - OFFSET

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

/** `2026-03-10` */
export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** The day of `2026-03-10`, or null when it is no such date. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const instant = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text) return null
  return instant / DAY
}

/** The way Graph writes an instant: `2026-12-01T00:00:00+0300`. */
export const instantText = (instant: number): string => `${new Date(instant + OFFSET).toISOString().slice(0, 19)}+0300`

/** ISO 8601 or UNIX seconds, as Graph takes them; null when it is neither. */
export function parseInstant(value: string | number): number | null {
  const text = String(value).trim()
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(instant) ? null : instant
}

/** First day of the month that is `months` after the month of `day`. */
export function monthStart(day: number, months = 0): number {
  const date = new Date(day * DAY)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY
}
