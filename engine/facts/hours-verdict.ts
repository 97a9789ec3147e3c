/** What the rows by the hour of one account are worth at one moment. */

import { isoDay } from '../clock/day.js'
import { dayNumberAt, startOfDay } from '../clock/zone.js'
import type { SyncedRange } from './dataset-source.js'
import type { Dataset } from './dataset.js'
import { conversionsByHour, lacksHours } from './hours-given.js'

export interface ConversionsVerdict {
  /** The ended day that shows it, as a number. */
  readonly day: number
  readonly found: 'some' | 'none'
}

export class HoursVerdict {
  readonly #today: number
  readonly #ended = new Map<number, boolean>()

  /** @param at epoch milliseconds: what was read later says nothing yet */
  constructor(
    private readonly dataset: Dataset,
    private readonly at: number,
    private readonly zone: string,
  ) {
    this.#today = dayNumberAt(at, zone)
  }

  /** Whether a day delivered and was answered without any row by the hour. */
  isEmpty(day: number): boolean {
    return lacksHours(this.dataset.hoursOf(day))
  }

  /** By the day's own hours, else by those of the last day before it that can tell; null where none can. */
  conversions(day: number): ConversionsVerdict | null {
    const earliest = this.dataset.days?.first ?? day
    for (let back = day; back >= earliest; back--) {
      const found = this.#isReadAfterItsEnd(back) ? conversionsByHour(this.dataset.hoursOf(back)) : null
      if (found !== null) return { day: back, found }
    }
    return null
  }

  /** Both the day's own rows and those of its hours. */
  #isReadAfterItsEnd(day: number): boolean {
    const { knowledge } = this.dataset
    if (knowledge.kind !== 'synced' || day >= this.#today) return false
    let known = this.#ended.get(day)
    if (known === undefined) {
      const [iso, end] = [isoDay(day), startOfDay(isoDay(day + 1), this.zone)]
      const isRead = (ranges: readonly SyncedRange[]): boolean =>
        ranges.some(({ since, until, at }) => at <= this.at && since <= iso && until >= iso && at >= end)
      known = isRead(knowledge.days) && isRead(knowledge.hours)
      this.#ended.set(day, known)
    }
    return known
  }
}
