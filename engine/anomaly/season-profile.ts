/** What hours of the day, or days of the week, are worth against the level around them. */

import { SortedWindow } from './sorted-window.js'

/** Share of a median's variance over that of a mean, for normal errors (π / 2). */
const MEDIAN_OVER_MEAN = Math.PI / 2
/** Times seen before a cell's own value is believed. */
const LEAST_SEEN = 2

/**
 * A pattern of `period` cells: each cell's median deviation, drawn towards none by the share of its spread that chance alone
 * would make (James-Stein). A pattern that is not there costs nothing.
 */
export class SeasonProfile {
  readonly #cells: readonly SortedWindow[]
  #factors: Float64Array

  /** @param remembered how many turns of the pattern count */
  constructor(
    readonly period: number,
    remembered: number,
  ) {
    this.#cells = Array.from({ length: period }, () => new SortedWindow(remembered))
    this.#factors = new Float64Array(period)
  }

  /** Deviation that is to be expected of a cell. */
  at(cell: number): number {
    return this.#factors[cell]!
  }

  /** Mean square of the pattern's deviations. */
  get variance(): number {
    return this.#factors.reduce((sum, factor) => sum + factor ** 2, 0) / this.period
  }

  /** Learns a cell's deviation from the level around it. */
  learn(cell: number, deviation: number): void {
    this.#cells[cell]!.push(deviation)
    this.#factors = this.#shrunk()
  }

  #shrunk(): Float64Array {
    const { period } = this
    const factors = new Float64Array(period)
    if (period < 2 || this.#cells.some(({ size }) => size < LEAST_SEEN)) return factors
    const medians = this.#cells.map((cell) => cell.median())
    const mean = medians.reduce((sum, median) => sum + median, 0) / period
    const between = medians.reduce((sum, median) => sum + (median - mean) ** 2, 0) / (period - 1)
    if (between === 0) return factors
    const seen = this.#cells.reduce((sum, { size }) => sum + size, 0) / period
    const within = this.#noise()
    const share = Math.max(0, 1 - (MEDIAN_OVER_MEAN * within ** 2) / seen / between)
    for (let cell = 0; cell < period; cell++) factors[cell] = share * (medians[cell]! - mean)
    return factors
  }

  /** Standard deviation within cells, from the half of them in the middle. */
  #noise(): number {
    const spreads = this.#cells.map((cell) => (cell.quantile(0.75) - cell.quantile(0.25)) / 1.349)
    return Math.sqrt(spreads.reduce((sum, spread) => sum + spread ** 2, 0) / spreads.length)
  }
}
