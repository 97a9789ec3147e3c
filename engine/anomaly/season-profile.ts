/** Learns how hours of the day, or days of the week, deviate from the level around them. */

import { SortedWindow } from './sorted-window.js'

/** Variance of a median relative to that of a mean, for normal errors (π / 2). */
const MEDIAN_OVER_MEAN = Math.PI / 2
/** A cell's own value is used only after it was seen this many times. */
const LEAST_SEEN = 2

/**
 * A pattern of `period` cells: each cell's median deviation, shrunk towards zero by the share of the spread between cells that
 * chance alone would explain (James-Stein). If there is no pattern, the profile is therefore close to zero. A cell seen too
 * rarely has no effect yet, and does not delay the others for long: a series may have rows for working days only.
 */
export class SeasonProfile {
  readonly #cells: readonly SortedWindow[]
  readonly #factors: Float64Array
  readonly #medians: Float64Array
  readonly #spreads: Float64Array
  /** Number of remembered deviations, and of cells that have enough of them. */
  #seen = 0
  #known = 0

  /** @param remembered how many turns of the pattern are remembered */
  constructor(
    readonly period: number,
    remembered: number,
  ) {
    this.#cells = Array.from({ length: period }, () => new SortedWindow(remembered))
    this.#factors = new Float64Array(period)
    this.#medians = new Float64Array(period)
    this.#spreads = new Float64Array(period)
  }

  /** The expected deviation of a cell. */
  at(cell: number): number {
    return this.#factors[cell]!
  }

  /** Mean square of the pattern's deviations. */
  get variance(): number {
    return this.#factors.reduce((sum, factor) => sum + factor ** 2, 0) / this.period
  }

  /**
   * Learns a cell's deviation from the level around it.
   *
   * @param least smallest variance that chance is assumed to have: a few small counts may be equal by accident
   */
  learn(cell: number, deviation: number, least = 0): void {
    const seen = this.#cells[cell]!
    this.#seen += seen.size < seen.capacity ? 1 : 0
    if (seen.size === LEAST_SEEN - 1) this.#known++
    seen.push(deviation)
    this.#medians[cell] = seen.median()
    this.#spreads[cell] = Math.max(least, ((seen.quantile(0.75) - seen.quantile(0.25)) / 1.349) ** 2)
    // Without gaps both conditions become true at the same time.
    if (this.#known > 1 && (this.#known === this.period || this.#seen >= LEAST_SEEN * this.period)) this.#shrink()
  }

  #shrink(): void {
    const mean = this.#meanOf(this.#medians)
    let between = 0
    for (let cell = 0; cell < this.period; cell++) {
      if (this.#isKnown(cell)) between += (this.#medians[cell]! - mean) ** 2 / (this.#known - 1)
    }
    // Noise within cells, estimated from the middle half of their deviations.
    const chance = (MEDIAN_OVER_MEAN * this.#meanOf(this.#spreads)) / (this.#seen / this.period)
    const share = between === 0 ? 0 : Math.max(0, 1 - chance / between)
    for (let cell = 0; cell < this.period; cell++) {
      this.#factors[cell] = this.#isKnown(cell) ? share * (this.#medians[cell]! - mean) : 0
    }
  }

  #isKnown(cell: number): boolean {
    return this.#cells[cell]!.size >= LEAST_SEEN
  }

  /** Mean over the cells that were seen often enough. */
  #meanOf(values: Float64Array): number {
    let sum = 0
    for (let cell = 0; cell < this.period; cell++) if (this.#isKnown(cell)) sum += values[cell]!
    return sum / this.#known
  }
}
