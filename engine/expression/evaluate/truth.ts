/** Kleene's three-valued logic: what is not known stays not known, unless the rest settles it. */

import type { Truth } from '../../value/value.js'

export const not = (truth: Truth): Truth => (truth === null ? null : !truth)

/** False where one is false, true where all are true, else unknown. All of nothing is true. */
export function allOf(truths: Iterable<Truth>): Truth {
  let result: Truth = true
  for (const truth of truths) {
    if (truth === false) return false
    if (truth === null) result = null
  }
  return result
}

/** True where one is true, false where all are false, else unknown. Any of nothing is false. */
export function anyOf(truths: Iterable<Truth>): Truth {
  let result: Truth = false
  for (const truth of truths) {
    if (truth === true) return true
    if (truth === null) result = null
  }
  return result
}
