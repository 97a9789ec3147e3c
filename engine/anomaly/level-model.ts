/** Predicts the next point from a level and the effect of its hour or weekday (its "cell"). */

import { knowable, SMALL_COUNT } from './count-deviate.js'
import { COUNTS, RELATIVE, type ResidualScale } from './residual-scale.js'
import { SeasonProfile } from './season-profile.js'
import { CUT, LEVEL_SHARE, SEVEN, TURNS } from './settings.js'

/** A recent point, with the level as it was before it. */
export interface LearnedPoint {
  readonly value: number
  readonly cell: number
  level: number
}

/** The pull of this many first points on the level is not cut. */
const FIRST_POINTS = 7

export class LevelModel {
  readonly #season: SeasonProfile
  /** The latest points, the oldest first: enough for the longest run and one turn of the pattern. */
  readonly #recent: LearnedPoint[] = []
  /** The latest value of each cell: one whole turn of the pattern, with values of earlier turns in place of missing points. */
  readonly #turn = new Map<number, number>()
  #level: number | null = null
  #learned = 0
  #isWhole = true

  /** @param cells 7 for days of the week, 24 for hours; 1 for no pattern */
  constructor(
    readonly given: ResidualScale,
    readonly cells: number,
  ) {
    this.#season = new SeasonProfile(cells, TURNS)
  }

  /** A series of whole numbers is treated as counts, and small counts are described by their mean and not by their median. */
  get scale(): ResidualScale {
    return this.given === RELATIVE && this.#isWhole ? COUNTS : this.given
  }

  isSmallCount(expected: number): boolean {
    return this.scale === COUNTS && expected < SMALL_COUNT
  }

  get level(): number {
    return this.#level ?? 0
  }

  get learned(): number {
    return this.#learned
  }

  /** The expected value of a cell, at the current level or at another one. */
  expected(cell: number, level = this.level): number {
    return this.scale.value(level, this.#season.at(cell))
  }

  /** The level that a value implies, with the effect of its cell removed. */
  levelOf(value: number, cell: number): number {
    return this.scale.moved(value, -this.#season.at(cell))
  }

  /**
   * The effect of a cell, multiplied by the fourth power of the share of variance that the pattern explains: nearly the full
   * effect if the pattern explains almost all of the spread, and quickly towards zero if it does not.
   */
  trustedSeason(cell: number, sigma: number): number {
    const variance = this.#season.variance
    return variance === 0 ? 0 : this.#season.at(cell) * (variance / (variance + sigma ** 2)) ** 4
  }

  /** Takes note of a value before it is judged; the first value becomes the level. */
  begin(value: number): void {
    this.#isWhole &&= Number.isInteger(value) && value >= 0
    this.#level ??= value
  }

  /** The last `count` points, the oldest first; null if there are fewer. */
  run(count: number): readonly LearnedPoint[] | null {
    return this.#recent.length < count ? null : this.#recent.slice(-count)
  }

  /** Records a point with the level before it, so that runs include it. */
  note(value: number, cell: number): void {
    this.#recent.push({ value, cell, level: this.level })
    if (this.#recent.length > Math.max(SEVEN, this.cells) + 1) this.#recent.shift()
    this.#turn.set(cell, value)
  }

  /** Learns from the point recorded last. `sigma` is a point's standard deviation; deviations beyond `CUT` times it are cut. */
  learn(sigma: number): void {
    const { value, cell } = this.#recent.at(-1)!
    const most = this.#learned < FIRST_POINTS ? Infinity : CUT * sigma
    const expected = this.expected(cell)
    this.#learnSeason(value, cell)
    if (this.isSmallCount(expected)) this.#learnCount(value, expected, most)
    else this.#level = this.scale.moved(this.level, LEVEL_SHARE * cut(this.scale.residual(value, expected), most))
    // No ratio to a level of zero exists, so the level restarts with the first value above zero.
    if (this.#level === 0 && value > 0) this.#level = value
    this.#learned++
  }

  /** Tracks the mean, since the median of small counts says little: with a purchase every three days it is zero. */
  #learnCount(value: number, expected: number, most: number): void {
    const share = Math.max(LEVEL_SHARE, 1 / (this.#learned + 1))
    const distance = cut(value - expected, Math.max(1, most * knowable(expected)))
    const cell = (this.level + 1) / (expected + 1)
    this.#level = Math.max(0, this.level + share * cell * distance)
  }

  /** Sets the level to the median of the last `count` points, or to their mean for small counts. */
  settleOn(count: number): void {
    const points = this.#recent.slice(-count)
    const levels = points.map(({ value, cell }) => this.levelOf(value, cell))
    const median = medianOf(levels)
    this.#level = this.isSmallCount(median) ? levels.reduce((sum, level) => sum + level / levels.length, 0) : median
    for (const point of points) point.level = this.#level
  }

  #learnSeason(value: number, cell: number): void {
    // The point is compared with one value of each cell. After a gap, the last seven points would contain one weekday twice and
    // another not at all.
    if (this.cells < 2 || this.#recent.length < this.cells) return
    const around = medianOf([...this.#turn.values()])
    // No cut is needed here: cells use medians.
    this.#season.learn(cell, this.scale.residual(value, around), this.scale.leastVariance(this.level))
  }
}

const cut = (value: number, most: number): number => Math.max(-most, Math.min(most, value))

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2
}
