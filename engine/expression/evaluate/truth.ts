/** Kleene's three-valued logic: an unknown part makes the result unknown unless the other parts decide it. */

import type { Truth } from '../../value/value.js'

export const not = (truth: Truth): Truth => (truth === null ? null : !truth)

/** Returns false if one is false, true if all are true, otherwise null. True for an empty list. */
export function allOf(truths: Iterable<Truth>): Truth {
  let result: Truth = true
  for (const truth of truths) {
    if (truth === false) return false
    if (truth === null) result = null
  }
  return result
}

/** Returns true if one is true, false if all are false, otherwise null. False for an empty list. */
export function anyOf(truths: Iterable<Truth>): Truth {
  let result: Truth = false
  for (const truth of truths) {
    if (truth === true) return true
    if (truth === null) result = null
  }
  return result
}
