/** How accurate the combined forecast was on the recent past of its own series. */

import type { Combined } from './combine.js'

export interface Accuracy {
  /** Sum of absolute errors over sum of absolute values (weighted absolute percentage error): 0.09 is off by 9%. */
  readonly error: number
  /** How many of the last steps of the series the error was measured over. */
  readonly steps: number
}

/** Returns null if no past forecast can be compared, or if all actual values were zero. */
export function accuracyOf({ paths }: Combined, values: Float64Array, origins: readonly number[]): Accuracy | null {
  let [errors, sizes] = [0, 0]
  for (const [index, origin] of origins.entries()) {
    const path = paths[index]!
    for (let h = 0; h < path.length && origin + h < values.length; h++) {
      const error = Math.abs(values[origin + h]! - path[h]!)
      if (Number.isNaN(error)) continue
      errors += error
      sizes += Math.abs(values[origin + h]!)
    }
  }
  return sizes === 0 ? null : { error: errors / sizes, steps: values.length - origins[0]! }
}

/** Returns for example `off by 9% on average over the last 8 weeks`. `step` is the name of one step: day, hour, week. */
export function accuracyInWords({ error, steps }: Accuracy, step: string): string {
  const share = error < 0.0095 ? 'less than 1%' : error > 9.995 ? 'more than 999%' : `${Math.round(error * 100)}%`
  const span = step === 'day' && steps >= 14 ? `${Math.floor(steps / 7)} weeks` : `${steps} ${steps === 1 ? step : `${step}s`}`
  return `off by ${share} on average over the last ${span}`
}
