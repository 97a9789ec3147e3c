/** The windows that a window is compared with: the same days or hours, earlier. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { addDays, DAY, dayNumberAt, dayOf, HOUR, instantOf, minuteOfDay, startOfDay } from '../clock/zone.js'
import type { Facts } from '../facts/facts.js'
import type { WindowRange } from '../metric/window.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import { Unknown } from '../value/value.js'

/** One window: of days, or of hours on the account's clock. */
export type Occasion = {
  /** The step in its series: days, or windows of this length. */
  readonly slot: number
  /** When it ended, epoch milliseconds; what is counted late comes after it. */
  readonly endedAt: number
} & ({ readonly kind: 'days'; readonly days: DayRange } | { readonly kind: 'hours'; readonly hours: HourRange })

export interface Occasions {
  /** The earlier ones, the oldest first. */
  readonly earlier: readonly Occasion[]
  readonly asked: Occasion
  /** Steps in which a pattern of weekdays comes back. */
  readonly period: number
}

/** Sixteen weeks say what is usual now; what was before that need not. */
const MOST_DAYS = 112
/** Hours of today that a sync may lag behind. */
const LATEST_KNOWN = 3

const NO_OCCASION = new Unknown('a window without an end has nothing to be compared with')
const RUNS_STILL = new Unknown(
  'a window of several days that ends today has nothing to be compared with; ask for `today`, or for one that ended yesterday',
)
const JUST_BEGUN = new Unknown('the day has only begun, and no hour of it is known')
const NO_DATES = new Unknown('the data has no dates')

/** What a window is compared with, or why with nothing. Today so far is compared with the same hours of earlier days. */
export function occasionsOf(facts: Facts, window: WindowRange): Occasions | Unknown {
  const zone = facts.account.timezone
  const today = dayNumberAt(facts.at, zone)
  if (window.kind === 'maximum') return NO_OCCASION
  if (window.kind === 'hours') return sameHours(facts, window.hours)
  const [since, until] = [dayNumberOf(window.days.since), dayNumberOf(window.days.until)]
  if (until >= today) return since === until && until === today ? soFar(facts) : RUNS_STILL
  const known = facts.knownDays()
  if (known === null) return NO_DATES
  const length = until - since + 1
  const first = Math.max(dayNumberOf(known.since), since - MOST_DAYS * length)
  const at = (start: number): Occasion => ({
    kind: 'days',
    slot: length === 1 ? start : Math.floor(start / length),
    endedAt: startOfDay(isoDay(start + length), zone),
    days: { since: isoDay(start), until: isoDay(start + length - 1) },
  })
  const count = Math.floor((since - first) / length)
  const earlier = Array.from({ length: Math.max(0, count) }, (_, index) => at(since - (count - index) * length))
  return { earlier, asked: at(since), period: length % 7 === 0 ? 1 : 7 }
}

/** Today's complete hours that are known, and the same hours of each day before. */
function soFar(facts: Facts): Occasions | Unknown {
  const zone = facts.account.timezone
  const today = dayOf(facts.at, zone)
  const complete = Math.floor((facts.at - startOfDay(today, zone)) / HOUR)
  const [entity] = facts.entities('account')
  let reason = JUST_BEGUN
  for (let count = complete; count > 0 && count > complete - LATEST_KNOWN; count--) {
    const from = startOfDay(today, zone)
    const known = entity === undefined ? NO_DATES : facts.hourlyTotal(entity, 'spend', { from, to: from + count * HOUR })
    if (!(known instanceof Unknown)) return sameHours(facts, { from, to: from + count * HOUR })
    reason = known
  }
  return reason
}

/**
 * The same hours of the clock on each of the days before: where summer time skips or doubles an hour, the elapsed part of the day is
 * measured by the clock and not in elapsed hours.
 */
function sameHours({ account: { timezone: zone } }: Facts, { from, to }: HourRange): Occasions {
  const [first, last] = [placeOf(from, zone), placeOf(to, zone)]
  // Longer than a day, windows must not overlap.
  const apart = Math.max(1, Math.ceil((to - from) / DAY))
  const at = (back: number): Occasion & { readonly kind: 'hours' } => {
    const [start, end] = [first, last].map(({ day, minute }) => onDay(addDays(day, -back * apart), minute, zone))
    return { kind: 'hours', slot: dayNumberOf(first.day) - back, endedAt: end!, hours: { from: start!, to: end! } }
  }
  const count = Math.floor(MOST_DAYS / apart)
  const earlier = Array.from({ length: count }, (_, index) => at(count - index)).filter(({ hours: { from, to } }) => from < to)
  const asked: Occasion = { kind: 'hours', slot: dayNumberOf(first.day), endedAt: to, hours: { from, to } }
  return { earlier, asked, period: apart % 7 === 0 ? 1 : 7 }
}

const placeOf = (instant: number, zone: string): { day: string; minute: number } => ({
  day: dayOf(instant, zone),
  minute: minuteOfDay(instant, zone),
})

/** A day that the zone left out has no hours, so that what would begin and end on it is as long as nothing. */
const onDay = (day: string, minute: number, zone: string): number => instantOf(day, minute, zone) ?? startOfDay(day, zone)
