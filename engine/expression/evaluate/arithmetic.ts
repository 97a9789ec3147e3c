/**
 * Arithmetic with numbers that may be unknown, or known only to be "at least" something.
 *
 * `AtLeast(b)` is the ratio of a positive amount over a count that is still zero: once the first one is counted, the ratio is `b` or
 * more, because spend does not shrink. It remains "at least" when multiplied or divided by a positive number, or when a known number
 * is added or subtracted; any other operation makes it unknown.
 */

import { AtLeast, Unknown, type Value } from '../../value/value.js'

type Quantity = number | AtLeast

const UNORDERED = new Unknown('a cost without results yet is only known to be at least the spend so far')
const NOT_A_NUMBER = new Unknown('the value is not a number')
const OVERFLOW = new Unknown('the number is too large to calculate with')
const ZERO_DIVISOR = new Unknown('the divisor is zero', 'bölünecek bir şey yok: sıfır')
const NOTHING_OVER_NOTHING = new Unknown(
  'no spend and no results: there is no ratio yet',
  'harcama da sonuç da yok: henüz bir oran yok',
)

const LOSS_OVER_NOTHING = new Unknown(
  'a negative amount over a count of zero: the first result may change its sign',
  'henüz gerçekleşmemiş bir şeye bölünen değer sıfırın altında: ilkinin ne getireceği bilinmiyor',
)

const isQuantity = (value: Value): value is Quantity => typeof value === 'number' || value instanceof AtLeast

/** Returns the first operand that is unknown; if neither is, an `Unknown` that says that it is not a number. */
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
 * @param first the value of a divisor that is a count once the first one is counted (`firstOf`), otherwise null. A positive x over
 *   a count of zero is at least x / first; a negative x is unknown, because the loss may still shrink. Over any other zero the
 *   result is unknown.
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
