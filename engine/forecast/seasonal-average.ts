/** Averages the same position of the last seasons: hard to beat without a trend; a median also ignores single odd days. */

import { emptyPaths, type Paths, type Task } from './member.js'

/** Forecasts each step as the median or mean of the last `seasons` known values at its position. */
export function seasonalAverage(task: Task, seasons: number, kind: 'median' | 'mean'): Paths {
  const { values, period, origins } = task
  const paths = emptyPaths(task)
  for (const [index, path] of paths.entries()) {
    const origin = origins[index]!
    const season: number[] = []
    for (let position = 0; position < Math.min(period, path.length); position++) {
      const known: number[] = []
      for (let t = origin + position - period; t >= 0 && known.length < seasons; t -= period)
        if (!Number.isNaN(values[t]!)) known.push(values[t]!)
      season.push(kind === 'mean' ? known.reduce((sum, value) => sum + value, 0) / known.length : middle(known))
    }
    for (let h = 0; h < path.length; h++) path[h] = season[h % period]!
  }
  return { paths, spread: null }
}

/** Returns the median; NaN if there are no values. */
function middle(values: number[]): number {
  const sorted = values.sort((one, other) => one - other)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
