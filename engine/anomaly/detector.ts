/**
 * The detector: each point is judged by the points before it, and then learned from. The same for every series.
 *
 * A level times a pattern of weekdays or hours says what is expected; single points are measured against the spread that such
 * points really had, tails included; runs of points find new levels and slow changes. In series of several points a day, runs
 * are runs of days. Work and memory a point are bounded, whatever the length of the series.
 */

import type { Finding } from './event-life.js'
import { type Judgement, NOT_JUDGED } from './judgement.js'
import { ADDITIVE, RELATIVE } from './residual-scale.js'
import { type Channels, SeriesModel } from './series-model.js'
import { MEMORY, RUN_THRESHOLD, SEVEN } from './settings.js'

export interface DetectorOptions {
  /** Steps in which a pattern is to be expected: 7 for days, 24 for hours; 1 for none. */
  readonly period: number
  /** Whether only runs are reported, and no single points. */
  readonly runsOnly?: boolean
}

/** Beyond this, sums and squares would leave the numbers; such a value is taken for missing. */
export const LARGEST = 1e150
/** A day is known by at least this share of its points. */
const SHARE_OF_DAY = 0.75
/** Patterns longer than this are those of years, which are no matter of a few weeks. */
const LONGEST_DAY = 288

export class AnomalyDetector {
  readonly #cells: number
  readonly #channels: Channels
  readonly #days: DayRuns | null
  #model: SeriesModel
  #isSigned = false
  /** What the model learned from recently, to restart when a first negative value shows what the series is. */
  readonly #history: { readonly value: number; readonly slot: number }[] = []

  constructor({ period, runsOnly = false }: DetectorOptions) {
    this.#cells = Number.isInteger(period) && period > 1 && period <= LONGEST_DAY ? period : 1
    const isWithinDays = this.#cells > SEVEN
    this.#days = isWithinDays ? new DayRuns(this.#cells) : null
    this.#channels = { points: !runsOnly, runs: !isWithinDays }
    this.#model = new SeriesModel(RELATIVE, this.#cells, this.#channels)
  }

  /**
   * Judges the next point and learns from it.
   *
   * @param value null where it is missing; what is not finite is missing too
   * @param slot the point's step on the even grid of its series, ascending from call to call
   */
  judge(value: number | null, slot: number): Judgement {
    if (value === null || !(Math.abs(value) <= LARGEST)) return NOT_JUDGED
    if (value < 0 && !this.#isSigned) this.#restart()
    if (!this.#isSigned) {
      this.#history.push({ value, slot })
      if (this.#history.length > 2 * MEMORY) this.#history.splice(0, MEMORY)
    }
    return this.#model.judge(value, this.#cellOf(slot), this.#days?.judge(value, slot) ?? [])
  }

  #cellOf(slot: number): number {
    return ((slot % this.#cells) + this.#cells) % this.#cells
  }

  #restart(): void {
    this.#isSigned = true
    this.#model = new SeriesModel(ADDITIVE, this.#cells, this.#channels)
    for (const { value, slot } of this.#history) this.#model.judge(value, this.#cellOf(slot))
    this.#history.length = 0
  }
}

/** Runs of whole days in a series of several points a day, found by the detector for days. */
class DayRuns {
  readonly #detector = new AnomalyDetector({ period: SEVEN, runsOnly: true })
  #day = 0
  #sum = 0
  #count = 0

  constructor(private readonly points: number) {}

  judge(value: number, slot: number): Finding[] {
    const day = Math.floor(slot / this.points)
    if (day !== this.#day) this.#begin(day)
    this.#sum += value
    this.#count++
    // A day is judged with its last point: later, its points would no longer be the latest.
    const isLast = slot - day * this.points === this.points - 1
    if (!isLast || this.#count < SHARE_OF_DAY * this.points) return []
    const { kind, score } = this.#detector.judge(this.#sum / this.#count, day)
    if ((kind !== 'shift' && kind !== 'drift') || score === null) return []
    return [{ kind, score, excess: Math.abs(score) / RUN_THRESHOLD, length: this.points }]
  }

  #begin(day: number): void {
    this.#day = day
    this.#sum = 0
    this.#count = 0
  }
}
