/** Comparisons of values: true, false, or null if the data does not decide it. */

import { canonicalName, evenSpaces, isSameName } from '../../text/canonical.js'
import { matchesGlob } from '../../text/glob.js'
import { AtLeast, type Truth, Unknown, type Value } from '../../value/value.js'
import type { Comparison, ComparisonOperator, Expression } from '../syntax.js'
import { allOf, anyOf } from './truth.js'

/**
 * Two numbers count as equal if they differ by at most this share of the larger one. Floating point can't represent 1.1 exactly, and
 * `1.1 * 120 TRY` must not be above 132 TRY; real differences in the data are far larger.
 */
export const EQUAL_WITHIN = 1e-12

/** Returns -1, 0 or 1; 0 within `EQUAL_WITHIN`. */
export function order(left: number, right: number): number {
  if (left === right) return 0
  const difference = left - right
  if (Math.abs(difference) <= EQUAL_WITHIN * Math.max(Math.abs(left), Math.abs(right))) return 0
  return difference < 0 ? -1 : 1
}

function holds(operator: ComparisonOperator, sign: number): boolean {
  switch (operator) {
    case '>':
      return sign > 0
    case '>=':
      return sign >= 0
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    case '=':
      return sign === 0
    case '!=':
      return sign !== 0
  }
}

/** `a operator b` is `b MIRRORED[operator] a`. */
export const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '=': '=',
  '!=': '!=',
}

/** Compares "at least `bound`" with a known number. Returns null unless every value from `bound` on gives the same answer. */
function compareAtLeast(operator: ComparisonOperator, bound: number, right: number): Truth {
  const sign = order(bound, right)
  switch (operator) {
    case '>':
      return sign > 0 ? true : null
    case '>=':
      return sign >= 0 ? true : null
    case '<':
      return sign >= 0 ? false : null
    case '<=':
      return sign > 0 ? false : null
    case '=':
      return sign > 0 ? false : null
    case '!=':
      return sign > 0 ? true : null
  }
}

/** Returns the truth of `left operator right`; null for kinds that can't be compared, which the unit check rejects. */
export function compare(operator: ComparisonOperator, left: Value, right: Value): Truth {
  if (typeof left === 'number') {
    if (typeof right === 'number') return holds(operator, order(left, right))
    return right instanceof AtLeast ? compareAtLeast(MIRRORED[operator], right.bound, left) : null
  }
  if (left instanceof AtLeast) return typeof right === 'number' ? compareAtLeast(operator, left.bound, right) : null
  if (left instanceof Unknown || right instanceof Unknown) return null
  if (operator !== '=' && operator !== '!=') return null
  if (typeof left === 'string' && typeof right === 'string') return isSameName(left, right) === (operator === '=')
  if (typeof left === 'boolean' && typeof right === 'boolean') return (left === right) === (operator === '=')
  return null
}

/**
 * The values of a comparison's sides, in the order written. `matches`, `contains` and a yes-or-no alone have only the left one.
 */
export interface Sides {
  readonly left: Value
  /** Low and high of `between`, the items of `in`; one value or none otherwise. */
  readonly right: readonly Value[]
}

/** Returns a function from the values of the sides to the truth of the comparison. Created once for each leaf. */
export function judgeOf(comparison: Comparison): (sides: Sides) => Truth {
  switch (comparison.kind) {
    case 'compare': {
      const { operator } = comparison
      return ({ left, right }) => compare(operator, left, right[0]!)
    }
    case 'between':
      return ({ left, right }) => allOf([compare('>=', left, right[0]!), compare('<=', left, right[1]!)])
    case 'in':
      return ({ left, right }) => anyOf(right.map((item) => compare('=', left, item)))
    case 'matches': {
      const { pattern } = comparison
      return judgeText(comparison.subject, (text) => matchesGlob(text, pattern))
    }
    case 'contains': {
      // White space at the ends counts: `contains " kış"` does not match `akış`.
      const wanted = evenSpaces(comparison.text)
      // A label must be equal as a whole: `contains "sale"` does not match the label `wholesale`.
      const isList = isLabels(comparison.subject)
      return judgeText(comparison.subject, (text) => (isList ? isSameName(text, wanted) : canonicalName(text).includes(wanted)))
    }
    case 'holds':
      return ({ left }) => (typeof left === 'boolean' ? left : null)
  }
}

/** Judges a text; of labels, it is enough if one of them fits. */
function judgeText(subject: Expression, fits: (text: string) => boolean): (sides: Sides) => Truth {
  if (!isLabels(subject)) return ({ left }) => (typeof left === 'string' ? fits(left) : null)
  return ({ left }) => (typeof left === 'string' ? left !== '' && left.split(LABEL_SEPARATOR).some(fits) : null)
}

const isLabels = (subject: Expression): boolean => subject.kind === 'attribute' && subject.attribute === 'labels'

/** The separator between the labels of an entity in the facts. */
const LABEL_SEPARATOR = ', '
