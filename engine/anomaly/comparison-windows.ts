/** Earlier windows to compare a window with: the same span of days or the same hours. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { addDays, DAY, dayNumberAt, dayOf, HOUR, instantOf, minuteOfDay, startOfDay } from '../clock/zone.js'
import type { Facts } from '../facts/facts.js'
import type { WindowRange } from '../metric/window.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import { Unknown } from '../value/value.js'

/** One window: days, or hours in the account's time zone. */
export type Occasion = {
  /** Its step in the series, counted in days or in windows of this length. */
  readonly slot: number
  /** When it ended, in epoch milliseconds; late conversions are counted after that. */
  readonly endedAt: number
} & ({ readonly kind: 'days'; readonly days: DayRange } | { readonly kind: 'hours'; readonly hours: HourRange })

export interface Occasions {
  /** The earlier windows, the oldest first. */
  readonly earlier: readonly Occasion[]
  readonly asked: Occasion
  /** Number of steps after which the weekday pattern repeats; 1 if there is none. */
  readonly period: number
}

/** Sixteen weeks show what is usual now; older data may not. */
const MOST_DAYS = 112
/** If the latest hours of today are not synced yet, the window may be cut by fewer than this many hours. */
const LATEST_KNOWN = 3

const NO_OCCASION = new Unknown('a window without an end cannot be compared with earlier ones')
const RUNS_STILL = new Unknown(
  'a window of several days that ends today cannot be compared with earlier ones; use `today`, or a window that ended yesterday',
)
const JUST_BEGUN = new Unknown('the day has only begun: none of its hours is known yet')
const NO_DATES = new Unknown('the data has no dates')

/** Returns the windows to compare with, or why there are none. Today so far is compared with the same hours of earlier days. */
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

/** Returns today's complete hours that are known, and the same hours of each earlier day. */
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
 * Returns the same hours on the clock for each earlier day. On days on which the clock changes, this is not the same number of
 * elapsed hours.
 */
function sameHours({ account: { timezone: zone } }: Facts, { from, to }: HourRange): Occasions {
  const [first, last] = [placeOf(from, zone), placeOf(to, zone)]
  // Windows longer than a day must not overlap.
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

/** A time zone may skip a whole day: its windows then begin and end at the same instant and are empty. */
const onDay = (day: string, minute: number, zone: string): number => instantOf(day, minute, zone) ?? startOfDay(day, zone)
