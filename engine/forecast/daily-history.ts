/** Daily values of a measure, as input for forecasts. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { dayNumberAt } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { DayRange } from '../value/ranges.js'
import { Unknown } from '../value/value.js'

/** A little more than a year shows what is usual; before that, the account was too different. */
const MOST_DAYS = 400

/** A change of a daily budget, in minor units. */
export interface BudgetChange {
  /** ISO date of the first day with the new budget. */
  readonly day: string
  readonly before: number
  readonly after: number
}

export interface DailyHistory {
  /** Up to yesterday, oldest first; null is a day that is not known, or without delivery. */
  readonly values: readonly (number | null)[]
  /** ISO date of the first value. */
  readonly since: string
}

/** The facts cache by the identity of the range object, so all entities and measures share one range object per day. */
export class HistoryReader {
  readonly #days: DayRange[] = []
  readonly #first: number | null

  constructor(private readonly facts: Facts) {
    const yesterday = dayNumberAt(facts.at, facts.account.timezone) - 1
    const known = facts.knownDays()
    this.#first = known === null ? null : Math.max(dayNumberOf(known.since), yesterday - MOST_DAYS + 1)
    for (let day = this.#first ?? Infinity; day <= yesterday; day++) this.#days.push({ since: isoDay(day), until: isoDay(day) })
  }

  /** Paused days count as missing and not as zeros: without delivery there could be no results. */
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
    // If no day has a value, the reason is not a short history: return the reason that the facts give.
    return !isKnown && why !== null ? why : { values, since: isoDay(this.#first) }
  }

  #isPaused(entity: FactEntity, day: DayRange): boolean {
    const delivered = ['spend', 'impressions'].map((measure) => this.facts.total(entity, measure, day))
    return delivered.includes(0) && !delivered.some((value) => typeof value === 'number' && value > 0)
  }
}

/** If less than this share of a budget was spent, the budget did not limit spend. */
const USED_UP = 0.8
const DAYS_BEFORE = 7

/**
 * Returns the changes of level that budget changes caused: values before index `at` are to be multiplied by `ratio`. A change
 * counts only if the old budget was used up. `changes` must be in order of time, and the result is in the same order.
 */
export function shiftsOf(spend: DailyHistory, changes: readonly BudgetChange[]): { at: number; ratio: number }[] {
  const first = dayNumberOf(spend.since)
  const shifts: { at: number; ratio: number }[] = []
  for (const { day, before, after } of changes) {
    const at = dayNumberOf(day) - first
    const start = Math.max(0, at - DAYS_BEFORE)
    // If a budget changed twice within a week, the days before the first change are first rescaled by it.
    const days = spend.values
      .slice(start, Math.max(0, at))
      .flatMap((value, index) => (value === null ? [] : [value * levelAt(shifts, start + index)]))
    const mean = days.reduce((sum, value) => sum + value, 0) / days.length
    if (days.length > 0 && mean >= USED_UP * before) shifts.push({ at, ratio: after / before })
  }
  return shifts
}

/** Returns the factor for the value at `index`: the product of all shifts that come after it. */
export const levelAt = (shifts: readonly { readonly at: number; readonly ratio: number }[], index: number): number =>
  shifts.reduce((level, { at, ratio }) => (index < at ? level * ratio : level), 1)
