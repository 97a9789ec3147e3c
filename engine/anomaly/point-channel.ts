/** Judges single points: how far one lies from the expected value, measured by the spread of its own series. */

import { countAt, countDeviate, knowable } from './count-deviate.js'
import type { LevelModel } from './level-model.js'
import { ADDITIVE, COUNTS } from './residual-scale.js'
import { medianScale, tailScale } from './robust-scale.js'
import {
  AS_GOOD_AS_NOTHING,
  CUT,
  LEAST_HISTORY,
  LEVEL_VARIANCE,
  MEMORY,
  MOST_SCORE,
  NOTHING_IS_COMMON,
  POINT_THRESHOLD,
  SEVEN,
} from './settings.js'
import { SortedWindow } from './sorted-window.js'

export interface PointDeviation {
  /** A point's standard deviation, estimated from the middle of the residuals (their median); used for cuts and runs. */
  readonly sigma: number
  /** The band that contains 95% of usual points, by the standard deviation of the tails. */
  readonly lo: number
  readonly hi: number
  /** Signed distance from the expected value, in standard deviations of the middle (`sigma`). */
  readonly deviate: number
  /** Signed distance in robust standard deviations, tails included. */
  readonly score: number
  /** Whether the value is nearly zero in a series in which this is very unusual. */
  readonly isNothing: boolean
}

/** Normal quantile of a band that contains 95%. */
const BAND = 1.96

/** What is to be learned from the point judged last. */
interface Lesson {
  /** The level that the point implies; null if other points should not be compared with it. */
  readonly level: number | null
  readonly size: number
  /** Absolute distances; null if not known yet. */
  readonly residual: number | null
  readonly deviate: number | null
  readonly fromRolling: number | null
}

/** Weight of each new point in the moving share of points that are nearly zero: about eight weeks of days. */
const SHARE_OF_NOTHING = 1 / 56

export class PointChannel {
  readonly #residuals = new SortedWindow(MEMORY)
  readonly #deviates = new SortedWindow(MEMORY)
  readonly #rolling: SortedWindow
  readonly #rollingResiduals = new SortedWindow(MEMORY)
  readonly #sizes = new SortedWindow(MEMORY)
  #lesson: Lesson | null = null
  /** Recent share of points that were nearly zero. */
  #nothing = 0

  constructor(readonly model: LevelModel) {
    this.#rolling = new SortedWindow(Math.max(SEVEN, model.cells))
  }

  /** Judges a value by the points before it. */
  judge(value: number, cell: number): PointDeviation {
    const { model } = this
    const expected = model.expected(cell)
    const residual = model.scale.residual(value, expected)
    const floor = this.#floor(expected)
    const sigma = Math.max(floor, known(medianScale(this.#residuals)))
    const deviate = this.deviate(value, expected, sigma)
    const tails = Math.max(1, known(tailScale(this.#deviates)))
    const { score, distance } = this.#withRolling(value, cell, deviate / tails, sigma, floor)
    const isNothing = model.scale !== ADDITIVE && expected > 0 && value <= AS_GOOD_AS_NOTHING * expected
    const isRare = this.#nothing < NOTHING_IS_COMMON
    this.#nothing += SHARE_OF_NOTHING * ((isNothing ? 1 : 0) - this.#nothing)
    const isBegun = model.learned >= 2
    this.#lesson = {
      // Rare days near zero are kept out of the rolling median: after an outage all normal days would look far out.
      level: isNothing && isRare ? null : model.levelOf(value, cell),
      size: Math.abs(value),
      residual: isBegun ? Math.abs(residual) : null,
      deviate: isBegun ? Math.abs(deviate) : null,
      fromRolling: distance,
    }
    return {
      sigma,
      lo: this.#at(expected, -BAND * tails, sigma),
      hi: this.#at(expected, BAND * tails, sigma),
      deviate: clamped(deviate),
      score: clamped(score),
      isNothing: isNothing && isRare && deviate <= -POINT_THRESHOLD,
    }
  }

  /**
   * Learns from the point judged last. During an event only its size and level are learned, so that each event widens the usual
   * spread only once; otherwise a new level would hide every anomaly after it.
   */
  learn(isAmidEvent: boolean): void {
    const { level, size, residual, deviate, fromRolling } = this.#lesson!
    if (!isAmidEvent) {
      if (residual !== null) this.#residuals.push(residual)
      if (deviate !== null) this.#deviates.push(deviate)
      if (fromRolling !== null) this.#rollingResiduals.push(fromRolling)
    }
    this.#sizes.push(size)
    if (level !== null) this.#rolling.push(level)
  }

  /** The smallest standard deviation. For counts it is at least that of chance: as a share of the mean, one over its root. */
  #floor(expected: number): number {
    const floor = this.model.scale.floor(expected, known(this.#sizes.median()))
    return this.model.scale === COUNTS ? Math.max(floor, 1 / Math.sqrt(knowable(expected))) : floor
  }

  /** Returns how far a value is from the expected one, in standard deviations; small counts by their own distribution. */
  deviate(value: number, expected: number, sigma: number): number {
    if (!this.model.isSmallCount(expected)) return this.model.scale.residual(value, expected) / sigma
    return countDeviate(value, knowable(expected), extraOf(expected, sigma))
  }

  /**
   * Returns how far the sum of several small counts is below its expected value. A single count cannot be far below its mean, as
   * it cannot go below zero, so a low sum means that all are low. Null if the sum is not low or not all counts are small.
   */
  deviateTogether(values: readonly number[], expected: readonly number[], sigma: number): number | null {
    if (expected.some((mean) => !this.model.isSmallCount(mean))) return null
    const means = expected.map(knowable)
    const [count, mean] = [sumOf(values), sumOf(means)]
    if (count >= mean) return null
    const own = means.reduce((sum, one) => sum + Math.max(0, sigma ** 2 - 1 / one) * one ** 2, 0) / mean ** 2
    const ofLevel = LEVEL_VARIANCE * means.length * (own + 1 / mean)
    return countDeviate(count, mean, Math.min(MOST_EXTRA, own + ofLevel))
  }

  #at(expected: number, deviates: number, sigma: number): number {
    if (!this.model.isSmallCount(expected)) return this.model.scale.value(expected, deviates * sigma)
    return countAt(deviates, knowable(expected), extraOf(expected, sigma))
  }

  /**
   * Returns the score: the geometric mean of `byLevel` and the distance from the median of the last turn, measured by the spread
   * of such distances. That distance includes the pattern only as far as it can be trusted.
   */
  #withRolling(
    value: number,
    cell: number,
    byLevel: number,
    sigma: number,
    floor: number,
  ): { readonly score: number; readonly distance: number | null } {
    const { model } = this
    if (this.#rolling.size < this.#rolling.capacity) return { score: byLevel, distance: null }
    const around = model.scale.value(this.#rolling.median(), model.trustedSeason(cell, sigma))
    const signed = model.scale.residual(value, around)
    const distance = Math.abs(signed)
    if (this.#rollingResiduals.size < LEAST_HISTORY) return { score: byLevel, distance }
    const spread = Math.max(floor, known(tailScale(this.#rollingResiduals)))
    const byRolling = model.isSmallCount(around) ? this.deviate(value, around, Math.max(sigma, spread / CUT)) : signed / spread
    const isAgreed = Math.sign(byRolling) === Math.sign(byLevel)
    return { score: isAgreed ? Math.sign(byLevel) * Math.sqrt(byLevel * byRolling) : 0, distance }
  }
}

/** With more extra variance a count says nothing, and adding up its probabilities takes long. */
const MOST_EXTRA = 4

/**
 * Returns the variance beyond that of a Poisson count, as a share of the squared mean: what the residuals show beyond chance,
 * plus the uncertainty of the mean itself. With two purchases in twenty days the mean may be half of that, or twice.
 */
function extraOf(expected: number, sigma: number): number {
  const mean = knowable(expected)
  return Math.min(MOST_EXTRA, Math.max(0, sigma ** 2 - 1 / mean) + LEVEL_VARIANCE / mean)
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const clamped = (score: number): number => Math.max(-MOST_SCORE, Math.min(MOST_SCORE, score))
const known = (value: number): number => (Number.isFinite(value) ? value : 0)
