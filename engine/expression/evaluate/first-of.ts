/** The value that a count of zero, used as a divisor, has once the first one is counted. */

import type { Expression } from '../syntax.js'

/**
 * Returns what an expression that is now zero becomes when the first one is counted: 1 for `purchases[today]`, 2 for
 * `2 * purchases[today]`. A positive x over a count of zero is at least x over this. Returns null for expressions that are not such
 * counts: money, a difference of counts, a value of the account.
 */
export function firstOf(expression: Expression): number | null {
  if (expression.unit.kind !== 'count') return null
  switch (expression.kind) {
    case 'metric':
      return 1
    case 'aggregate':
      return expression.function === 'sum' && expression.operand !== null ? firstOf(expression.operand) : null
    case 'arithmetic': {
      const { operator, left, right } = expression
      if (operator === '+') return largerOf(firstOf(left), firstOf(right))
      if (operator === '*') return times(firstOf(left), factorOf(right)) ?? times(firstOf(right), factorOf(left))
      const divisor = operator === '/' ? factorOf(right) : null
      return divisor === null ? null : times(firstOf(left), 1 / divisor)
    }
    default:
      return null
  }
}

/** Either count may be the first to rise. The larger value is used, because it gives the smaller bound. */
const largerOf = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : Math.max(left, right)

const times = (first: number | null, factor: number | null): number | null =>
  first === null || factor === null ? null : first * factor

/** Returns the value of a positive number literal; other factors are not known before evaluation. */
const factorOf = (expression: Expression): number | null =>
  expression.kind === 'number' && expression.value > 0 ? expression.value : null
