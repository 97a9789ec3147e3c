import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compare } from '../../expression/evaluate/comparison.js'
import { AtLeast, Unknown, type Value } from '../../value/value.js'
import { compareColumns } from './column-comparison.js'
import { type Column, createColumn, setValue } from './column.js'
import { compareWithLimit, limitOf } from './limit-per-day.js'
import { createTruths, numberOfTruth } from './truths.js'

const OPERATORS = ['>', '>=', '<', '<=', '=', '!='] as const

const steps = fc.integer({ min: -3, max: 3 })
const amounts = fc.oneof(
  fc.constantFrom(0, -0, 1, 0.1, 132, -132, 16_000, 1e-300, 5e-324, 1e15, 1.7e308, -1.7e308),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

/** Numbers around the limits of "equal", and numbers far from them. */
const near = (limit: number): fc.Arbitrary<number> =>
  fc.oneof(
    amounts,
    fc.constantFrom(limit, -limit),
    fc
      .tuple(fc.constantFrom(-1, 0, 1), steps)
      .map(([side, step]) => limit * (1 + side * 1e-12) + step * Math.abs(limit) * Number.EPSILON)
      .filter(Number.isFinite),
  )

const values = (limit: number): fc.Arbitrary<Value> =>
  fc.oneof(
    { arbitrary: near(limit), weight: 8 },
    { arbitrary: fc.constant(new Unknown('not known')), weight: 1 },
    { arbitrary: near(limit).map((bound) => new AtLeast(bound)), weight: 1 },
  )

const cases = amounts.chain((limit) =>
  fc.record({
    limit: fc.constant(limit),
    left: fc.array(values(limit), { minLength: 1, maxLength: 9 }),
    right: fc.array(values(limit), { minLength: 9, maxLength: 9 }),
  }),
)

function columnOf(values: readonly Value[]): Column {
  const column = createColumn(values.length)
  for (const [index, value] of values.entries()) setValue(column, index, value)
  return column
}

describe('a comparison on columns', () => {
  it('with a fixed number gives the same as the live evaluator', () => {
    fc.assert(
      fc.property(cases, ({ limit, left }) => {
        const out = createTruths(left.length)
        for (const operator of OPERATORS) {
          compareWithLimit(operator, out, columnOf(left), limitOf(limit))
          expect([...out.bytes], operator).toEqual(left.map((value) => numberOfTruth(compare(operator, value, limit))))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('of two columns gives the same as the live evaluator', () => {
    fc.assert(
      fc.property(cases, ({ left, right }) => {
        const out = createTruths(left.length)
        for (const operator of OPERATORS) {
          compareColumns(operator, out, columnOf(left), columnOf(right.slice(0, left.length)))
          expect([...out.bytes], operator).toEqual(
            left.map((value, index) => numberOfTruth(compare(operator, value, right[index]!))),
          )
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
