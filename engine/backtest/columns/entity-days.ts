/** Sums the rows of one entity by day. The memory is reused for the next entity, and every row is read once for all measures. */

import type { EntityRow } from '../../facts/dataset.js'
import { lacksOffMeta, mayBeOffMeta } from '../../metric/off-meta.js'

/** First and last day, inclusive, counted from the first day of the data. */
interface Stretch {
  readonly since: number
  readonly until: number
}

export class EntityDays {
  /** The sum of each measure on each day. */
  readonly #sums: readonly Float64Array[]
  readonly #places: ReadonlyMap<string, number>
  /** Days of rows without a value, by measure. */
  #gaps: number[][] = []
  #stretches: Stretch[] = []
  // The measures in the order of the previous row, which nearly all rows share, and their indexes; -1 if a measure is not needed.
  readonly #order: string[] = []
  readonly #placesInOrder: number[] = []

  /** @param measures the measures that are needed, each once */
  constructor(
    measures: readonly string[],
    private readonly days: { readonly first: number; readonly last: number },
  ) {
    this.#places = new Map(measures.map((measure, place) => [measure, place]))
    this.#sums = measures.map(() => new Float64Array(days.last - days.first + 1))
  }

  read(rows: readonly EntityRow[]): void {
    const sums = this.#sums
    const order = this.#order
    const placesInOrder = this.#placesInOrder
    const { first } = this.days
    for (const own of sums) own.fill(0)
    this.#gaps = sums.map(() => [])
    this.#stretches = []
    for (const row of rows) {
      const day = row.until - first
      if (row.since !== row.until) this.#stretches.push({ since: row.since - first, until: day })
      const { measures } = row
      let index = 0
      // Iterating over a row is several times as fast as looking up one measure after the other.
      for (const measure in measures) {
        if (order[index] !== measure) {
          order[index] = measure
          placesInOrder[index] = this.#places.get(measure) ?? -1
        }
        const place = placesInOrder[index++]!
        if (place < 0) continue
        const value = measures[measure]
        if (value === undefined) continue
        if (value === null) this.#gaps[place]!.push(day)
        else sums[place]![day]! += value
      }
      if (lacksOffMeta(measures)) this.#addUnnamed(measures, day)
    }
  }

  /** Marks measures of events off Meta as unknown, also those that the row lacks. */
  #addUnnamed(measures: EntityRow['measures'], day: number): void {
    for (const [measure, place] of this.#places)
      if (!Object.hasOwn(measures, measure) && mayBeOffMeta(measure)) this.#gaps[place]!.push(day)
  }

  /** Returns the sums by day, from the first day on. */
  sums(measure: string): Float64Array {
    return this.#sums[this.#places.get(measure)!]!
  }

  /** Returns the days of rows without a value. */
  gaps(measure: string): readonly number[] {
    return this.#gaps[this.#places.get(measure)!]!
  }

  /** Rows that cover several days. */
  get stretches(): readonly Stretch[] {
    return this.#stretches
  }
}
