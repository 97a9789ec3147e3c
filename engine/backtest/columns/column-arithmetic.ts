/**
 * The arithmetic of `expression/evaluate/arithmetic.ts` on columns. Each operation has a fast loop for plain numbers, in which unknown
 * values propagate as NaN, and a second loop for columns with "at least" values.
 */

import type { Column } from './column.js'

/** Writes the result for all entities; a result that is not finite is unknown. */
export type Operation = (out: Column, left: Column, right: Column) => void

// x - x is 0 for finite numbers and NaN for all others: a check without a branch that the processor could mispredict.
const finite = (value: number): number => value - (value - value)

export const addColumns: Operation = (out, left, right) => {
  const to = out.values
  const a = left.values
  const b = right.values
  for (let i = 0; i < to.length; i++) to[i] = finite(a[i]! + b[i]!)
  if (!left.someAtLeast && !right.someAtLeast) {
    out.someAtLeast = false
    return
  }
  out.someAtLeast = true
  for (let i = 0; i < to.length; i++) {
    const l = isAtLeast(left, i)
    const r = isAtLeast(right, i)
    if (l && r) to[i] = NaN
    out.atLeast[i] = l !== r ? 1 : 0
  }
}

export const subtractColumns: Operation = (out, left, right) => {
  const to = out.values
  const a = left.values
  const b = right.values
  for (let i = 0; i < to.length; i++) to[i] = finite(a[i]! - b[i]!)
  keepOrdered(out, left, right)
}

export const multiplyColumns: Operation = (out, left, right) => {
  const to = out.values
  const a = left.values
  const b = right.values
  for (let i = 0; i < to.length; i++) to[i] = finite(a[i]! * b[i]!)
  if (!left.someAtLeast && !right.someAtLeast) {
    out.someAtLeast = false
    return
  }
  out.someAtLeast = true
  for (let i = 0; i < to.length; i++) {
    const l = isAtLeast(left, i)
    const r = isAtLeast(right, i)
    const ordered = l ? !r && b[i]! > 0 : r && a[i]! > 0
    if ((l || r) && !ordered) to[i] = NaN
    out.atLeast[i] = ordered ? 1 : 0
  }
}

/**
 * @param first what the divisor becomes with the first event that it counts; null if it is not a count (`firstOf`)
 * @param scale positive factor of the quotient
 */
export function divideBy(first: number | null, scale = 1): Operation {
  return (out, left, right) => {
    const to = out.values
    const a = left.values
    const b = right.values
    let zeros = 0
    // Division by zero gives infinity or NaN, so the result is unknown, unless the divisor is a count.
    for (let i = 0; i < to.length; i++) {
      const divisor = b[i]!
      zeros |= Number(divisor === 0)
      to[i] = finite((a[i]! / divisor) * scale)
    }
    out.someAtLeast = false
    if (zeros !== 0 && first !== null) overNothingYet(out, left, right, first, scale)
    if (left.someAtLeast || right.someAtLeast) keepAtLeast(out, left, right)
  }
}

/** Divided by a count of zero, a positive number is at least what it will be with the first event; zero and losses stay unknown. */
function overNothingYet(out: Column, left: Column, right: Column, first: number, scale: number): void {
  const flags = out.atLeast
  const a = left.values
  const b = right.values
  out.someAtLeast = true
  flags.fill(0)
  for (let i = 0; i < flags.length; i++) {
    if (b[i] !== 0 || !(a[i]! > 0) || isAtLeast(left, i)) continue
    out.values[i] = finite((a[i]! / first) * scale)
    flags[i] = 1
  }
}

/** "At least" divided by a positive number stays "at least"; as the divisor it makes the result unknown. */
function keepAtLeast(out: Column, left: Column, right: Column): void {
  const to = out.values
  const flags = out.atLeast
  if (!out.someAtLeast) flags.fill(0)
  out.someAtLeast = true
  for (let i = 0; i < to.length; i++) {
    if (isAtLeast(right, i)) {
      to[i] = NaN
      flags[i] = 0
    } else if (isAtLeast(left, i)) {
      if (right.values[i]! > 0) flags[i] = 1
      else to[i] = NaN
    }
  }
}

export function negateColumn(out: Column, operand: Column): void {
  const to = out.values
  const from = operand.values
  for (let i = 0; i < to.length; i++) to[i] = 0 - from[i]!
  out.someAtLeast = false
  if (operand.someAtLeast) for (let i = 0; i < to.length; i++) if (isAtLeast(operand, i)) to[i] = NaN
}

const isAtLeast = ({ someAtLeast, atLeast }: Column, index: number): boolean => someAtLeast && atLeast[index] === 1

/** "At least" on the left stays "at least" with a plain number; on the right it makes the result unknown. */
function keepOrdered(out: Column, left: Column, right: Column): void {
  out.someAtLeast = left.someAtLeast
  if (!left.someAtLeast && !right.someAtLeast) return
  for (let i = 0; i < out.values.length; i++) {
    const l = isAtLeast(left, i)
    const r = isAtLeast(right, i)
    if (r) out.values[i] = NaN
    out.atLeast[i] = l && !r ? 1 : 0
  }
}
