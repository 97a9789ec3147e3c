/** Seasonal ARIMA. The caller supplies the fitting function; its input is checked beforehand and its results afterwards. */

import { emptyPaths, type Paths, type Task } from './member.js'

/** (p,d,q)(P,D,Q)s */
export interface ArimaOrder {
  readonly p: number
  readonly d: number
  readonly q: number
  readonly P: number
  readonly D: number
  readonly Q: number
  readonly s: number
}

export interface ArimaRequest {
  readonly values: Float64Array
  readonly order: ArimaOrder
  /**
   * Ascending. Parameters are fitted to the values before the first origin. Each later origin forecasts from a window of the
   * same length that ends before it.
   */
  readonly origins: readonly number[]
  readonly steps: number
}

/** Returns the means for each origin and the variances of the last one; null if the model could not be fitted. */
export type FitArima = (request: ArimaRequest) => {
  readonly paths: readonly Float64Array[]
  readonly variances: Float64Array
} | null

/** At most this many values are used: fitting time grows with the square of the length, and older values add little. */
const LONGEST = 400
/** With fewer values the estimates are noise; the fitting function itself refuses fewer than 22. */
const SHORTEST = 30

/**
 * Returns null if the series is too short, the fit fails, or a result is not finite, is denormal or lies far outside the
 * range of the history (results read from uninitialised memory look like this). `values` must have no gaps.
 */
export function arima(task: Task, order: ArimaOrder, fit: FitArima): Paths | null {
  if (order.p + order.q + order.P + order.Q === 0) return null
  const dropped = Math.max(0, task.values.length - LONGEST)
  const values = task.values.subarray(dropped)
  const origins = task.origins.map((origin) => origin - dropped).filter((origin) => origin >= SHORTEST)
  if (origins.length === 0 || origins.length < task.origins.length || values.some((value) => !Number.isFinite(value))) return null
  const bounds = boundsOf(values)
  if (bounds === null) return null
  const rolled = fit({ values, order, origins, steps: task.reach })
  const last = fit({ values, order, origins: [values.length], steps: task.horizon })
  if (rolled === null || last === null || last.paths.length !== 1 || rolled.paths.length !== origins.length) return null
  const paths = emptyPaths(task)
  for (const [index, path] of paths.entries()) {
    const given = index === paths.length - 1 ? last.paths[0]! : rolled.paths[index]!
    if (given.length < path.length || given.some((mean) => !isBelievable(mean, bounds))) return null
    path.set(given.subarray(0, path.length))
  }
  const spread = last.variances.map((variance) => Math.sqrt(variance))
  return {
    paths,
    spread: spread.length === task.horizon && spread.every((sd) => sd > 0 && sd < bounds.width * 100) ? spread : null,
  }
}

interface Bounds {
  readonly low: number
  readonly high: number
  readonly width: number
}

function boundsOf(values: Float64Array): Bounds | null {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const width = high - low
  return width > 0 ? { low: low - 3 * width, high: high + 3 * width, width } : null
}

const SMALLEST_NORMAL = 2.2250738585072014e-308

const isBelievable = (mean: number, { low, high }: Bounds): boolean =>
  Number.isFinite(mean) && mean >= low && mean <= high && (mean === 0 || Math.abs(mean) >= SMALLEST_NORMAL)
