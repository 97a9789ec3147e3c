/** Decides which windows of a dataset are fully known as of one moment. How old today's data may be depends on the rule's pace. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { dayNumberAt, HOUR, offsetAt, startOfDay } from '../clock/zone.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import { Unknown } from '../value/value.js'
import type { SyncedRange } from './dataset-source.js'
import type { Dataset } from './dataset.js'

/** A window by its first and last day number or hour index, both inclusive. */
export interface Stretch {
  readonly resolution: 'day' | 'hour'
  readonly since: number
  readonly until: number
}

const UNDATED = new Unknown('the data has no dates, so only `maximum` is known', 'veride tarih yok')
export const NOTHING_YET = new Unknown('there is no data yet at this time', 'bu an için henüz veri yok')
const NO_HOURS = new Unknown('there are only daily rows')

export class KnownWindows {
  /** The account's day at the moment, as a number. */
  readonly today: number
  // A rule asks for the same few ranges, as the same objects, for every entity.
  readonly #stretches = new WeakMap<DayRange, Stretch>()
  readonly #verdicts = new WeakMap<Stretch, Unknown | null>()

  /**
   * @param at epoch milliseconds; data that was read later is ignored
   * @param pace as in `FactsOptions`
   */
  constructor(
    private readonly dataset: Dataset,
    private readonly at: number,
    private readonly pace: number,
    private readonly zone: string,
  ) {
    this.today = dayNumberAt(at, zone)
  }

  /** Returns the first and last day with known rows, up to today; null if there is none. */
  knownDays(): { first: number; last: number } | null {
    const { knowledge, days } = this.dataset
    let known = days
    if (knowledge.kind === 'synced') {
      const synced = knowledge.days.filter(({ at }) => at <= this.at)
      if (synced.length === 0) return null
      const first = Math.min(...synced.map(({ since }) => dayNumberOf(since)))
      known = { first, last: Math.max(...synced.map(({ until }) => dayNumberOf(until))) }
    }
    if (known === null || known.first > this.today) return null
    return { first: known.first, last: Math.min(known.last, this.today) }
  }

  /** Returns the window of a range of days: the same object for the same range. */
  daysOf(days: DayRange): Stretch {
    let stretch = this.#stretches.get(days)
    if (stretch === undefined) {
      stretch = { resolution: 'day', since: dayNumberOf(days.since), until: dayNumberOf(days.until) }
      this.#stretches.set(days, stretch)
    }
    return stretch
  }

  /** Returns why a window is not fully known, or null if it is. The answer is the same for every entity and measure. */
  whyUnknown(stretch: Stretch): Unknown | null {
    let verdict = this.#verdicts.get(stretch)
    if (verdict === undefined) this.#verdicts.set(stretch, (verdict = this.#judge(stretch)))
    return verdict
  }

  #judge({ resolution, since, until }: Stretch): Unknown | null {
    const { knowledge } = this.dataset
    if (knowledge.kind === 'undated') return UNDATED
    const [first, last] = resolution === 'day' ? [since, until] : [Math.floor(since / 24), Math.floor(until / 24)]
    if (knowledge.kind === 'synced') {
      const ranges = (resolution === 'day' ? knowledge.days : knowledge.hours).filter(({ at }) => at <= this.at)
      return resolution === 'day' ? this.#whyDaysUnsynced(ranges, first, last) : this.#whyHoursUnsynced(ranges, since, until)
    }
    if (resolution === 'hour') return NO_HOURS
    const known = this.knownDays()
    if (known === null) return NOTHING_YET
    if (first < known.first)
      return new Unknown(`no rows before ${isoDay(known.first)}`, `${isoDay(known.first)} öncesi için satır yok`)
    if (last <= known.last) return null
    return new Unknown(`no rows after ${isoDay(known.last)}`, `${isoDay(known.last)} sonrası için satır yok`)
  }

  #whyDaysUnsynced(ranges: readonly SyncedRange[], first: number, last: number): Unknown | null {
    for (let day = first; day <= last; day++) {
      const latest = latestOver(ranges, isoDay(day))
      if (latest === null) return new Unknown(`${isoDay(day)} was not read from Meta`, `${isoDay(day)} Meta’dan okunmadı`)
      if (day >= this.today) {
        if (this.isStale(latest)) return this.stale(latest)
      } else if (latest < startOfDay(isoDay(day + 1), this.zone)) {
        return new Unknown(
          `no successful sync followed the end of ${isoDay(day)}`,
          `${isoDay(day)} bittikten sonra Meta’dan başarılı bir okuma yapılmadı`,
        )
      }
    }
    return null
  }

  #whyHoursUnsynced(ranges: readonly SyncedRange[], since: number, until: number): Unknown | null {
    for (let hour = since; hour <= until; hour++) {
      const day = Math.floor(hour / 24)
      const latest = latestOver(ranges, isoDay(day))
      if (latest === null) return new Unknown(`the hours of ${isoDay(day)} were not read from Meta`)
      if (day >= this.today && this.isStale(latest)) return this.stale(latest)
      // An hour counts as read if the sync began after the hour's end on the account's clock.
      const read = latest + offsetAt(latest, this.zone)
      if (read < (hour + 1) * HOUR)
        return new Unknown(`no successful sync followed the end of hour ${hour % 24} of ${isoDay(day)}`)
    }
    return null
  }

  /** Whether numbers of today that were read then are too old for the rule's pace. */
  isStale = (syncedAt: number): boolean => this.at - syncedAt > 2 * this.pace + HOUR

  /** Returns the `Unknown` for numbers that are too old. */
  stale(syncedAt: number): Unknown {
    const minutes = Math.round((this.at - syncedAt) / 60_000)
    return new Unknown(
      `the last successful sync is ${minutes} minutes old, too old for today`,
      `son başarılı okuma ${minutes} dakika önceydi, bugün için çok eski`,
    )
  }

  /**
   * Returns the window as hours of the account's clock, by which Meta counts. An hour that the clock skips has no row. An hour
   * that it shows twice has one row for both, so a window with only one of the two is unknown.
   */
  hoursOf({ from, to }: HourRange): Stretch | Unknown {
    const clock = (instant: number): number => (instant + offsetAt(instant, this.zone)) / HOUR
    const [since, until] = [clock(from), Math.floor(clock(to - 1))]
    if (!Number.isInteger(since)) return new Unknown('the clock changed by part of an hour within these hours')
    if (clock(from - 1) >= since || clock(to) < until + 1)
      return new Unknown('the clock shows an hour twice, and only one of the two is within these hours')
    return { resolution: 'hour', since, until }
  }
}

/** Returns when the latest sync that covers a day began; null if there is none. */
function latestOver(ranges: readonly SyncedRange[], day: string): number | null {
  let latest: number | null = null
  for (const { since, until, at } of ranges) if (since <= day && until >= day && (latest === null || at > latest)) latest = at
  return latest
}
