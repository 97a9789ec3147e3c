/** Text patterns, and whether one text can fit several of them. */

import { canonicalName, evenSpaces } from '../../text/canonical.js'

/** A letter, or a wildcard for exactly one letter (`ONE`) or for any number of letters (`MANY`). */
type PatternPart = string | typeof ONE | typeof MANY
export type Pattern = readonly PatternPart[]

const ONE = Symbol('one letter')
const MANY = Symbol('any letters')

export const literalPattern = (text: string): Pattern => [...canonicalName(text)]
export const containsPattern = (text: string): Pattern => [MANY, ...evenSpaces(text), MANY]
export const globPattern = (glob: string): Pattern =>
  literalPattern(glob).map((letter) => (letter === '*' ? MANY : letter === '?' ? ONE : letter))

export const isLiteral = (pattern: Pattern): pattern is readonly string[] => pattern.every((part) => typeof part === 'string')

/** Whether some text fits both patterns. Takes time proportional to the product of their lengths. */
export function canBothFit(one: Pattern, other: Pattern): boolean {
  if (beginDifferently(one, other)) return false
  return walk(one, other, (left, right) => left === ONE || right === ONE || left === right, true)
}

/** A quick check for the common case: two names that begin differently. */
function beginDifferently(one: Pattern, other: Pattern): boolean {
  for (let at = 0; at < one.length && at < other.length; at++) {
    const [left, right] = [one[at], other[at]]
    if (left === MANY || right === MANY) return false
    if (left !== right && left !== ONE && right !== ONE) return true
  }
  return false
}

/** Whether every text that fits `specific` certainly fits `general`; false if that is not known. */
export function covers(general: Pattern, specific: Pattern): boolean {
  return walk(general, specific, (left, right) => right !== MANY && (left === ONE || left === right), false)
}

/**
 * Matches the patterns against each other from their ends. `MANY` on the left matches any part of the right; with `both`, `MANY`
 * on the right matches any part of the left too.
 */
function walk(left: Pattern, right: Pattern, fits: (left: PatternPart, right: PatternPart) => boolean, both: boolean): boolean {
  // row[j]: whether left from i on and right from j on match.
  let row: boolean[] = []
  for (let i = left.length; i >= 0; i--) {
    const next: boolean[] = Array.from({ length: right.length + 1 }, () => false)
    for (let j = right.length; j >= 0; j--) {
      if (i === left.length && j === right.length) next[j] = true
      else if (i < left.length && left[i] === MANY) next[j] = row[j]! || (j < right.length && next[j + 1]!)
      else if (both && j < right.length && right[j] === MANY) next[j] = next[j + 1]! || (i < left.length && row[j]!)
      else if (i < left.length && j < right.length) next[j] = fits(left[i]!, right[j]!) && row[j + 1]!
    }
    row = next
  }
  return row[0]!
}
