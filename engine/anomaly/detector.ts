/**
 * The anomaly detector. It judges each point by the points before it, and then learns from it. Its settings are the same for all
 * series.
 *
 * The expected value is a level times a pattern of weekdays or hours. Single points are measured against the actual spread of
 * earlier points, tails included. Runs of points reveal new levels and slow changes; in series with several points a day, these
 * are runs of days. Work and memory per point are bounded, whatever the length of the series.
 */

import type { Finding } from './event-life.js'
import { type Judgement, NOT_JUDGED } from './judgement.js'
import { ADDITIVE, RELATIVE } from './residual-scale.js'
import { type Channels, SeriesModel } from './series-model.js'
import { MEMORY, RUN_THRESHOLD, SEVEN } from './settings.js'

export interface DetectorOptions {
  /** Number of steps after which a pattern may repeat: 7 for days, 24 for hours; 1 for no pattern. */
  readonly period: number
  /** Whether only runs are reported, and no single points. */
  readonly runsOnly?: boolean
}

/** The largest absolute value: sums and squares of larger ones would overflow, so these count as missing. */
export const LARGEST = 1e150
/** A day counts if at least this share of its points is known. */
const SHARE_OF_DAY = 0.75
/** Longer patterns (of a year, for example) cannot be learned from a few weeks. */
const LONGEST_DAY = 288

export class AnomalyDetector {
  readonly #cells: number
  readonly #channels: Channels
  readonly #days: DayRuns | null
  #model: SeriesModel
  #isSigned = false
  /** Recent points, to train a new model when the first negative value shows that the series is signed. */
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
   * @param value null if missing; values that are not finite count as missing
   * @param slot the point's step on the even grid of its series; ascending from call to call
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

/** Finds runs of whole days in a series with several points a day, by running the detector on daily means. */
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
    // A day is judged at its last point: any later, and the day's points would no longer be the latest ones.
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
