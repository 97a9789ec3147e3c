/** A whole series at once. */

import { AnomalyDetector } from './detector.js'
import type { Judgement } from './judgement.js'

/**
 * A judgement for each value, in order; those of missing values say nothing.
 *
 * @param values on an even grid, oldest first; null is missing
 * @param period steps in which a pattern is to be expected: 7 for days, 24 for hours; 1 for none
 */
export function judgeSeries(values: readonly (number | null)[], period: number): Judgement[] {
  const detector = new AnomalyDetector({ period })
  return values.map((value, slot) => detector.judge(value, slot))
}
