/**
 * Prediction bands around the mean. Each is a mix of two estimates: the past errors of the combination on this series
 * (conformal residuals; there are few, so those of neighbouring steps are pooled), and the standard deviations that its models
 * give. On public data sets the first alone covers too little, and the second alone ignores heavy tails.
 */

import type { Combined } from './combine.js'
import { errorConfidence } from './error-confidence.js'

interface Widths {
  /** By step, the distance below and above the mean; never negative. */
  readonly below: Float64Array
  readonly above: Float64Array
}

/**
 * The same for all series. `share` of all values should lie in the band; `z` is the normal quantile for that; `model` is the
 * weight of the models' own deviations; `factor` corrects for parameters having been fitted on the same values.
 */
interface Coverage {
  readonly share: number
  readonly z: number
  readonly model: number
  readonly factor: number
}

const COVERAGE_80: Coverage = { share: 0.8, z: 1.2816, model: 0.3, factor: 0.95 }
const COVERAGE_95: Coverage = { share: 0.95, z: 1.96, model: 0.6, factor: 1.12 }

/** The residuals of a step are pooled with those of this many steps before and after it. */
const NEIGHBOURS = 3

export interface Bands {
  readonly within80: Widths
  readonly within95: Widths
  /** Correlation of the errors within one path, 0 to 1; the band of a sum depends on it. */
  readonly together: number
}

/** With this many seasons of history, hardly more values than the models have parameters, bands are twice as wide. */
const DOUBLED_AT = 1.75

/** @param seasons how many seasons of history are known */
export function bandsOf(combined: Combined, values: Float64Array, origins: readonly number[], seasons: number): Bands {
  const residuals = residualsOf(combined, values, origins)
  const shape = { wider: 1 + (DOUBLED_AT / seasons) ** 2, sided: errorConfidence(seasons) }
  // A series that is never negative spreads further up than down; this hardly shows in the 80% band.
  const isNonNegative = !values.some((value) => value < 0)
  const within80 = widthsOf(combined, residuals, COVERAGE_80, { ...shape, isSkewed: false })
  const within95 = widthsOf(combined, residuals, COVERAGE_95, { ...shape, isSkewed: isNonNegative })
  const atLeast = (widths: Float64Array, least: Float64Array): Float64Array =>
    widths.map((width, h) => Math.max(width, least[h]!))
  return {
    within80,
    within95: { below: atLeast(within95.below, within80.below), above: atLeast(within95.above, within80.above) },
    together: togetherness(residuals),
  }
}

/** Returns residuals by origin and step. Late origins have fewer, as the values after them are not known yet; NaN is missing. */
function residualsOf({ paths }: Combined, values: Float64Array, origins: readonly number[]): readonly Float64Array[] {
  const reach = paths[0]!.length
  return origins.slice(0, -1).map((origin, index) => {
    const known = Math.min(reach, values.length - origin)
    return Float64Array.from({ length: known }, (_, h) => values[origin + h]! - paths[index]![h]!)
  })
}

interface Shape {
  /** Factor by which bands are wider than with a long history. */
  readonly wider: number
  /** How far an asymmetry of the past errors is trusted, 0 to 1. */
  readonly sided: number
  /** Whether the models' part of the band reaches further up than down. */
  readonly isSkewed: boolean
}

function widthsOf(
  { paths, spread }: Combined,
  residuals: readonly Float64Array[],
  coverage: Coverage,
  { wider, sided, isSkewed }: Shape,
): Widths {
  const [horizon, reach] = [paths.at(-1)!.length, paths[0]!.length]
  const [below, above] = [new Float64Array(horizon), new Float64Array(horizon)]
  const tail = (1 - coverage.share) / 2
  const widths = (sorted: readonly number[]): [number, number] => {
    const [down, up] = [Math.max(0, -quantile(sorted, tail)), Math.max(0, quantile(sorted, 1 - tail))]
    const side = (sided * (up - down)) / 2
    return [(down + up) / 2 - side, (down + up) / 2 + side]
  }
  let [low, high] = [0, 0]
  for (let h = 0; h < horizon; h++) {
    if (h < reach) [low, high] = widths(pooled(residuals, h))
    const growth = h < reach ? 1 : growthBeyond(spread, reach, h)
    const model = spread === null ? ((low + high) / 2) * growth : coverage.z * spread[h]!
    const { down, up } = isSkewed ? skewed(paths.at(-1)![h]!, model) : { down: model, up: model }
    below[h] = wider * coverage.factor * ((1 - coverage.model) * low * growth + coverage.model * down)
    above[h] = wider * coverage.factor * ((1 - coverage.model) * high * growth + coverage.model * up)
  }
  return { below, above }
}

/**
 * A band that is symmetric on the square-root scale: (√m ± w / 2√m)² = m ± w + w² / 4m. It does not go below zero, and upwards
 * it is at most twice as wide as `width`.
 */
function skewed(mean: number, width: number): { down: number; up: number } {
  if (mean <= 0) return { down: width, up: width }
  const skew = width ** 2 / (4 * mean)
  return { down: width < 2 * mean ? width - skew : mean, up: width + Math.min(width, skew) }
}

/** Steps beyond `reach` have no past errors: their bands grow as the models' deviations do, or else like a random walk. */
function growthBeyond(spread: Float64Array | null, reach: number, step: number): number {
  const last = spread?.[reach - 1] ?? 0
  return last > 0 ? Math.max(1, spread![step]! / last) : Math.sqrt((step + 1) / reach)
}

/** Returns the residuals of a step and its neighbours, ascending. */
function pooled(residuals: readonly Float64Array[], step: number): number[] {
  const pool: number[] = []
  for (const path of residuals)
    for (let h = Math.max(0, step - NEIGHBOURS); h <= Math.min(path.length - 1, step + NEIGHBOURS); h++)
      if (!Number.isNaN(path[h]!)) pool.push(path[h]!)
  return pool.sort((one, other) => one - other)
}

/** Returns the conformal quantile: of n values the one with rank q × (n + 1), interpolated. 0 if there are no values. */
function quantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return 0
  const rank = Math.min(sorted.length - 1, Math.max(0, q * (sorted.length + 1) - 1))
  const below = Math.floor(rank)
  const value = sorted[below]!
  return value + (rank - below) * ((sorted[below + 1] ?? value) - value)
}

/** Assumed if there are too few past paths to estimate the correlation. */
const USUALLY_TOGETHER = 0.3
const FEWEST_PATHS = 8

/** Added to the estimate, which is too low because origins one step apart see nearly the same values. */
const UNSEEN = 0.1

/** Estimates the common correlation ρ with which the variance of a path's sum is Σσ² + ρ((Σσ)² − Σσ²). */
function togetherness(residuals: readonly Float64Array[]): number {
  const reach = residuals[0]?.length ?? 0
  const whole = residuals.filter((path) => path.length === reach && !path.some(Number.isNaN))
  if (reach < 2 || whole.length < FEWEST_PATHS) return USUALLY_TOGETHER
  let [ofSum, variances, deviations] = [0, 0, 0]
  for (const path of whole) ofSum += path.reduce((sum, residual) => sum + residual, 0) ** 2 / whole.length
  for (let h = 0; h < reach; h++) {
    const variance = whole.reduce((sum, path) => sum + path[h]! ** 2, 0) / whole.length
    variances += variance
    deviations += Math.sqrt(variance)
  }
  const rest = deviations ** 2 - variances
  return rest > 0 ? Math.min(1, UNSEEN + Math.max(0, (ofSum - variances) / rest)) : USUALLY_TOGETHER
}
