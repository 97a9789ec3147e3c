/** Initial state of smoothing: the level of the first seasons, and each position's mean deviation from it. */

export interface SmoothingStart {
  readonly level: number
  readonly season: Float64Array
}

export function smoothingStart(values: Float64Array, season: number, seasons: number): SmoothingStart {
  const until = Math.min(values.length, Math.max(10, season === 1 ? 10 : season * seasons))
  const [sums, counts] = [new Float64Array(season), new Float64Array(season)]
  let [sum, count] = [0, 0]
  for (let t = 0; t < until; t++) {
    const value = values[t]!
    if (Number.isNaN(value)) continue
    sum += value
    count++
    sums[t % season]! += value
    counts[t % season]!++
  }
  const level = count === 0 ? 0 : sum / count
  return { level, season: sums.map((total, s) => (season === 1 || counts[s] === 0 ? 0 : total / counts[s]! - level)) }
}

/**
 * Returns the usual size of a one-step error: the mean absolute seasonal difference, converted to the standard deviation of one
 * value. The mean and not the median, because more than half of a sparse series' differences are zero.
 */
export function usualSurprise(values: Float64Array, season: number): number {
  let [sum, count] = [0, 0]
  for (let t = season; t < values.length; t++) {
    const difference = Math.abs(values[t]! - values[t - season]!)
    if (Number.isNaN(difference)) continue
    sum += difference
    count++
  }
  return count === 0 ? 0 : (sum / count) * Math.sqrt(Math.PI / 2) * Math.SQRT1_2
}
