/** Single points: how far one stands out, in a series that has its own idea of what is far. */

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
  /** A point's standard deviation, for pulls and runs: that of the middle of the residuals. */
  readonly sigma: number
  /** The band that holds 95 % of usual points, by the standard deviation of the tails. */
  readonly lo: number
  readonly hi: number
  /** Signed distance from what was expected, in standard deviations of the middle. */
  readonly deviate: number
  /** Signed, in robust standard deviations. */
  readonly score: number
  /** Whether the value is as good as nothing, where that is far from usual. */
  readonly isNothing: boolean
}

/** Normal quantile of a band that holds 95 %. */
const BAND = 1.96

/** What the series is to learn of the point judged last. */
interface Lesson {
  /** The level; null if others cannot be compared with it. */
  readonly level: number | null
  readonly size: number
  /** Distances, all of them absolute; null where they are not known yet. */
  readonly residual: number | null
  readonly deviate: number | null
  readonly fromRolling: number | null
}

/** How quickly the share of points that are as good as nothing follows: about eight weeks of days. */
const SHARE_OF_NOTHING = 1 / 56

export class PointChannel {
  readonly #residuals = new SortedWindow(MEMORY)
  readonly #deviates = new SortedWindow(MEMORY)
  readonly #rolling: SortedWindow
  readonly #rollingResiduals = new SortedWindow(MEMORY)
  readonly #sizes = new SortedWindow(MEMORY)
  #lesson: Lesson | null = null
  /** Share of late of points that were as good as nothing. */
  #nothing = 0

  constructor(readonly model: LevelModel) {
    this.#rolling = new SortedWindow(Math.max(SEVEN, model.cells))
  }

  /** Judges a value by what came before. */
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
      // Days without anything say nothing of the days around them: after an outage these would all look far out.
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
   * Learns from the point judged last. Amid an event only its level counts, so that one event counts once in what is held for
   * usual: else a new level would hide all that comes after it.
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

  /** Counts spread at least as much as chance makes them: one over the root of what is expected, as a share of it. */
  #floor(expected: number): number {
    const floor = this.model.scale.floor(expected, known(this.#sizes.median()))
    return this.model.scale === COUNTS ? Math.max(floor, 1 / Math.sqrt(knowable(expected))) : floor
  }

  /** How far a value is from an expectation, in standard deviations; small counts by their own distribution. */
  deviate(value: number, expected: number, sigma: number): number {
    if (!this.model.isSmallCount(expected)) return this.model.scale.residual(value, expected) / sigma
    return countDeviate(value, knowable(expected), extraOf(expected, sigma))
  }

  /**
   * How far several small counts together are below what was expected of them: a low one is no further than none from its mean, so
   * that all have to be low. Null where they are not, or not all small.
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
   * The geometric mean with how far the value is from the median of the last turn, in the spread of such distances, and
   * with the pattern only as far as it can be trusted: what a doubtful factor of an hour makes is worth little.
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

/** Beyond, a count says nothing any more, and to add up its probabilities takes long. */
const MOST_EXTRA = 4

/**
 * What residuals spread beyond chance is the series' own; those of small counts are too rough to say more. A small mean is not
 * well known itself: of two purchases in twenty days it may be half of that, or twice.
 */
function extraOf(expected: number, sigma: number): number {
  const mean = knowable(expected)
  return Math.min(MOST_EXTRA, Math.max(0, sigma ** 2 - 1 / mean) + LEVEL_VARIANCE / mean)
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const clamped = (score: number): number => Math.max(-MOST_SCORE, Math.min(MOST_SCORE, score))
const known = (value: number): number => (Number.isFinite(value) ? value : 0)
