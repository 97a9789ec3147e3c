/** The days of a measure as forecasts see them. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { dayNumberAt } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { DayRange } from '../value/ranges.js'
import { Unknown } from '../value/value.js'

/** More than a year says what is usual; further back the account was another one. */
const MOST_DAYS = 400

/** A change of a daily budget, in minor units. */
export interface BudgetChange {
  /** ISO date of the first day under the new one. */
  readonly day: string
  readonly before: number
  readonly after: number
}

export interface DailyHistory {
  /** Up to yesterday, oldest first; null is a day that is not known, or on which nothing was delivered. */
  readonly values: readonly (number | null)[]
  /** ISO date of the first. */
  readonly since: string
}

/** Ranges are remembered by object in the facts, so that one object a day serves all entities and measures. */
export class HistoryReader {
  readonly #days: DayRange[] = []
  readonly #first: number | null

  constructor(private readonly facts: Facts) {
    const yesterday = dayNumberAt(facts.at, facts.account.timezone) - 1
    const known = facts.knownDays()
    this.#first = known === null ? null : Math.max(dayNumberOf(known.since), yesterday - MOST_DAYS + 1)
    for (let day = this.#first ?? Infinity; day <= yesterday; day++) this.#days.push({ since: isoDay(day), until: isoDay(day) })
  }

  /** Paused days are no data and not zeros: what delivered nothing on a day could have had no result on it either. */
  read(entity: FactEntity, measure: string): DailyHistory | Unknown {
    if (this.#first === null) return new Unknown('the data has no dates', 'veride tarih yok')
    let [isKnown, why]: [boolean, Unknown | null] = [false, null]
    const values = this.#days.map((day) => {
      const value = this.facts.total(entity, measure, day)
      if (value instanceof Unknown) why = value
      if (typeof value !== 'number') return null
      isKnown = true
      return value === 0 && this.#isPaused(entity, day) ? null : value
    })
    // What no day says is no short history: the reason is another one.
    return !isKnown && why !== null ? why : { values, since: isoDay(this.#first) }
  }

  #isPaused(entity: FactEntity, day: DayRange): boolean {
    const delivered = ['spend', 'impressions'].map((measure) => this.facts.total(entity, measure, day))
    return delivered.includes(0) && !delivered.some((value) => typeof value === 'number' && value > 0)
  }
}

/** A budget that was spent to less than this is not what held spend back. */
const USED_UP = 0.8
const DAYS_BEFORE = 7

/**
 * Changes of level that budgets brought: what was before is taken times the change, where the old budget was used up. Each as
 * an index into the history's values, in the order of `changes`, which is that of time.
 */
export function shiftsOf(spend: DailyHistory, changes: readonly BudgetChange[]): { at: number; ratio: number }[] {
  const first = dayNumberOf(spend.since)
  const shifts: { at: number; ratio: number }[] = []
  for (const { day, before, after } of changes) {
    const at = dayNumberOf(day) - first
    const start = Math.max(0, at - DAYS_BEFORE)
    // A budget that was changed twice within a week is held against what the first change made of the days before it.
    const days = spend.values
      .slice(start, Math.max(0, at))
      .flatMap((value, index) => (value === null ? [] : [value * levelAt(shifts, start + index)]))
    const mean = days.reduce((sum, value) => sum + value, 0) / days.length
    if (days.length > 0 && mean >= USED_UP * before) shifts.push({ at, ratio: after / before })
  }
  return shifts
}

/** What changes of level make of a value that lies before them. */
export const levelAt = (shifts: readonly { readonly at: number; readonly ratio: number }[], index: number): number =>
  shifts.reduce((level, { at, ratio }) => (index < at ? level * ratio : level), 1)
