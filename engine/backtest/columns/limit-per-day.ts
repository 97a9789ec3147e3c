/**
 * Comparisons of a column with a number that is the same for all entities and moments (`> 160 TRY`). The result of
 * `expression/evaluate/comparison.ts` changes at only two numbers: where "equal" begins and where "more" begins. They are found once,
 * and then every comparison is one with plain numbers.
 */

import { EQUAL_WITHIN, order } from '../../expression/evaluate/comparison.js'
import type { ComparisonOperator } from '../../expression/syntax.js'
import { settleAtLeast } from './at-least.js'
import type { Column } from './column.js'
import type { Truths } from './truths.js'

export interface Limit {
  readonly value: number
  /** The smallest number that counts as equal to it. */
  readonly equalFrom: number
  /** The smallest number that counts as more. */
  readonly moreFrom: number
}

/** @param value finite */
export function limitOf(value: number): Limit {
  // Search twice as far as "equal" reaches, plus one double, in case that distance rounds to zero.
  const reach = 2 * EQUAL_WITHIN * Math.abs(value)
  const first = rankOf(Math.max(value - reach, -Number.MAX_VALUE)) - 1n
  const last = rankOf(Math.min(value + reach, Number.MAX_VALUE)) + 1n
  return {
    value,
    equalFrom: smallest(first, last, (number) => order(number, value) >= 0),
    moreFrom: smallest(first, last, (number) => order(number, value) > 0),
  }
}

type Judge = (out: Uint8Array, values: Float64Array, limit: Limit) => void

// Without branches, as in `column-comparison.ts`; comparisons with NaN (unknown) are false.
const JUDGES: Readonly<Record<ComparisonOperator, Judge>> = {
  '>': (out, values, { moreFrom }) => {
    fromOn(out, values, moreFrom)
  },
  '>=': (out, values, { equalFrom }) => {
    fromOn(out, values, equalFrom)
  },
  '<': (out, values, { equalFrom }) => {
    below(out, values, equalFrom)
  },
  '<=': (out, values, { moreFrom }) => {
    below(out, values, moreFrom)
  },
  '=': within,
  '!=': outside,
}

export function compareWithLimit(operator: ComparisonOperator, out: Truths, left: Column, limit: Limit): void {
  JUDGES[operator](out.bytes, left.values, limit)
  if (left.someAtLeast) settleAtLeast(operator, out, left, () => limit.value)
}

function fromOn(out: Uint8Array, values: Float64Array, from: number): void {
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!
    out[i] = (Number(value >= from) << 1) | (Number(value < from) ^ 1)
  }
}

function below(out: Uint8Array, values: Float64Array, end: number): void {
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!
    out[i] = (Number(value < end) << 1) | (Number(value >= end) ^ 1)
  }
}

function within(out: Uint8Array, values: Float64Array, { equalFrom, moreFrom }: Limit): void {
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!
    const isNot = Number(value < equalFrom) | Number(value >= moreFrom)
    out[i] = ((Number(value >= equalFrom) & Number(value < moreFrom)) << 1) | (isNot ^ 1)
  }
}

function outside(out: Uint8Array, values: Float64Array, { equalFrom, moreFrom }: Limit): void {
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!
    const is = Number(value < equalFrom) | Number(value >= moreFrom)
    out[i] = (is << 1) | ((Number(value >= equalFrom) & Number(value < moreFrom)) ^ 1)
  }
}

/** Returns the smallest double between two for which `holds` is true; it must be true for all larger ones (binary search). */
function smallest(first: bigint, last: bigint, holds: (number: number) => boolean): number {
  let low = first
  let high = last
  while (low < high) {
    const middle = (low + high) >> 1n
    if (holds(numberOfRank(middle))) high = middle
    else low = middle + 1n
  }
  return numberOfRank(low)
}

const double = new DataView(new ArrayBuffer(8))
const SMALLEST_RANK = -(1n << 63n)

/** Maps doubles to consecutive integers in the same order. The bits of negative doubles count downwards, so they are reversed. */
function rankOf(number: number): bigint {
  double.setFloat64(0, number)
  const bits = double.getBigInt64(0)
  return bits < 0n ? SMALLEST_RANK - bits - 1n : bits
}

function numberOfRank(rank: bigint): number {
  double.setBigInt64(0, rank < 0n ? SMALLEST_RANK - rank - 1n : rank)
  return double.getFloat64(0)
}
