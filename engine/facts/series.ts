/** One measure over time as running totals, so that the sum over any window is the difference of two of them. */

import { numberIn } from '../metric/off-meta.js'

export interface SeriesRow {
  /** First and last step that the row covers, both inclusive: day numbers or hour indices. */
  readonly since: number
  readonly until: number
  readonly measures: Readonly<Record<string, number | null>>
  /** Whether it counts in sums, but not as a row. */
  readonly silent?: boolean
}

interface Step {
  /** The last step that the row covers. */
  readonly step: number
  /** Zero if the row has no value. */
  readonly sum: number
  /** 1 if the row has no value, else 0. */
  readonly gaps: number
}

/** Passed as measure, makes a series that counts rows instead of adding up a measure. */
export const ROWS = '#rows'

/**
 * `unknown`: a row in the window has no value. `cut`: a row covers steps inside and outside of the window, and cannot be split.
 */
export type Sum = { readonly kind: 'sum'; readonly value: number } | { readonly kind: 'unknown' } | { readonly kind: 'cut' }

export class Series {
  // The steps at which rows end, ascending. `#totals[i]`, `#gaps[i]` and `#counts[i]` add up all steps before the i-th: the
  // values, the rows without a value, and the rows.
  readonly #steps: readonly number[]
  readonly #totals: readonly number[]
  readonly #gaps: readonly number[]
  readonly #counts: readonly number[]
  /** Whether every step between the first and the last has a row, so that an index is a subtraction. */
  readonly #dense: boolean
  /** The different ranges of rows that cover more than one step. */
  readonly #long: readonly { readonly since: number; readonly until: number }[]

  constructor(measure: string, rows: Iterable<SeriesRow>) {
    const steps: Step[] = []
    const long = new Map<string, { since: number; until: number }>()
    let [last, sorted] = [-Infinity, true]
    for (const { since, until, measures, silent } of rows) {
      if (silent === true && measure === ROWS) continue
      if (since !== until) long.set(`${since}/${until}`, { since, until })
      const value = measure === ROWS ? 1 : numberIn(measures, measure)
      const [sum, gaps] = value === null ? [0, 1] : [value, 0]
      if (until < last) sorted = false
      last = until
      steps.push({ step: until, sum, gaps })
    }
    if (!sorted) steps.sort((one, other) => one.step - other.step)
    const [ends, totals, gaps, counts] = [[] as number[], [0], [0], [0]]
    for (const { step, sum, gaps: missing } of steps) {
      if (step !== ends.at(-1)) {
        ends.push(step)
        totals.push(totals.at(-1)!)
        gaps.push(gaps.at(-1)!)
        counts.push(counts.at(-1)!)
      }
      totals[ends.length]! += sum
      gaps[ends.length]! += missing
      counts[ends.length]! += 1
    }
    this.#steps = ends
    this.#totals = totals
    this.#gaps = gaps
    this.#counts = counts
    this.#dense = ends.length > 0 && ends.at(-1)! - ends[0]! === ends.length - 1
    this.#long = [...long.values()]
  }

  /** Returns the sum from step `since` to step `until`, both inclusive; zero if there are no rows. */
  sum(since: number, until: number): Sum {
    for (const row of this.#long)
      if (row.since <= until && row.until >= since && (row.since < since || row.until > until)) return { kind: 'cut' }
    const [from, to] = [this.#before(since), this.#before(until + 1)]
    if (this.#gaps[to]! > this.#gaps[from]!) return { kind: 'unknown' }
    return { kind: 'sum', value: withoutNoise(this.#totals[to]! - this.#totals[from]!) }
  }

  /** Returns how many rows end from step `since` to step `until`, both inclusive. */
  count(since: number, until: number): number {
    return this.#counts[this.#before(until + 1)]! - this.#counts[this.#before(since)]!
  }

  /** Returns how many elements of `#steps` are before this step. */
  #before(step: number): number {
    if (this.#dense) return Math.min(Math.max(step - this.#steps[0]!, 0), this.#steps.length)
    let [low, high] = [0, this.#steps.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#steps[middle]! < step) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Rounds to four decimals: differences of running totals of fractions have errors in the last digits. Whole numbers are exact. */
export const withoutNoise = (sum: number): number =>
  Number.isInteger(sum) || Math.abs(sum) > 1e11 ? sum : Math.round(sum * 10_000) / 10_000
