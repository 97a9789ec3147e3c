/** Judges a whole series at once. */

import { AnomalyDetector } from './detector.js'
import type { Judgement } from './judgement.js'

/**
 * Returns a judgement for each value, in order; those of missing values are empty (`NOT_JUDGED`).
 *
 * @param values on an even grid, oldest first; null is missing
 * @param period number of steps after which a pattern may repeat: 7 for days, 24 for hours; 1 for no pattern
 */
export function judgeSeries(values: readonly (number | null)[], period: number): Judgement[] {
  const detector = new AnomalyDetector({ period })
  return values.map((value, slot) => detector.judge(value, slot))
}
