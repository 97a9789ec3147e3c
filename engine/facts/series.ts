/** One measure of one entity over time as running totals, so that the sum over any stretch is a difference of two. */

import { numberIn } from '../metric/off-meta.js'

export interface SeriesRow {
  /** First and last step that the row covers, both in: day numbers, or hours. */
  readonly since: number
  readonly until: number
  readonly measures: Readonly<Record<string, number | null>>
  /** Adds to sums, and is not counted as a row. */
  readonly silent?: boolean
}

interface Step {
  readonly step: number
  readonly sum: number
  readonly gaps: number
}

/** The name under which a series counts rows instead of adding a measure up. */
export const ROWS = '#rows'

/**
 * `unknown` says that a row in the stretch has no value, `cut` that a row covers days on both sides of an end, so that it
 * cannot be split.
 */
export type Sum = { readonly kind: 'sum'; readonly value: number } | { readonly kind: 'unknown' } | { readonly kind: 'cut' }

export class Series {
  // Steps with rows, ascending; `#totals[i]` is the sum of all steps before the i-th, `#gaps[i]` its rows without a value.
  readonly #steps: readonly number[]
  readonly #totals: readonly number[]
  readonly #gaps: readonly number[]
  readonly #counts: readonly number[]
  /** Whether no step is left out between the first and the last. */
  readonly #dense: boolean
  /** Rows of more than one step, each stretch once. */
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

  /** The sum from step `since` to step `until`, both in; zero where there are no rows. */
  sum(since: number, until: number): Sum {
    for (const row of this.#long)
      if (row.since <= until && row.until >= since && (row.since < since || row.until > until)) return { kind: 'cut' }
    const [from, to] = [this.#before(since), this.#before(until + 1)]
    if (this.#gaps[to]! > this.#gaps[from]!) return { kind: 'unknown' }
    return { kind: 'sum', value: withoutNoise(this.#totals[to]! - this.#totals[from]!) }
  }

  /** How many rows end in the stretch. */
  count(since: number, until: number): number {
    return this.#counts[this.#before(until + 1)]! - this.#counts[this.#before(since)]!
  }

  /** How many of the steps lie before this one. */
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

/** Differences of running totals of fractions are off in the last digits; whole numbers are exact. */
export const withoutNoise = (sum: number): number =>
  Number.isInteger(sum) || Math.abs(sum) > 1e11 ? sum : Math.round(sum * 10_000) / 10_000
