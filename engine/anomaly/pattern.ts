/** The length of the pattern that a series may have and that a few weeks can show. */

import { DAY } from '../clock/zone.js'
import type { Pace } from '../read-series/pace.js'

/** With more steps a day than this, no daily pattern is looked for. */
const MOST_STEPS_A_DAY = 288

/**
 * Returns 7 for days, the number of steps in a day for shorter steps, and 1 (no pattern) for weeks and longer. Plain numbers are
 * treated as days: looking for a weekday pattern that does not exist does no harm.
 */
export function patternOf({ unit, step }: Pace): number {
  if (unit === 'months') return 1
  if (unit === 'number' || step === DAY) return 7
  return step < DAY && DAY % step === 0 && DAY / step <= MOST_STEPS_A_DAY ? DAY / step : 1
}
