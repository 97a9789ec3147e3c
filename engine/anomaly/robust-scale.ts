/** Robust standard deviations: a few outliers do not inflate them, but heavy tails do show. */

import type { SortedWindow } from './sorted-window.js'

/** Pairs of a share and the absolute standard normal deviate below which that share of values lies. */
const QUANTILES = [
  [0.5, 0.6745],
  [0.75, 1.1503],
  [0.9, 1.6449],
  [0.95, 1.96],
  [0.99, 2.5758],
] as const

/** A quantile is used only if at least this many values lie beyond it. */
const BEYOND = 3

/** Returns the median absolute deviation times 1.4826: the standard deviation of normal errors. `absolute` holds |e|. */
export const medianScale = (absolute: SortedWindow): number => absolute.median() / 0.6745

/**
 * Returns the largest standard deviation that any of the quantiles implies: for normal errors the same as `medianScale`, and more
 * if the tails are heavier than those of a normal distribution. `absolute` holds |e|.
 */
export function tailScale(absolute: SortedWindow): number {
  let scale = 0
  for (const [share, deviate] of QUANTILES) {
    if (share > 0.5 && absolute.size * (1 - share) < BEYOND) break
    scale = Math.max(scale, absolute.quantile(share) / deviate)
  }
  return scale
}
