/** Which divisors count things that may yet happen, and what they will be once the first one did. */

import type { Expression } from '../syntax.js'

/**
 * What an expression that is zero becomes when the first of what it counts happens: 1 for `purchases[today]`, 2 for
 * `2 * purchases[today]`. Null where its zero says nothing of the kind: money, a difference of counts, a number of the
 * account's. x over such a count of zero is at least x over this.
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

/** Either of the two may come first, and the larger leaves the ratio smaller. */
const largerOf = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : Math.max(left, right)

const times = (first: number | null, factor: number | null): number | null =>
  first === null || factor === null ? null : first * factor

/** A positive number as it is written; only these are known before anything is evaluated. */
const factorOf = (expression: Expression): number | null =>
  expression.kind === 'number' && expression.value > 0 ? expression.value : null
