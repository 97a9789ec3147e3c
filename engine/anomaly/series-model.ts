/** The model of one series on one scale: learns from its points and judges the next one. */

import { EventLife, type Finding } from './event-life.js'
import { type Judgement, NOT_JUDGED } from './judgement.js'
import { LevelModel } from './level-model.js'
import { PointChannel, type PointDeviation } from './point-channel.js'
import type { ResidualScale } from './residual-scale.js'
import { RunChannels } from './run-channels.js'
import { LEAST_HISTORY, MOST_SCORE, NEAR_NOTHING, POINT_THRESHOLD, RUN_THRESHOLD, SEVEN } from './settings.js'

/** Which kinds of findings are reported: single points, runs of points, or both. */
export interface Channels {
  readonly points: boolean
  readonly runs: boolean
}

export class SeriesModel {
  readonly #level: LevelModel
  readonly #points: PointChannel
  readonly #runs: RunChannels | null
  readonly #life: EventLife
  readonly #leastHistory: number
  readonly #threshold: number

  constructor(
    scale: ResidualScale,
    cells: number,
    private readonly channels: Channels,
  ) {
    this.#level = new LevelModel(scale, cells)
    this.#points = new PointChannel(this.#level)
    this.#runs = channels.runs ? new RunChannels() : null
    this.#life = new EventLife(Math.max(SEVEN, cells))
    // Keeps the number of false alarms a day the same, however many points a day has: normal tails fall as exp(-z²/2).
    this.#threshold = Math.sqrt(POINT_THRESHOLD ** 2 + (cells > SEVEN ? 2 * Math.log(cells) : 0))
    this.#leastHistory = Math.max(LEAST_HISTORY, 2 * cells)
  }

  /** Judges a finite value, then learns from it. `others` are findings made elsewhere for the same point. */
  judge(value: number, cell: number, others: readonly Finding[] = []): Judgement {
    const level = this.#level
    level.begin(value)
    const isKnown = level.learned >= this.#leastHistory
    const expected = level.expected(cell)
    const point = this.#points.judge(value, cell)
    level.note(value, cell)
    const runs = this.#runs?.judge(level, this.#points, point.sigma, this.#life.isCalm) ?? []
    if (!isKnown) {
      this.#points.learn(false)
      level.learn(point.sigma)
      return NOT_JUDGED
    }
    const found = [
      ...(this.channels.points ? pointFindings(value, expected, point, this.#threshold) : []),
      ...runs
        .filter(({ score }) => Math.abs(score) >= RUN_THRESHOLD)
        .map(({ kind, score, length }) => ({ kind, score, excess: Math.abs(score) / RUN_THRESHOLD, length })),
      ...others,
    ]
    const { event, begins, settlesOn } = this.#life.step(found, point.deviate)
    this.#points.learn(event === 'lasts')
    level.learn(point.sigma)
    if (settlesOn !== null) level.settleOn(settlesOn)
    return {
      expected,
      lo: point.lo,
      hi: point.hi,
      score: Math.max(-MOST_SCORE, Math.min(MOST_SCORE, begins?.score ?? point.score)),
      kind: begins?.kind ?? null,
      event,
    }
  }
}

function pointFindings(value: number, expected: number, point: PointDeviation, threshold: number): Finding[] {
  // Drops to zero are reported however heavy the tails of the series are: delivery can stop in wild series too.
  const score = point.isNothing ? Math.min(point.score, -threshold) : point.score
  if (Math.abs(score) < threshold) return []
  const kind = point.isNothing || (score < 0 && value >= 0 && value < NEAR_NOTHING * expected) ? 'zero' : 'spike'
  return [{ kind, score, excess: Math.abs(score) / threshold, length: 1 }]
}
