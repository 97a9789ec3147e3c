/** Checks that every forecast must pass, for tests. */

import type { ForecastPoint } from '../../engine/forecast/forecast.js'

const SMALLEST_NORMAL = 2.2250738585072014e-308

/**
 * Returns the faults of a forecast's points in words: not finite, memory garbage (denormal), wild (further outside of history
 * than ten times its range), negative although history never was, or bands that are out of order. Empty if there are none.
 */
export function faultsOf(points: readonly ForecastPoint[], values: readonly (number | null)[]): string[] {
  const known = values.filter((value) => value !== null)
  const [low, high] = known.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  )
  const range = high / 10 - low / 10
  const noise = Math.max(Math.abs(low), Math.abs(high)) * 1e-8
  const isTiny = Math.max(Math.abs(low), Math.abs(high)) < 1e-290
  return points.flatMap((point, step) => {
    const { lo95, lo80, mean, hi80, hi95 } = point
    const numbers = [lo95, lo80, mean, hi80, hi95]
    const found: string[] = []
    if (!numbers.every(Number.isFinite)) found.push('not finite')
    if (!isTiny && numbers.some((number) => number !== 0 && Math.abs(number) < SMALLEST_NORMAL)) found.push('memory garbage')
    if (numbers.some((number) => number / 100 < low / 100 - range - noise || number / 100 > high / 100 + range + noise))
      found.push('wild')
    if (low >= 0 && numbers.some((number) => number < 0)) found.push('negative')
    if (numbers.some((number, index) => index > 0 && number < numbers[index - 1]!)) found.push('out of order')
    return found.map((fault) => `step ${step + 1}: ${fault}`)
  })
}
