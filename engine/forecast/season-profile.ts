/**
 * Long seasons (a year of weeks, a week of hours) have more positions than a smoothing model can learn from a few repetitions.
 * Here the season is a fixed profile, the smoothed mean deviation from a centred moving average (classical decomposition;
 * Hyndman and Athanasopoulos, "Forecasting: principles and practice", 3.4), and the remainder is smoothed without a season.
 */

import { smoothing } from './exponential-smoothing.js'
import type { Paths, Task } from './member.js'

/** The least number of repetitions from which a profile is computed. */
const FEWEST_SEASONS = 2.5

/**
 * Returns the model's paths; null if too few seasons lie before the first origin. `period` of the task is the long season. The
 * last origin uses a profile of all values, the others one of the values before the first origin.
 */
export function profiled(task: Task, clip: number): Paths | null {
  const { origins, period } = task
  const [first, last] = [origins[0]!, origins.at(-1)!]
  if (first < period * FEWEST_SEASONS) return null
  const early = withProfile(task, seasonProfile(task.values.subarray(0, first), period), clip)
  const late = withProfile({ ...task, origins: [last] }, seasonProfile(task.values, period), clip)
  return { paths: [...early.paths.slice(0, -1), late.paths[0]!], spread: late.spread }
}

function withProfile(task: Task, profile: Float64Array, clip: number): Paths {
  const { period } = task
  const values = task.values.map((value, t) => value - profile[t % period]!)
  const { paths, spread } = smoothing({ ...task, values, period: 1 }, clip)
  return {
    paths: paths.map((path, index) => path.map((mean, h) => mean + profile[(task.origins[index]! + h) % period]!)),
    spread,
  }
}

function seasonProfile(values: Float64Array, period: number): Float64Array {
  const [sums, counts] = [new Float64Array(period), new Float64Array(period)]
  const half = period >> 1
  for (let t = half; t + half < values.length; t++) {
    let [sum, weight] = [0, 0]
    for (let near = -half; near <= half; near++) {
      const value = values[t + near]!
      if (Number.isNaN(value)) continue
      // If the period is even, both ends are the same position and count half each.
      const share = period % 2 === 0 && Math.abs(near) === half ? 0.5 : 1
      sum += share * value
      weight += share
    }
    const deviation = values[t]! - sum / weight
    if (weight < half || Number.isNaN(deviation)) continue
    sums[t % period]! += deviation
    counts[t % period]!++
  }
  const raw = sums.map((sum, s) => (counts[s] === 0 ? 0 : sum / counts[s]!))
  const profile = raw.map((value, s) => (raw[(s + period - 1) % period]! + 2 * value + raw[(s + 1) % period]!) / 4)
  const mean = profile.reduce((sum, value) => sum + value, 0) / period
  return profile.map((value) => value - mean)
}
