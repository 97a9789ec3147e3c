/**
 * The arithmetic of `expression/evaluate/arithmetic.ts` on columns. Each operation has a quick loop for plain numbers, where
 * unknown spreads by itself as NaN does, and a careful one for columns in which something is only known to be "at least".
 */

import type { Column } from './column.js'

/** Writes the result for all entities; a result that is not finite is unknown. */
export type Operation = (out: Column, left: Column, right: Column) => void

// x - x is 0 for every finite number and NaN for all others, and so takes no choice that the processor would have to guess.
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
 * @param first what the divisor is once the first of what it counts happened, or null where it counts nothing (`firstOf`)
 * @param scale positive; what the quotient is multiplied by
 */
export function divideBy(first: number | null, scale = 1): Operation {
  return (out, left, right) => {
    const to = out.values
    const a = left.values
    const b = right.values
    let zeros = 0
    // Over zero it is infinite or no number, and so unknown, unless a count's zero says more.
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

/** Over a count of zero it is at least what it will be once the first happens; nothing, or a loss, over nothing stays unknown. */
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

/** "At least" over a positive number stays so; on the right it makes the result unknown. */
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

/** "At least" on the left stays so with a plain number; on the right it makes the result unknown. */
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
