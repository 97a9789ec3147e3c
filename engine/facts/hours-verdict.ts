/** Decides, as of one moment, whether the hourly rows of an account can be trusted. */

import { isoDay } from '../clock/day.js'
import { dayNumberAt, startOfDay } from '../clock/zone.js'
import type { SyncedRange } from './dataset-source.js'
import type { Dataset } from './dataset.js'
import { conversionsByHour, lacksHours } from './hourly-rows.js'

export interface ConversionsVerdict {
  /** Number of the day whose rows show it. */
  readonly day: number
  /** Whether that day's hourly rows contain conversions. */
  readonly found: 'some' | 'none'
}

export class HoursVerdict {
  readonly #today: number
  readonly #ended = new Map<number, boolean>()

  /** @param at epoch milliseconds; later syncs are ignored */
  constructor(
    private readonly dataset: Dataset,
    private readonly at: number,
    private readonly zone: string,
  ) {
    this.#today = dayNumberAt(at, zone)
  }

  /** Whether the account delivered on a day of which there are no hourly rows. */
  isEmpty(day: number): boolean {
    return lacksHours(this.dataset.hoursOf(day))
  }

  /**
   * Returns whether Meta's hourly rows contain conversions. The rows of the day itself decide, or else those of the latest day
   * before it that was read after its end and had conversions; null if there is no such day.
   */
  conversions(day: number): ConversionsVerdict | null {
    const earliest = this.dataset.days?.first ?? day
    for (let back = day; back >= earliest; back--) {
      const found = this.#isReadAfterItsEnd(back) ? conversionsByHour(this.dataset.hoursOf(back)) : null
      if (found !== null) return { day: back, found }
    }
    return null
  }

  /** Whether both the daily and the hourly rows of a day were read after it ended. */
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
