/** Comparisons of values: true, false, or null where the data does not settle it. */

import { canonicalName, evenSpaces, isSameName } from '../../text/canonical.js'
import { matchesGlob } from '../../text/glob.js'
import { AtLeast, type Truth, Unknown, type Value } from '../../value/value.js'
import type { Comparison, ComparisonOperator, Expression } from '../syntax.js'
import { allOf, anyOf } from './truth.js'

/**
 * Two numbers count as equal when they differ by less than this part of the larger. Floating point cannot write 1.1, and
 * `1.1 * 120 TRY` must not come out above 132 TRY; what the data can tell apart differs by far more.
 */
export const EQUAL_WITHIN = 1e-12

/** -1, 0 or 1. */
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

/** `at least bound` compared with a known number: settled only if every value from `bound` on gives the same answer. */
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

/** `left operator right`. Values of kinds that do not mix, which the unit check keeps out, are not comparable: null. */
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

/** The values of a comparison's sides, in the order in which it is written; `matches` and the like have one on the left. */
export interface Sides {
  readonly left: Value
  /** Low and high of `between`, the items of `in`; one value or none otherwise. */
  readonly right: readonly Value[]
}

/** How a comparison judges its sides. Made once for each leaf. */
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
      // White space at the ends is meant: `contains " kış"` is no part of `akış`.
      const wanted = evenSpaces(comparison.text)
      // One of several labels is meant as a whole: `sale` is no label of what is labelled `wholesale`.
      const isList = isLabels(comparison.subject)
      return judgeText(comparison.subject, (text) => (isList ? isSameName(text, wanted) : canonicalName(text).includes(wanted)))
    }
    case 'holds':
      return ({ left }) => (typeof left === 'boolean' ? left : null)
  }
}

/** Labels are judged one by one, and one that fits is enough. */
function judgeText(subject: Expression, fits: (text: string) => boolean): (sides: Sides) => Truth {
  if (!isLabels(subject)) return ({ left }) => (typeof left === 'string' ? fits(left) : null)
  return ({ left }) => (typeof left === 'string' ? left !== '' && left.split(LABEL_SEPARATOR).some(fits) : null)
}

const isLabels = (subject: Expression): boolean => subject.kind === 'attribute' && subject.attribute === 'labels'

/** Between the labels of an entity, as facts have them. */
const LABEL_SEPARATOR = ', '
