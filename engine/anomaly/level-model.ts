/** What is to be expected of the next point: a level, and what its hour or weekday is worth. */

import { knowable, SMALL_COUNT } from './count-deviate.js'
import { COUNTS, RELATIVE, type ResidualScale } from './residual-scale.js'
import { SeasonProfile } from './season-profile.js'
import { CUT, LEVEL_SHARE, SEVEN, TURNS } from './settings.js'

/** A point that was learned from, with the level as it was before it. */
export interface LearnedPoint {
  readonly value: number
  readonly cell: number
  level: number
}

/** Until so many points are known, each pulls as hard as it likes. */
const FIRST_POINTS = 7

export class LevelModel {
  readonly #season: SeasonProfile
  /** The latest points, the oldest first: as many as the longest run. */
  readonly #recent: LearnedPoint[] = []
  /** The latest value of each cell: a whole turn of the pattern, with the turn before where a point is missing. */
  readonly #turn = new Map<number, number>()
  #level: number | null = null
  #learned = 0
  #isWhole = true

  /** @param cells 7 for days of the week, 24 for hours; 1 where no pattern is to be expected */
  constructor(
    readonly given: ResidualScale,
    readonly cells: number,
  ) {
    this.#season = new SeasonProfile(cells, TURNS)
  }

  /** Whole numbers are counts, of which a few are known by their mean and not by their middle one. */
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

  /** What a cell's value should be, at today's level or at another. */
  expected(cell: number, level = this.level): number {
    return this.scale.value(level, this.#season.at(cell))
  }

  /** A value without what its cell is worth: the level that it speaks of. */
  levelOf(value: number, cell: number): number {
    return this.scale.moved(value, -this.#season.at(cell))
  }

  /**
   * What a cell is worth, where the pattern explains nearly all of the spread; less, and soon nothing, where it does not: times
   * the fourth power of the share of variance that it explains.
   */
  trustedSeason(cell: number, sigma: number): number {
    const variance = this.#season.variance
    return variance === 0 ? 0 : this.#season.at(cell) * (variance / (variance + sigma ** 2)) ** 4
  }

  /** Begins with a first value, before it is judged. */
  begin(value: number): void {
    this.#isWhole &&= Number.isInteger(value) && value >= 0
    this.#level ??= value
  }

  /** The last `count` points, the oldest first; null where there are not so many. */
  run(count: number): readonly LearnedPoint[] | null {
    return this.#recent.length < count ? null : this.#recent.slice(-count)
  }

  /** Notes a point with the level before it, so that runs hold it. */
  note(value: number, cell: number): void {
    this.#recent.push({ value, cell, level: this.level })
    if (this.#recent.length > Math.max(SEVEN, this.cells) + 1) this.#recent.shift()
    this.#turn.set(cell, value)
  }

  /** Learns from the point noted last. `sigma` is the standard deviation that pulls are cut by. */
  learn(sigma: number): void {
    const { value, cell } = this.#recent.at(-1)!
    const most = this.#learned < FIRST_POINTS ? Infinity : CUT * sigma
    const expected = this.expected(cell)
    this.#learnSeason(value, cell)
    if (this.isSmallCount(expected)) this.#learnCount(value, expected, most)
    else this.#level = this.scale.moved(this.level, LEVEL_SHARE * cut(this.scale.residual(value, expected), most))
    // A level of zero has no ratio to anything: it restarts with the first value above it.
    if (this.#level === 0 && value > 0) this.#level = value
    this.#learned++
  }

  /** The mean, as small counts have a middle one that says little: none, of a purchase every three days. */
  #learnCount(value: number, expected: number, most: number): void {
    const share = Math.max(LEVEL_SHARE, 1 / (this.#learned + 1))
    const distance = cut(value - expected, Math.max(1, most * knowable(expected)))
    const cell = (this.level + 1) / (expected + 1)
    this.#level = Math.max(0, this.level + share * cell * distance)
  }

  /** Takes the last `count` points for the new level, as their median says; of small counts their mean. */
  settleOn(count: number): void {
    const points = this.#recent.slice(-count)
    const levels = points.map(({ value, cell }) => this.levelOf(value, cell))
    const median = medianOf(levels)
    this.#level = this.isSmallCount(median) ? levels.reduce((sum, level) => sum + level / levels.length, 0) : median
    for (const point of points) point.level = this.#level
  }

  #learnSeason(value: number, cell: number): void {
    // Around a point lies each cell once. The last seven points after a gap would hold one weekday twice and another not at all.
    if (this.cells < 2 || this.#recent.length < this.cells) return
    const around = medianOf([...this.#turn.values()])
    // Medians of cells need no cut.
    this.#season.learn(cell, this.scale.residual(value, around), this.scale.leastVariance(this.level))
  }
}

const cut = (value: number, most: number): number => Math.max(-most, Math.min(most, value))

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2
}
