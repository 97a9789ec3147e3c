/** In which steps a series may have a pattern that a few weeks can show. */

import { DAY } from '../clock/zone.js'
import type { Pace } from '../read-series/pace.js'

/** More steps a day than this are too few turns of each to learn from. */
const MOST_STEPS_A_DAY = 288

/**
 * 7 for days, the steps of a day for anything quicker, 1 (none) for weeks and longer. Plain numbers are taken for days: a pattern
 * of weekdays that is not there costs nothing.
 */
export function patternOf({ unit, step }: Pace): number {
  if (unit === 'months') return 1
  if (unit === 'number' || step === DAY) return 7
  return step < DAY && DAY % step === 0 && DAY / step <= MOST_STEPS_A_DAY ? DAY / step : 1
}
