/** Patterns of text, and whether a text can fit several of them. */

import { canonicalName, evenSpaces } from '../../text/canonical.js'

/** A letter, or what stands for one (`ONE`) or for any number (`MANY`). */
type PatternPart = string | typeof ONE | typeof MANY
export type Pattern = readonly PatternPart[]

const ONE = Symbol('one letter')
const MANY = Symbol('any letters')

export const literalPattern = (text: string): Pattern => [...canonicalName(text)]
export const containsPattern = (text: string): Pattern => [MANY, ...evenSpaces(text), MANY]
export const globPattern = (glob: string): Pattern =>
  literalPattern(glob).map((letter) => (letter === '*' ? MANY : letter === '?' ? ONE : letter))

export const isLiteral = (pattern: Pattern): pattern is readonly string[] => pattern.every((part) => typeof part === 'string')

/** Whether some text fits both. Takes time in proportion to one length times the other. */
export function canBothFit(one: Pattern, other: Pattern): boolean {
  if (beginApart(one, other)) return false
  return walk(one, other, (left, right) => left === ONE || right === ONE || left === right, true)
}

/** The common case, and quick: two names that begin with other letters. */
function beginApart(one: Pattern, other: Pattern): boolean {
  for (let at = 0; at < one.length && at < other.length; at++) {
    const [left, right] = [one[at], other[at]]
    if (left === MANY || right === MANY) return false
    if (left !== right && left !== ONE && right !== ONE) return true
  }
  return false
}

/** Whether every text that fits `specific` is known to fit `general`; false if unknown. */
export function covers(general: Pattern, specific: Pattern): boolean {
  return walk(general, specific, (left, right) => right !== MANY && (left === ONE || left === right), false)
}

/**
 * Walks both from their ends. `MANY` on the left takes any part of the right, and where `both` the other way round too.
 */
function walk(left: Pattern, right: Pattern, fits: (left: PatternPart, right: PatternPart) => boolean, both: boolean): boolean {
  // row[j]: whether left from i on and right from j on can be brought together.
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
