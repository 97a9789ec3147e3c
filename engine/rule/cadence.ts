/** When a rule is due. Pure: the current time and the last evaluation are parameters. */

import { isoDay } from '../clock/day.js'
import { DAY, dayNumberAt, HOUR, instantOf, MINUTE, minutesOf, offsetAt, offsetChanges } from '../clock/zone.js'
import { cronMinutesOfDay, cronWallTimes } from './cadence-cron.js'
import type { Cadence, Rule } from './rule.js'

/**
 * Returns the zone of a rule's `at`, `cron`, `wait: until` and end of cooldown: the one that the rule names, else the account's.
 */
export const clockOf = ({ cadence }: Pick<Rule, 'cadence'>, accountZone: string): string =>
  (cadence.kind === 'at' || cadence.kind === 'cron' ? cadence.timezone : null) ?? accountZone

/** A time of day that was missed by more than this is skipped: a run for 09:00 is useless in the afternoon. */
const CATCH_UP = HOUR

/** How far ahead a zone's offsets are looked up to compute the tick. */
const OFFSET_HORIZON = 2 * 366 * DAY

export interface DueContext {
  /** The account's zone. */
  readonly zone: string
  /** When the rule was last evaluated for this account, with any outcome; null for never. */
  readonly lastEvaluated: number | null
  /** When the rule was first loaded: a rule for 09:00 that was loaded at 09:30 waits until tomorrow. */
  readonly knownSince: number
  readonly now: number
}

/**
 * Returns the time for which a rule is due now, or null.
 *
 * `every` is aligned to the epoch in UTC; a rule that was never evaluated is due at once, and one run makes up for any number of
 * missed ones. A rule with `at` or `cron` that was never evaluated waits for its next time. A rule with `on` is never due by the
 * clock.
 */
export function dueMoment(cadence: Cadence, context: DueContext): number | null {
  const { now } = context
  // A last evaluation in the future means that the clock was set back. It must not silence the rule until then.
  const last = context.lastEvaluated !== null && context.lastEvaluated <= now ? context.lastEvaluated : null
  if (cadence.kind === 'every') {
    if (last === null) return now
    const moment = Math.floor(now / cadence.interval) * cadence.interval
    return moment > last ? moment : null
  }
  const after = Math.max(last ?? context.knownSince, now - CATCH_UP - 1)
  let due: number | null = null
  for (const moment of moments(cadence, context.zone, after)) {
    if (moment > now) break
    due = moment
  }
  return due
}

/** Returns the next `count` times after `after` at which a rule will be due; fewer if a cron expression does not occur again. */
export function nextDue(cadence: Cadence, zone: string, after: number, count: number): number[] {
  const found: number[] = []
  if (count <= 0) return found
  for (const moment of moments(cadence, zone, after)) {
    found.push(moment)
    if (found.length >= count) break
  }
  return found
}

/** Yields the due times after `after`, in ascending order. */
function* moments(cadence: Cadence, zone: string, after: number): Generator<number, void> {
  let last = after
  for (const moment of candidates(cadence, zone, after)) {
    // Times within the hour that summer time skips all move to its end, and count as one.
    if (moment === null || moment <= last) continue
    last = moment
    yield moment
  }
}

function* candidates(cadence: Cadence, zone: string, after: number): Generator<number | null, void> {
  switch (cadence.kind) {
    case 'every':
      for (let n = Math.floor(after / cadence.interval) + 1; ; n++) yield n * cadence.interval
    case 'hook':
      return
    case 'at': {
      const own = clockOf({ cadence }, zone)
      const times = cadence.times.map(minutesOf).sort((a, b) => a - b)
      if (times.length === 0) return
      // Starts on the day before: if summer time skips midnight, that day's last time may have moved into this day.
      for (let day = dayNumberAt(after, own) - 1; ; day++) {
        for (const minutes of times) yield instantOf(isoDay(day), minutes, own)
      }
    }
    case 'cron': {
      const own = clockOf({ cadence }, zone)
      for (const wall of cronWallTimes(cadence.expression, after + offsetAt(after, own))) {
        const day = Math.floor(wall / DAY)
        yield instantOf(isoDay(day), Math.floor((wall - day * DAY) / MINUTE), own)
      }
    }
  }
}

/**
 * Returns the longest tick, in milliseconds, on which every due time of the cadences falls. It is aligned to the epoch, and
 * between a minute and an hour. It considers the offsets of each zone in the next two years, so compute it again whenever rules
 * are loaded.
 */
export function tickInterval(cadences: readonly Cadence[], zone: string, now: number): number {
  let common = 0
  for (const cadence of cadences) {
    for (const part of spacing(cadence, zone, now)) common = greatestCommonDivisor(common, part)
  }
  if (common === 0) return HOUR
  if (common < MINUTE) return MINUTE
  let parts = Math.ceil(common / HOUR)
  while (common % parts !== 0) parts++
  return Math.max(common / parts, MINUTE)
}

/** Returns durations whose common divisors divide every due time of a cadence. */
function spacing(cadence: Cadence, zone: string, now: number): number[] {
  if (cadence.kind === 'every') return [cadence.interval]
  if (cadence.kind === 'hook') return []
  const own = clockOf({ cadence }, zone)
  const minutes = cadence.kind === 'at' ? cadence.times.map(minutesOf) : cronMinutesOfDay(cadence.expression)
  const changes = offsetChanges(own, now, now + OFFSET_HORIZON)
  const offsets = new Set([offsetAt(now, own), ...changes.map((change) => change.after)])
  const inUtc = minutes.flatMap((minute) => [...offsets].map((offset) => minute * MINUTE - offset))
  // A time within the hour that summer time skips moves to the end of that hour.
  const gapEnds = changes
    .filter(({ at, before, after }) => minutes.some((minute) => modulo(minute * MINUTE - at - before, DAY) < after - before))
    .map((change) => change.at)
  return [DAY, ...inUtc, ...gapEnds]
}

const modulo = (a: number, b: number): number => ((a % b) + b) % b

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)]
  while (y > 0) [x, y] = [y, x % y]
  return x
}

/** Returns the time between the rule's next two evaluations, in milliseconds. */
export function paceOf(rule: Pick<Rule, 'cadence'>, zone: string, now: number): number {
  if (rule.cadence.kind === 'every') return rule.cadence.interval
  // For an event the numbers must be as fresh as for a rule without a cadence of its own.
  if (rule.cadence.kind === 'hook') return HOUR / 2
  const [first, second] = nextDue(rule.cadence, zone, now, 2)
  return first === undefined || second === undefined ? 24 * HOUR : second - first
}
