/** When a rule is due. Pure: the clock and what was evaluated before are handed in. */

import { isoDay } from '../clock/day.js'
import { DAY, dayNumberAt, HOUR, instantOf, MINUTE, minutesOf, offsetAt, offsetChanges } from '../clock/zone.js'
import { cronMinutesOfDay, cronWallTimes } from './cadence-cron.js'
import type { Cadence, Rule } from './rule.js'

/** The zone of a rule's clock: the one that it names, for `at`, `cron`, `wait: until` and the end of its cooldown, else the account's. */
export const clockOf = ({ cadence }: Pick<Rule, 'cadence'>, accountZone: string): string =>
  (cadence.kind === 'at' || cadence.kind === 'cron' ? cadence.timezone : null) ?? accountZone

/** A time of day that was missed by more than this is left out: nobody waits for yesterday's nine o'clock. */
const CATCH_UP = HOUR

/** Offsets of a zone are looked up this far ahead when a tick is worked out. */
const OFFSET_HORIZON = 2 * 366 * DAY

export interface DueContext {
  /** The account's zone. */
  readonly zone: string
  /** When the rule was last evaluated for this account, whatever came of it; null for never. */
  readonly lastEvaluated: number | null
  /** When the rule was first loaded: a rule for nine o'clock that came at half past waits for tomorrow. */
  readonly knownSince: number
  readonly now: number
}

/**
 * The moment for which a rule is due now, or null.
 *
 * `every` is aligned to the epoch in UTC; a rule never evaluated is due at once, and however many runs were missed, one
 * makes up for them. `at` and `cron` rules never evaluated wait for their next time. A hook's rule is never due by the clock.
 */
export function dueMoment(cadence: Cadence, context: DueContext): number | null {
  const { now } = context
  // A last time in the future comes from a clock that was set back: it must not silence the rule until then.
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

/** The next `count` moments after `after` at which a rule will be due; fewer where a cron expression never comes again. */
export function nextDue(cadence: Cadence, zone: string, after: number, count: number): number[] {
  const found: number[] = []
  if (count <= 0) return found
  for (const moment of moments(cadence, zone, after)) {
    found.push(moment)
    if (found.length >= count) break
  }
  return found
}

/** Due moments after `after`, each later than the one before. */
function* moments(cadence: Cadence, zone: string, after: number): Generator<number, void> {
  let last = after
  for (const moment of candidates(cadence, zone, after)) {
    // Several times within one gap of summer time come right after it, together, as one.
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
      // From the day before, whose last time a gap at midnight may have moved into this day.
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
 * The longest tick, aligned to the epoch and between a minute and an hour, on which every due moment of the cadences
 * falls, in milliseconds. Considers the offsets that each zone will have in the next two years, so it is to be worked out
 * again when rules are loaded.
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

/** Durations of which every due moment of a cadence is a whole multiple of a common divisor. */
function spacing(cadence: Cadence, zone: string, now: number): number[] {
  if (cadence.kind === 'every') return [cadence.interval]
  if (cadence.kind === 'hook') return []
  const own = clockOf({ cadence }, zone)
  const minutes = cadence.kind === 'at' ? cadence.times.map(minutesOf) : cronMinutesOfDay(cadence.expression)
  const changes = offsetChanges(own, now, now + OFFSET_HORIZON)
  const offsets = new Set([offsetAt(now, own), ...changes.map((change) => change.after)])
  const inUtc = minutes.flatMap((minute) => [...offsets].map((offset) => minute * MINUTE - offset))
  // A time within a gap of summer time comes at the gap's end.
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

/** How often the rule is evaluated: the time between its next two turns. */
export function paceOf(rule: Pick<Rule, 'cadence'>, zone: string, now: number): number {
  if (rule.cadence.kind === 'every') return rule.cadence.interval
  // An event wants numbers as fresh as those of a rule that says nothing of its pace.
  if (rule.cadence.kind === 'hook') return HOUR / 2
  const [first, second] = nextDue(rule.cadence, zone, now, 2)
  return first === undefined || second === undefined ? 24 * HOUR : second - first
}
