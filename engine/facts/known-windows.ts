/** Which windows of a dataset are known as of one moment, at the pace of one rule. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { dayNumberAt, HOUR, offsetAt, startOfDay } from '../clock/zone.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import { Unknown } from '../value/value.js'
import type { SyncedRange } from './dataset-source.js'
import type { Dataset } from './dataset.js'

/** First and last step, both in: day numbers or hours; `null` is everything known. */
export interface Stretch {
  readonly resolution: 'day' | 'hour'
  readonly since: number
  readonly until: number
}

const UNDATED = new Unknown('the data has no dates, so that only `maximum` is known', 'veride tarih yok')
export const NOTHING_YET = new Unknown('nothing is known yet at this time', 'bu an için henüz veri yok')
const NO_HOURS = new Unknown('there are only daily rows')

export class KnownWindows {
  /** The account's day at the moment, as a number. */
  readonly today: number
  // A rule asks for the same few ranges, which are the same objects, of every entity.
  readonly #stretches = new WeakMap<DayRange, Stretch>()
  readonly #verdicts = new WeakMap<Stretch, Unknown | null>()

  /**
   * @param at epoch milliseconds: what was read later is not known yet
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

  /** A day's row is known from that day on. */
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

  daysOf(days: DayRange): Stretch {
    let stretch = this.#stretches.get(days)
    if (stretch === undefined) {
      stretch = { resolution: 'day', since: dayNumberOf(days.since), until: dayNumberOf(days.until) }
      this.#stretches.set(days, stretch)
    }
    return stretch
  }

  whyUnknown(stretch: Stretch): Unknown | null {
    let verdict = this.#verdicts.get(stretch)
    if (verdict === undefined) this.#verdicts.set(stretch, (verdict = this.#judge(stretch)))
    return verdict
  }

  /** Why a window is not known as a whole, or null where it is. The same for every entity and measure. */
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
          `no good sync followed the end of ${isoDay(day)}`,
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
      // An hour counts as read when the sync began after its end on the account's clock.
      const read = latest + offsetAt(latest, this.zone)
      if (read < (hour + 1) * HOUR) return new Unknown(`no good sync followed the end of the hour ${hour % 24} of ${isoDay(day)}`)
    }
    return null
  }

  isStale = (syncedAt: number): boolean => this.at - syncedAt > 2 * this.pace + HOUR

  stale(syncedAt: number): Unknown {
    const minutes = Math.round((this.at - syncedAt) / 60_000)
    return new Unknown(
      `the last good sync is ${minutes} minutes old, too old for today`,
      `son başarılı okuma ${minutes} dakika önceydi, bugün için çok eski`,
    )
  }

  /**
   * The stretch of clock hours. Meta counts by the account's clock: an hour that it skips has no row, and one that it shows
   * twice is one row of both, so that a stretch with only one of the two is not known.
   */
  hoursOf({ from, to }: HourRange): Stretch | Unknown {
    const clock = (instant: number): number => (instant + offsetAt(instant, this.zone)) / HOUR
    const [since, until] = [clock(from), Math.floor(clock(to - 1))]
    if (!Number.isInteger(since)) return new Unknown('the clock changed by a part of an hour within these hours')
    if (clock(from - 1) >= since || clock(to) < until + 1)
      return new Unknown('the clock shows an hour twice, and only one of the two is within these hours')
    return { resolution: 'hour', since, until }
  }
}

/** When the latest of the syncs that cover a day was asked. */
function latestOver(ranges: readonly SyncedRange[], day: string): number | null {
  let latest: number | null = null
  for (const { since, until, at } of ranges) if (since <= day && until >= day && (latest === null || at > latest)) latest = at
  return latest
}
