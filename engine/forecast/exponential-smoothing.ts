/**
 * Exponential smoothing with additive error, damped trend and additive season (ETS(A,Ad,A); Hyndman et al., "Forecasting with
 * Exponential Smoothing", 2008, table 2.1), in innovations form. An error of more than `clip` usual errors is cut to that size
 * before it updates the states (after Gelper, Fried and Croux 2010, "Robust forecasting with exponential and Holt-Winters
 * smoothing"), because a single day without delivery says little about the next. A missing value changes no state.
 */

import { emptyPaths, type Paths, type Task } from './member.js'
import { minimise } from './nelder-mead.js'
import { smoothingStart, type SmoothingStart, usualSurprise } from './smoothing-start.js'

export interface Smoothed extends Paths {
  /** The series with errors cut to the clip and gaps filled with the expected value, for models that can handle neither. */
  readonly cleaned: Float64Array
}

interface Parameters {
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly phi: number
}

interface Pass {
  readonly values: Float64Array
  readonly season: number
  readonly start: SmoothingStart
  /** The largest error that counts in full. */
  readonly limit: number
}

const EVALUATIONS = 160

/** @param clip in multiples of the usual error (`usualSurprise`); `Infinity` cuts nothing */
export function smoothing(task: Task, clip: number): Smoothed {
  const { values, period } = task
  const season = period
  const start = smoothingStart(values, season, 4)
  const pass: Pass = { values, season, start, limit: clip * usualSurprise(values, season) || Infinity }
  const isSeasonal = season > 1
  const parametersOf = ([alpha, share, phi, seasonShare]: readonly number[]): Parameters => ({
    alpha: alpha!,
    beta: share! * alpha!,
    phi: phi!,
    gamma: isSeasonal ? seasonShare! * (1 - alpha!) : 0,
  })
  const best = minimise(
    (point) => run(pass, parametersOf(point)).loss,
    {
      start: [0.2, 0.05, 0.95, ...(isSeasonal ? [0.1] : [])],
      low: [0.001, 0.0001, 0.8, ...(isSeasonal ? [0.001] : [])],
      high: [0.99, 0.9, 0.99, ...(isSeasonal ? [0.9] : [])],
      reach: [0.2, 0.1, -0.08, ...(isSeasonal ? [0.1] : [])],
    },
    EVALUATIONS,
  )
  const parameters = parametersOf(best)
  const paths = emptyPaths(task)
  const cleaned = new Float64Array(values.length)
  const { sigma } = run(pass, parameters, { origins: task.origins, paths, cleaned })
  return { paths, spread: spreadOf(parameters, season, sigma, task.horizon), cleaned }
}

interface Kept {
  readonly origins: readonly number[]
  readonly paths: readonly Float64Array[]
  readonly cleaned: Float64Array
}

/** Runs the model over the series once, and fills `kept` if it is given. */
function run(pass: Pass, { alpha, beta, gamma, phi }: Parameters, kept?: Kept): { loss: number; sigma: number } {
  const { values, season, start, limit } = pass
  const seasonal = Float64Array.from(start.season)
  let [level, slope, sum, squares, count, nextOrigin] = [start.level, 0, 0, 0, 0, 0]
  const skipped = Math.min(season, values.length >> 2)
  for (let t = 0; t <= values.length; t++) {
    if (kept !== undefined && kept.origins[nextOrigin] === t) {
      const path = kept.paths[nextOrigin++]!
      let [at, step] = [level, slope]
      for (let h = 0; h < path.length; h++) {
        step *= phi
        at += step
        path[h] = at + seasonal[(t + h) % season]!
      }
    }
    if (t === values.length) break
    const position = t % season
    const damped = phi * slope
    const expected = level + damped + seasonal[position]!
    const value = values[t]!
    level += damped
    slope = damped
    if (Number.isNaN(value)) {
      if (kept !== undefined) kept.cleaned[t] = expected
      continue
    }
    const surprise = value - expected
    const error = surprise > limit ? limit : surprise < -limit ? -limit : surprise
    if (kept !== undefined) kept.cleaned[t] = expected + error
    level += alpha * error
    slope += beta * error
    seasonal[position]! += gamma * error
    if (t < skipped) continue
    // Huber's loss: squares within the limit, straight lines beyond.
    sum += error === surprise ? error * error : limit * (2 * Math.abs(surprise) - limit)
    squares += error * error
    count++
  }
  return { loss: sum, sigma: Math.sqrt(Math.max(sum, squares) / Math.max(1, count - 4)) }
}

/** The variance of a step ahead is the sum of squared responses to a shock (Hyndman et al. 2008, table 6.1). */
function spreadOf({ alpha, beta, gamma, phi }: Parameters, season: number, sigma: number, horizon: number): Float64Array {
  const spread = new Float64Array(horizon)
  let [variance, slope, power] = [1, 0, 1]
  for (let h = 0; h < horizon; h++) {
    spread[h] = sigma * Math.sqrt(variance)
    power *= phi
    slope += power
    const response = alpha + beta * slope + (season > 1 && (h + 1) % season === 0 ? gamma : 0)
    variance += response * response
  }
  return spread
}
