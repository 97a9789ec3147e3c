/** One measure of one entity over time as running totals, so that the sum over any stretch is a difference of two. */

export interface SeriesRow {
  /** First and last step that the row covers, both in: day numbers, or hours. */
  readonly since: number
  readonly until: number
  readonly measures: Readonly<Record<string, number | null>>
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
  /** Rows of more than one step, each stretch once. */
  readonly #long: readonly { readonly since: number; readonly until: number }[]

  constructor(measure: string, rows: Iterable<SeriesRow>) {
    const at = new Map<number, { sum: number; gaps: number; count: number }>()
    const long = new Map<string, { since: number; until: number }>()
    for (const { since, until, measures } of rows) {
      if (since !== until) long.set(`${since}/${until}`, { since, until })
      let step = at.get(until)
      if (step === undefined) at.set(until, (step = { sum: 0, gaps: 0, count: 0 }))
      const value = measure === ROWS ? 1 : Object.hasOwn(measures, measure) ? measures[measure] : 0
      if (value === null || value === undefined) step.gaps += 1
      else step.sum += value
      step.count += 1
    }
    this.#steps = [...at.keys()].sort((a, b) => a - b)
    const [totals, gaps, counts] = [[0], [0], [0]]
    for (const [index, step] of this.#steps.entries()) {
      const { sum, gaps: missing, count } = at.get(step)!
      totals.push(totals[index]! + sum)
      gaps.push(gaps[index]! + missing)
      counts.push(counts[index]! + count)
    }
    this.#totals = totals
    this.#gaps = gaps
    this.#counts = counts
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
const withoutNoise = (sum: number): number =>
  Number.isInteger(sum) || Math.abs(sum) > 1e11 ? sum : Math.round(sum * 10_000) / 10_000
