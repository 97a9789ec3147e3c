/** The comparisons of `expression/evaluate-comparison.ts` on columns of numbers: a truth for each entity. */

import { compare } from '../expression/evaluate-comparison.js'
import type { ComparisonOperator } from '../expression/syntax.js'
import { FALSE, numberOfTruth, TRUE, UNKNOWN, valueAt, type Column } from './column.js'

/** Numbers that differ by less than this part of the larger are equal, as in `evaluate-comparison.ts`. */
const EQUAL_WITHIN = 1e-12

const within = (a: number, b: number): number => EQUAL_WITHIN * Math.max(Math.abs(a), Math.abs(b))

type Judge = (out: Uint8Array, left: Float64Array, right: Float64Array) => void

// One loop for each operator, for the processor to run through without a choice to make. A difference with an unknown is NaN,
// which equals nothing, itself included.
const PLAIN: Readonly<Record<ComparisonOperator, Judge>> = {
  '>': (out, a, b) => {
    for (let i = 0; i < out.length; i++) {
      const difference = a[i]! - b[i]!
      out[i] = difference > within(a[i]!, b[i]!) ? TRUE : difference === difference ? FALSE : UNKNOWN
    }
  },
  '>=': (out, a, b) => {
    for (let i = 0; i < out.length; i++) {
      const difference = a[i]! - b[i]!
      out[i] = difference >= -within(a[i]!, b[i]!) ? TRUE : difference === difference ? FALSE : UNKNOWN
    }
  },
  '<': (out, a, b) => {
    for (let i = 0; i < out.length; i++) {
      const difference = a[i]! - b[i]!
      out[i] = difference < -within(a[i]!, b[i]!) ? TRUE : difference === difference ? FALSE : UNKNOWN
    }
  },
  '<=': (out, a, b) => {
    for (let i = 0; i < out.length; i++) {
      const difference = a[i]! - b[i]!
      out[i] = difference <= within(a[i]!, b[i]!) ? TRUE : difference === difference ? FALSE : UNKNOWN
    }
  },
  '=': (out, a, b) => {
    for (let i = 0; i < out.length; i++) {
      const difference = a[i]! - b[i]!
      out[i] = Math.abs(difference) <= within(a[i]!, b[i]!) ? TRUE : difference === difference ? FALSE : UNKNOWN
    }
  },
  '!=': (out, a, b) => {
    for (let i = 0; i < out.length; i++) {
      const difference = a[i]! - b[i]!
      out[i] = Math.abs(difference) <= within(a[i]!, b[i]!) ? FALSE : difference === difference ? TRUE : UNKNOWN
    }
  },
}

export function compareColumns(operator: ComparisonOperator, out: Uint8Array, left: Column, right: Column): void {
  PLAIN[operator](out, left.values, right.values)
  if (!left.someAtLeast && !right.someAtLeast) return
  for (let i = 0; i < out.length; i++) {
    const one = (left.someAtLeast && left.atLeast[i] === 1) || (right.someAtLeast && right.atLeast[i] === 1)
    if (one) out[i] = numberOfTruth(compare(operator, valueAt(left, i), valueAt(right, i)))
  }
}

/** All of two, in place: the smaller. */
export function andInto(out: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < out.length; i++) out[i] = Math.min(out[i]!, other[i]!)
}

/** Any of two, in place: the larger. */
export function orInto(out: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < out.length; i++) out[i] = Math.max(out[i]!, other[i]!)
}
