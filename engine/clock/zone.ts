/**
 * Time of day in a zone; the only code that handles summer time. Instants are epoch
 * milliseconds, days ISO dates, times of day `HH:MM`, zones IANA names.
 */

import { Temporal } from 'temporal-polyfill'

import { isoDay } from './day.js'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const zoned = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(zone)

/** Returns whether the zone's name is known. An offset (`+03:00`) is not a zone, since it has no summer time. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    zoned(0, zone)
    return true
  } catch {
    return false
  }
}

// Evaluation asks for the same few moments in the same few zones again and again. Cached offsets never become wrong; the bound
// only guards against a caller that never repeats itself.
const QUARTER = 15 * MINUTE
const REMEMBERED = 50_000
const offsets = new Map<string, number>()

/**
 * Returns how far the zone's clock is ahead of UTC at an instant, in milliseconds.
 *
 * @throws RangeError for an unknown zone; check it with `isZone` first
 */
export function offsetAt(instant: number, zone: string): number {
  const quarter = Math.floor(instant / QUARTER)
  const key = `${zone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const offset = zoned(instant, zone).offsetNanoseconds / 1e6
  const start = zoned(quarter * QUARTER, zone).offsetNanoseconds / 1e6
  const end = zoned((quarter + 1) * QUARTER - 1, zone).offsetNanoseconds / 1e6
  // A change within a quarter of an hour is rare (St. John's changed at 00:01 until 2011) and is not cached.
  if (start === end) {
    if (offsets.size >= REMEMBERED) offsets.clear()
    offsets.set(key, offset)
  }
  return offset
}

/** Days since 1970-01-01 of the local day of an instant. */
export const dayNumberAt = (instant: number, zone: string): number => Math.floor((instant + offsetAt(instant, zone)) / DAY)

/** The local day of an instant, `2026-03-10`. */
export const dayOf = (instant: number, zone: string): string => isoDay(dayNumberAt(instant, zone))

/** Returns the day `count` days later, or earlier if `count` is negative. */
export const addDays = (day: string, count: number): string => Temporal.PlainDate.from(day).add({ days: count }).toString()

/** Returns the first instant of a local day, not always midnight. For a day that the zone skipped, the start of the next day. */
export const startOfDay = (day: string, zone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds

/** Minutes since midnight on the zone's clock at an instant. */
export const minuteOfDay = (instant: number, zone: string): number => {
  const local = instant + offsetAt(instant, zone)
  return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE)
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/

/** Minutes since midnight of a time of day, or null if the text is not one (`9:00`, `24:00`). */
export function parseTimeOfDay(text: string): number | null {
  const match = TIME_OF_DAY.exec(text)
  return match === null ? null : Number(match[1]) * 60 + Number(match[2])
}

/**
 * Minutes since midnight of a time of day that was checked before.
 *
 * @throws RangeError if the text is not a time of day
 */
export function minutesOf(time: string): number {
  const minutes = parseTimeOfDay(time)
  if (minutes === null) throw new RangeError(`not a time of day: ${time}`)
  return minutes
}

/**
 * Returns the instant at which a wall clock shows a day and minute. A time that summer time skips gives the instant right after the
 * gap; of a time that occurs twice, the first. Null if the zone skipped the whole day (Apia's 2011-12-30).
 */
export function instantOf(day: string, minutes: number, zone: string): number | null {
  const date = Temporal.PlainDate.from(day)
  const wall = date.toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (first.toPlainDateTime().equals(wall)) return first.epochMilliseconds
  if (!date.toZonedDateTime(zone).toPlainDate().equals(date)) return null
  // The clock never shows this time: 'earlier' is before the gap, whose end is the zone's next transition.
  return (first.getTimeZoneTransition('next') ?? first).epochMilliseconds
}

/**
 * Returns the instant some days later at which the zone's clock shows the same time. A day on which the clocks change is an hour
 * shorter or longer; times that are skipped or occur twice are handled as in `instantOf`.
 */
export function sameTimeLater(instant: number, days: number, zone: string): number {
  const plain = instant + days * DAY
  const offset = offsetAt(instant, zone)
  if (offsetAt(plain, zone) === offset) return plain
  const wall = plain + offset
  const day = Math.floor(wall / DAY)
  const minutes = Math.floor((wall - day * DAY) / MINUTE)
  const then = instantOf(isoDay(day), minutes, zone)
  if (then === null) return plain
  // If the time falls in a gap, the clock never shows it; the seconds are then dropped as well.
  const isShown = minuteOfDay(then, zone) === minutes
  return isShown ? then + (wall - day * DAY - minutes * MINUTE) : then
}

/** Returns the first instant after `after` at which the zone's clock shows a time of day, for `wait: until 08:00`. */
export function nextTimeOfDay(time: string, zone: string, after: number): number {
  const minutes = minutesOf(time)
  let day = addDays(dayOf(after, zone), -1)
  for (;;) {
    const instant = instantOf(day, minutes, zone)
    if (instant !== null && instant > after) return instant
    day = addDays(day, 1)
  }
}

/** A change of a zone's offset: `after` holds from `at` on. */
export interface OffsetChange {
  readonly at: number
  readonly before: number
  readonly after: number
}

/** Changes of the zone's offset after `from` and up to `to`. */
export function offsetChanges(zone: string, from: number, to: number): OffsetChange[] {
  const changes: OffsetChange[] = []
  let next = zoned(from, zone).getTimeZoneTransition('next')
  while (next !== null && next.epochMilliseconds <= to) {
    const at = next.epochMilliseconds
    changes.push({ at, before: offsetAt(at - 1, zone), after: next.offsetNanoseconds / 1e6 })
    next = next.getTimeZoneTransition('next')
  }
  return changes
}
