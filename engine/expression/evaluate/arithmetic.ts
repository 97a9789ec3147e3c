/**
 * Arithmetic with numbers that may be unknown, or known only to be "at least" something.
 *
 * `AtLeast(b)` is the ratio of something above zero over a count that is still zero: when the first one comes, the ratio will
 * be `b` or more, for what was spent by then does not shrink. It stays so under what keeps its order (times or divided by a positive
 * number, plus or minus a known one); everything else makes it unknown.
 */

import { AtLeast, Unknown, type Value } from '../../value/value.js'

type Quantity = number | AtLeast

const UNORDERED = new Unknown('a cost of something that has not happened yet is only known to be at least what was spent')
const NOT_A_NUMBER = new Unknown('the value is no number')
const OVERFLOW = new Unknown('the number is too large to calculate with')
const ZERO_DIVISOR = new Unknown('there is nothing to divide by: it is zero', 'bölünecek bir şey yok: sıfır')
const NOTHING_OVER_NOTHING = new Unknown(
  'nothing was spent and nothing happened: there is no ratio yet',
  'harcama da sonuç da yok: henüz bir oran yok',
)

const LOSS_OVER_NOTHING = new Unknown(
  'it is below zero over something that has not happened yet: nobody knows what the first one brings',
  'henüz gerçekleşmemiş bir şeye bölünen değer sıfırın altında: ilkinin ne getireceği bilinmiyor',
)

const isQuantity = (value: Value): value is Quantity => typeof value === 'number' || value instanceof AtLeast

/** The first of the two that is no quantity, as an `Unknown`. */
function fault(left: Value, right: Value): Unknown {
  if (left instanceof Unknown) return left
  if (right instanceof Unknown) return right
  return NOT_A_NUMBER
}

const finite = (number: number): Value => (Number.isFinite(number) ? number : OVERFLOW)
const atLeast = (bound: number): Value => (Number.isFinite(bound) ? new AtLeast(bound) : OVERFLOW)

export function add(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return finite(left + right)
  if (!isQuantity(left) || !isQuantity(right)) return fault(left, right)
  if (left instanceof AtLeast) return typeof right === 'number' ? atLeast(left.bound + right) : UNORDERED
  return right instanceof AtLeast ? atLeast(left + right.bound) : finite(left + right)
}

export function subtract(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return finite(left - right)
  if (!isQuantity(left) || !isQuantity(right)) return fault(left, right)
  return left instanceof AtLeast && typeof right === 'number' ? atLeast(left.bound - right) : UNORDERED
}

export function multiply(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return finite(left * right)
  if (!isQuantity(left) || !isQuantity(right)) return fault(left, right)
  if (left instanceof AtLeast) return typeof right === 'number' && right > 0 ? atLeast(left.bound * right) : UNORDERED
  return right instanceof AtLeast && left > 0 ? atLeast(left * right.bound) : UNORDERED
}

/**
 * `left / right`.
 *
 * @param first where the divisor counts things that may yet happen, what it is once the first did (`firstOf`), else null: x
 *   over a zero of these is at least x over that where x is above zero, else unknown, for a loss may still become less. Over any
 *   other zero it is unknown.
 */
export function divide(left: Value, right: Value, first: number | null): Value {
  if (!isQuantity(left) || !isQuantity(right)) return fault(left, right)
  if (right instanceof AtLeast) return UNORDERED
  if (right === 0) {
    if (first === null) return ZERO_DIVISOR
    if (left instanceof AtLeast) return UNORDERED
    if (left > 0) return atLeast(left / first)
    return left === 0 ? NOTHING_OVER_NOTHING : LOSS_OVER_NOTHING
  }
  if (typeof left === 'number') return finite(left / right)
  return right > 0 ? atLeast(left.bound / right) : UNORDERED
}

export function negate(operand: Value): Value {
  if (typeof operand === 'number') return operand === 0 ? 0 : -operand
  return operand instanceof AtLeast ? UNORDERED : fault(operand, 0)
}
