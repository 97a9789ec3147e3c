/** Single points: how far one stands out, in a series that has its own idea of what is far. */

import { countDeviate, SMALL_COUNT } from './count-deviate.js'
import type { LevelModel } from './level-model.js'
import { RELATIVE } from './residual-scale.js'
import { medianScale, tailScale } from './robust-scale.js'
import { SortedWindow } from './sorted-window.js'
import {
  AS_GOOD_AS_NOTHING,
  CUT,
  LEAST_HISTORY,
  MEMORY,
  MOST_SCORE,
  NOTHING_IS_COMMON,
  POINT_THRESHOLD,
  SEVEN,
} from './settings.js'

export interface PointDeviation {
  /** A point's standard deviation, for pulls and runs: that of the middle of the residuals. */
  readonly sigma: number
  /** The standard deviation that the band is drawn with: that of the tails. */
  readonly spread: number
  /** Signed, in robust standard deviations. */
  readonly score: number
  /** Whether the value is as good as nothing, where that is far from usual. */
  readonly isNothing: boolean
}

/** How quickly the share of points that are as good as nothing follows: about eight weeks of days. */
const SHARE_OF_NOTHING = 1 / 56

export class PointChannel {
  readonly #residuals = new SortedWindow(MEMORY)
  readonly #deviates = new SortedWindow(MEMORY)
  readonly #rolling: SortedWindow
  readonly #rollingResiduals = new SortedWindow(MEMORY)
  readonly #sizes = new SortedWindow(MEMORY)
  #whole = true
  /** Share of late of points that were as good as nothing. */
  #nothing = 0

  constructor(readonly model: LevelModel) {
    this.#rolling = new SortedWindow(Math.max(SEVEN, model.cells))
  }

  /** Judges a value by what came before, and keeps its deviation for those to come. */
  judge(value: number, cell: number): PointDeviation {
    const { model } = this
    const expected = model.expected(cell)
    this.#whole &&= Number.isInteger(value) && value >= 0
    const residual = model.scale.residual(value, expected)
    const floor = this.#floor(expected)
    const sigma = Math.max(floor, known(medianScale(this.#residuals)))
    const deviate = this.#deviate(value, expected, residual, sigma)
    const tails = Math.max(1, known(tailScale(this.#deviates)))
    const byLevel = deviate / tails
    const score = this.#withRolling(value, cell, byLevel, sigma, floor)
    const isNothing = model.scale === RELATIVE && expected > 0 && value <= AS_GOOD_AS_NOTHING * expected
    const isRare = this.#nothing < NOTHING_IS_COMMON
    this.#nothing += SHARE_OF_NOTHING * ((isNothing ? 1 : 0) - this.#nothing)
    if (model.learned >= 2) {
      this.#residuals.push(Math.abs(residual))
      this.#deviates.push(Math.abs(deviate))
    }
    this.#sizes.push(Math.abs(value))
    this.#rolling.push(model.levelOf(value, cell))
    return {
      sigma,
      spread: sigma * tails,
      score: Math.max(-MOST_SCORE, Math.min(MOST_SCORE, score)),
      isNothing: isNothing && isRare && deviate <= -POINT_THRESHOLD,
    }
  }

  /** Counts spread at least as much as chance makes them: one over the root of what is expected, as a share of it. */
  #floor(expected: number): number {
    const floor = this.model.scale.floor(expected, known(this.#sizes.median()))
    return this.#whole ? Math.max(floor, expected > 0 ? 1 / Math.sqrt(expected) : 1) : floor
  }

  #deviate(value: number, expected: number, residual: number, sigma: number): number {
    if (!this.#whole || expected <= 0 || expected >= SMALL_COUNT) return residual / sigma
    // What residuals spread beyond chance is the series' own; those of small counts are too rough to say more.
    return countDeviate(value, expected, Math.max(0, sigma ** 2 - 1 / expected))
  }

  /**
   * The geometric mean with how far the value stands from the median of the last turn, in the spread of such distances, and
   * with the pattern only as far as it can be trusted: what a doubtful factor of an hour makes is worth little.
   */
  #withRolling(value: number, cell: number, byLevel: number, sigma: number, floor: number): number {
    const { model } = this
    if (this.#rolling.size < this.#rolling.capacity) return byLevel
    const around = model.scale.value(this.#rolling.median(), model.trustedSeason(cell, sigma))
    const distance = model.scale.residual(value, around)
    const spread = Math.max(floor, known(tailScale(this.#rollingResiduals)))
    const seen = this.#rollingResiduals.size
    this.#rollingResiduals.push(Math.abs(distance))
    if (seen < LEAST_HISTORY) return byLevel
    const small = this.#whole && around > 0 && around < SMALL_COUNT
    const byRolling = small ? this.#deviate(value, around, distance, Math.max(sigma, spread / CUT)) : distance / spread
    return Math.sign(byRolling) === Math.sign(byLevel) ? Math.sign(byLevel) * Math.sqrt(byLevel * byRolling) : 0
  }
}

const known = (value: number): number => (Number.isFinite(value) ? value : 0)
