/**
 * Finds new levels and slow changes, which no single point shows, by comparing runs of points with the level before the run. The
 * furthest point counts no more than the second furthest, so that one wild point does not make a run.
 */

import type { AnomalyKind } from './judgement.js'
import type { LevelModel } from './level-model.js'
import type { PointChannel } from './point-channel.js'
import { medianScale } from './robust-scale.js'
import { CUT, DRIFT_LENGTH, LEVEL_VARIANCE, MEMORY, SHIFT_LENGTHS } from './settings.js'
import { SortedWindow } from './sorted-window.js'

export interface Run {
  readonly kind: Extract<AnomalyKind, 'shift' | 'drift'>
  readonly length: number
  /** Signed, in standard deviations of a run of this kind. */
  readonly score: number
}

/**
 * Runs may spread this many times as much as runs of independent points before their scores are reduced: that much comes from the
 * level not being known exactly.
 */
const FORGIVEN = 1.5
/** Runs of at least this many small counts are judged by their sum. */
const FEWEST_TOGETHER = 3
/** The spread of runs of a length is used only after this many of them. */
const LEAST_RUNS = 28

interface Channel {
  readonly kind: Run['kind']
  readonly length: number
  /** The weight of each point, the oldest first. */
  readonly weights: readonly number[]
  readonly absolute: SortedWindow
}

export class RunChannels {
  readonly #channels: readonly Channel[] = [
    ...SHIFT_LENGTHS.map((length) => channel('shift', length, () => 1)),
    channel('drift', DRIFT_LENGTH, (index) => index + 1),
  ]

  /**
   * Returns the runs that end with the point recorded last.
   *
   * @param sigma a point's standard deviation
   * @param calm whether no event is open, so that these runs show what is usual
   */
  judge(model: LevelModel, points: PointChannel, sigma: number, calm: boolean): Run[] {
    return this.#channels.flatMap(({ kind, length, weights, absolute }) => {
      const run = model.run(length)
      if (run === null) return []
      const { level } = run[0]!
      const values = run.map(({ value }) => value)
      const expected = run.map(({ cell }) => model.expected(cell, level))
      const together = length < FEWEST_TOGETHER ? null : points.deviateTogether(values, expected, sigma)
      const score =
        together ??
        scoreOf(
          values.map((value, index) => points.deviate(value, expected[index]!, sigma)),
          weights,
        )
      // In a series that wanders, runs deviate more than chance would explain; scores are divided by that spread.
      const spread = absolute.size < LEAST_RUNS ? 1 : Math.max(1, medianScale(absolute) / FORGIVEN)
      if (calm) absolute.push(Math.abs(score))
      return [{ kind, length, score: score / spread }]
    })
  }
}

function scoreOf(deviates: readonly number[], weights: readonly number[]): number {
  const most = mostOf(deviates)
  let [sum, whole, squares] = [0, 0, 0]
  for (const [index, deviate] of deviates.entries()) {
    const weight = weights[index]!
    sum += weight * Math.max(-most, Math.min(most, deviate))
    whole += weight
    squares += weight ** 2
  }
  return sum / whole / Math.sqrt(squares / whole ** 2 + LEVEL_VARIANCE)
}

const channel = (kind: Run['kind'], length: number, weight: (index: number) => number): Channel => ({
  kind,
  length,
  weights: Array.from({ length }, (_, index) => weight(index)),
  absolute: new SortedWindow(MEMORY),
})

/** Returns the limit for the deviates of a run: the second largest, but at least `CUT`. */
function mostOf(deviates: readonly number[]): number {
  let [furthest, second] = [0, 0]
  for (const deviate of deviates) {
    const distance = Math.abs(deviate)
    second = Math.max(second, Math.min(furthest, distance))
    furthest = Math.max(furthest, distance)
  }
  return Math.max(CUT, second)
}
