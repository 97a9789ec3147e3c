/** The comparisons of `expression/evaluate/comparison.ts` on columns of numbers: one truth value per entity. */

import { EQUAL_WITHIN, MIRRORED } from '../../expression/evaluate/comparison.js'
import type { ComparisonOperator } from '../../expression/syntax.js'
import { settleAtLeast } from './at-least.js'
import { type Column, valueAt } from './column.js'
import type { Truths } from './truths.js'

type Judge = (out: Uint8Array, left: Float64Array, right: Float64Array) => void

// One loop per operator, without branches: the outcome of a comparison cannot be predicted from one entity to the next, and a
// misprediction costs more than the comparison. The upper bit of a truth is "is true", the lower "is not false". Since every
// comparison with NaN is false, an unknown number gives an unknown truth. "More than a fraction of the larger number" is written as
// "more than that fraction of both", which needs no branch either.
const above: Judge = (out, left, right) => {
  for (let i = 0; i < out.length; i++) {
    const a = left[i]!
    const b = right[i]!
    const difference = a - b
    const ofA = EQUAL_WITHIN * Math.abs(a)
    const ofB = EQUAL_WITHIN * Math.abs(b)
    const is = Number(difference > ofA) & Number(difference > ofB)
    const isNot = Number(difference <= ofA) | Number(difference <= ofB)
    out[i] = (is << 1) | (isNot ^ 1)
  }
}

const notBelow: Judge = (out, left, right) => {
  for (let i = 0; i < out.length; i++) {
    const a = left[i]!
    const b = right[i]!
    const lack = b - a
    const ofA = EQUAL_WITHIN * Math.abs(a)
    const ofB = EQUAL_WITHIN * Math.abs(b)
    const is = Number(lack <= ofA) | Number(lack <= ofB)
    const isNot = Number(lack > ofA) & Number(lack > ofB)
    out[i] = (is << 1) | (isNot ^ 1)
  }
}

const equal: Judge = (out, left, right) => {
  for (let i = 0; i < out.length; i++) {
    const a = left[i]!
    const b = right[i]!
    const distance = Math.abs(a - b)
    const ofA = EQUAL_WITHIN * Math.abs(a)
    const ofB = EQUAL_WITHIN * Math.abs(b)
    const is = Number(distance <= ofA) | Number(distance <= ofB)
    const isNot = Number(distance > ofA) & Number(distance > ofB)
    out[i] = (is << 1) | (isNot ^ 1)
  }
}

const different: Judge = (out, left, right) => {
  for (let i = 0; i < out.length; i++) {
    const a = left[i]!
    const b = right[i]!
    const distance = Math.abs(a - b)
    const ofA = EQUAL_WITHIN * Math.abs(a)
    const ofB = EQUAL_WITHIN * Math.abs(b)
    const is = Number(distance > ofA) & Number(distance > ofB)
    const isNot = Number(distance <= ofA) | Number(distance <= ofB)
    out[i] = (is << 1) | (isNot ^ 1)
  }
}

const JUDGES: Readonly<Record<ComparisonOperator, Judge>> = {
  '>': above,
  '>=': notBelow,
  '<': (out, left, right) => {
    above(out, right, left)
  },
  '<=': (out, left, right) => {
    notBelow(out, right, left)
  },
  '=': equal,
  '!=': different,
}

export function compareColumns(operator: ComparisonOperator, out: Truths, left: Column, right: Column): void {
  JUDGES[operator](out.bytes, left.values, right.values)
  if (left.someAtLeast) settleAtLeast(operator, out, left, (i) => valueAt(right, i))
  if (right.someAtLeast) settleAtLeast(MIRRORED[operator], out, right, (i) => valueAt(left, i))
}
