/** Standard deviations that a few outliers do not blow up, and that heavy tails are not hidden from. */

import type { SortedWindow } from './sorted-window.js'

/** Shares of absolute values, each with the standard normal deviate below which that share of them lies. */
const QUANTILES = [
  [0.5, 0.6745],
  [0.75, 1.1503],
  [0.9, 1.6449],
  [0.95, 1.96],
  [0.99, 2.5758],
] as const

/** A quantile is believed where so many values lie beyond it. */
const BEYOND = 3

/** The median absolute deviation from zero, times 1.4826: the standard deviation of normal errors. `absolute` holds |e|. */
export const medianScale = (absolute: SortedWindow): number => absolute.median() / 0.6745

/**
 * The largest standard deviation that any of the quantiles speaks of: that of the middle for normal errors, more where the
 * tails are heavier than a normal distribution's. `absolute` holds |e|.
 */
export function tailScale(absolute: SortedWindow): number {
  let scale = 0
  for (const [share, deviate] of QUANTILES) {
    if (share > 0.5 && absolute.size * (1 - share) < BEYOND) break
    scale = Math.max(scale, absolute.quantile(share) / deviate)
  }
  return scale
}
