/** Reads how long a step waits. */

import { type Reading, refuse } from '../../diagnostic/fault.js'
import { parseDuration } from '../../expression/read/amount.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'

/** In milliseconds. People forget longer waits. */
const LONGEST_WAIT = 90 * 86_400_000

/** Returns milliseconds, more than zero and at most 90 days. */
export function parsePause(text: string, vocabulary: Vocabulary): Reading<number> {
  const { value, faults } = parseDuration(text, vocabulary)
  if (value === null) return { value: null, faults }
  if (value <= 0 || value > LONGEST_WAIT)
    return refuse(text, 'out-of-range', 'a wait must be longer than zero and at most 90 days')
  return { value, faults }
}
