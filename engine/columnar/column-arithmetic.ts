/**
 * The arithmetic of `expression/evaluate-arithmetic.ts` on columns. Each operation has a quick loop for plain numbers, where
 * unknown spreads by itself as NaN does, and a careful one for columns in which something is only known to be "at least".
 */

import type { Column } from './column.js'

/** Writes the result for all entities; a result that is not finite is unknown. */
export type Operation = (out: Column, left: Column, right: Column) => void

// x - x is 0 for every finite number and NaN for all others.
const finite = (value: number): number => (value - value === 0 ? value : NaN)

export const addColumns: Operation = (out, left, right) => {
  const [to, a, b] = [out.values, left.values, right.values]
  for (let i = 0; i < to.length; i++) to[i] = finite(a[i]! + b[i]!)
  if (!left.someAtLeast && !right.someAtLeast) {
    out.someAtLeast = false
    return
  }
  out.someAtLeast = true
  for (let i = 0; i < to.length; i++) {
    const [l, r] = [isAtLeast(left, i), isAtLeast(right, i)]
    if (l && r) to[i] = NaN
    out.atLeast[i] = l !== r ? 1 : 0
  }
}

export const subtractColumns: Operation = (out, left, right) => {
  const [to, a, b] = [out.values, left.values, right.values]
  for (let i = 0; i < to.length; i++) to[i] = finite(a[i]! - b[i]!)
  keepOrdered(out, left, right)
}

export const multiplyColumns: Operation = (out, left, right) => {
  const [to, a, b] = [out.values, left.values, right.values]
  for (let i = 0; i < to.length; i++) to[i] = finite(a[i]! * b[i]!)
  if (!left.someAtLeast && !right.someAtLeast) {
    out.someAtLeast = false
    return
  }
  out.someAtLeast = true
  for (let i = 0; i < to.length; i++) {
    const [l, r] = [isAtLeast(left, i), isAtLeast(right, i)]
    const ordered = l ? !r && b[i]! > 0 : r && a[i]! > 0
    if ((l || r) && !ordered) to[i] = NaN
    out.atLeast[i] = ordered ? 1 : 0
  }
}

/** @param first what the divisor is once the first of what it counts happened, or null where it counts nothing (`firstOf`) */
export function divideBy(first: number | null): Operation {
  return (out, left, right) => {
    const [to, a, b, flags] = [out.values, left.values, right.values, out.atLeast]
    let some = false
    for (let i = 0; i < to.length; i++) {
      const divisor = b[i]!
      if (divisor !== 0) {
        to[i] = finite(a[i]! / divisor)
        continue
      }
      const dividend = a[i]!
      const bound = first === null || dividend === 0 || isAtLeast(left, i) ? NaN : finite(dividend / first)
      to[i] = bound
      if (Number.isNaN(bound)) continue
      if (!some) flags.fill(0)
      some = true
      flags[i] = 1
    }
    out.someAtLeast = some
    if (!left.someAtLeast && !right.someAtLeast) return
    if (!some) flags.fill(0)
    out.someAtLeast = true
    for (let i = 0; i < to.length; i++) {
      if (isAtLeast(right, i)) {
        to[i] = NaN
        flags[i] = 0
      } else if (isAtLeast(left, i)) {
        if (b[i]! > 0) flags[i] = 1
        else to[i] = NaN
      }
    }
  }
}

export function negateColumn(out: Column, operand: Column): void {
  const [to, from] = [out.values, operand.values]
  for (let i = 0; i < to.length; i++) to[i] = 0 - from[i]!
  out.someAtLeast = false
  if (operand.someAtLeast) for (let i = 0; i < to.length; i++) if (isAtLeast(operand, i)) to[i] = NaN
}

const isAtLeast = ({ someAtLeast, atLeast }: Column, index: number): boolean => someAtLeast && atLeast[index] === 1

/** "At least" on the left stays so beside a plain number; on the right it makes the result unknown. */
function keepOrdered(out: Column, left: Column, right: Column): void {
  out.someAtLeast = left.someAtLeast
  if (!left.someAtLeast && !right.someAtLeast) return
  for (let i = 0; i < out.values.length; i++) {
    const [l, r] = [isAtLeast(left, i), isAtLeast(right, i)]
    if (r) out.values[i] = NaN
    out.atLeast[i] = l && !r ? 1 : 0
  }
}
