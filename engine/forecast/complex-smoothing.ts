/**
 * Complex exponential smoothing (CES; Svetunkov, Kourentzes and Ord 2022, "Complex exponential smoothing", Naval Research
 * Logistics 69): the level and the "information potential" as one complex state, plus the same for each position of the season.
 * It models stationary and non-stationary series alike, so that no trend component has to be chosen.
 */

import { emptyPaths, type Paths, type Task } from './member.js'
import { minimise } from './nelder-mead.js'
import { smoothingStart, type SmoothingStart } from './smoothing-start.js'

const EVALUATIONS = 200

/** `a` and `b` are the two complex smoothing parameters, of the level and of the season. */
interface Parameters {
  readonly a0: number
  readonly a1: number
  readonly b0: number
  readonly b1: number
}

const parametersOf = ([a0, a1, b0, b1]: readonly number[]): Parameters => ({ a0: a0!, a1: a1!, b0: b0 ?? 1, b1: b1 ?? 1 })

/** `values` must have no gaps; `cleaned`, which `smoothing` returns, has none. */
export function complexSmoothing(task: Task): Paths {
  const { values, period: season } = task
  const start = smoothingStart(values, season, 2)
  const size = season > 1 ? 4 : 2
  const best = parametersOf(
    minimise(
      (point) => run(values, season, start, parametersOf(point)).loss,
      {
        start: [1.3, 1, 1.3, 1].slice(0, size),
        low: [0.01, 0.01, 0.01, 0.01].slice(0, size),
        high: [1.8, 1.9, 1.99, 1.9].slice(0, size),
        reach: [0.2, 0.1, 0.2, 0.1].slice(0, size),
      },
      EVALUATIONS,
    ),
  )
  const paths = emptyPaths(task)
  const { sigma } = run(values, season, start, best, { origins: task.origins, paths })
  return { paths, spread: spreadOf(best, season, sigma, task.horizon) }
}

interface Kept {
  readonly origins: readonly number[]
  readonly paths: readonly Float64Array[]
}

function run(
  values: Float64Array,
  season: number,
  start: SmoothingStart,
  parameters: Parameters,
  kept?: Kept,
): { loss: number; sigma: number } {
  const { a0, a1, b0, b1 } = parameters
  const real = Float64Array.from(start.season)
  // The potential starts at the level divided by 1.1, as it has since the first implementation of CES.
  const imaginary = Float64Array.from(start.season, (value) => value / 1.1)
  let [level, potential, sum, count, nextOrigin] = [start.level, start.level / 1.1, 0, 0, 0]
  const skipped = Math.min(season, values.length >> 2)
  for (let t = 0; t <= values.length; t++) {
    if (kept !== undefined && kept.origins[nextOrigin] === t)
      extrapolate(kept.paths[nextOrigin++]!, t, { level, potential, real, imaginary }, parameters)
    if (t === values.length) break
    const position = t % season
    const error = values[t]! - level - (season > 1 ? real[position]! : 0)
    const before = level
    level = before - (1 - a1) * potential + (a0 - a1) * error
    potential = before + (1 - a0) * potential + (a0 + a1) * error
    if (season > 1) {
      const past = real[position]!
      real[position] = past - (1 - b1) * imaginary[position]! + (b0 - b1) * error
      imaginary[position] = past + (1 - b0) * imaginary[position]! + (b0 + b1) * error
    }
    if (t < skipped) continue
    sum += error * error
    count++
  }
  return { loss: sum, sigma: Math.sqrt(sum / Math.max(1, count - 4)) }
}

interface State {
  readonly level: number
  readonly potential: number
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

/** Fills `path` with the means that follow from a state if no further errors occur. */
function extrapolate(path: Float64Array, t: number, state: State, { a0, a1, b0, b1 }: Parameters): void {
  const season = state.real.length
  const [real, imaginary] = [Float64Array.from(state.real), Float64Array.from(state.imaginary)]
  let { level, potential } = state
  for (let h = 0; h < path.length; h++) {
    const position = (t + h) % season
    path[h] = level + (season > 1 ? real[position]! : 0)
    const before = level
    level = before - (1 - a1) * potential
    potential = before + (1 - a0) * potential
    if (season === 1) continue
    const past = real[position]!
    real[position] = past - (1 - b1) * imaginary[position]!
    imaginary[position] = past + (1 - b0) * imaginary[position]!
  }
}

/** The variance of a step ahead is the sum of squared responses to a shock, as for any linear model in innovations form. */
function spreadOf({ a0, a1, b0, b1 }: Parameters, season: number, sigma: number, horizon: number): Float64Array {
  const spread = new Float64Array(horizon)
  let variance = 1
  let [level, potential, real, imaginary] = [a0 - a1, a0 + a1, b0 - b1, b0 + b1]
  for (let h = 0; h < horizon; h++) {
    spread[h] = sigma * Math.sqrt(variance)
    const returns = season > 1 && (h + 1) % season === 0
    const response = level + (returns ? real : 0)
    variance += response * response
    const before = level
    level = before - (1 - a1) * potential
    potential = before + (1 - a0) * potential
    if (!returns) continue
    const past = real
    real = past - (1 - b1) * imaginary
    imaginary = past + (1 - b0) * imaginary
  }
  return spread
}
