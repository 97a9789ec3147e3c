import fc from 'fast-check'
import { expect, it } from 'vitest'

import { divide } from '../../expression/evaluate/arithmetic.js'
import { AtLeast, Unknown, type Value } from '../../value/value.js'
import { divideBy } from './column-arithmetic.js'
import { type Column, createColumn, setValue, valueAt } from './column.js'

const value = fc.oneof(
  { arbitrary: fc.constantFrom<Value>(0, -0, 1, -1, 500, -500, -1e-300), weight: 6 },
  { arbitrary: fc.integer({ min: -1000, max: 1000 }), weight: 2 },
  { arbitrary: fc.integer({ min: 1, max: 1000 }).map((bound) => new AtLeast(bound)), weight: 1 },
  { arbitrary: fc.constant(new Unknown('not known')), weight: 1 },
)

function columnOf(values: readonly Value[]): Column {
  const column = createColumn(values.length)
  for (const [index, one] of values.entries()) setValue(column, index, one)
  return column
}

const plain = (one: Value): unknown =>
  one instanceof Unknown ? null : one instanceof AtLeast ? { atLeast: one.bound } : one === 0 ? 0 : one

it('a division on columns gives the same as the live one, also by a count of zero', () => {
  const pairs = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(pairs, fc.constantFrom(null, 1, 2), (sides, first) => {
      const [left, right] = [sides.map(([one]) => one), sides.map(([, other]) => other)]
      const out = createColumn(sides.length)
      divideBy(first)(out, columnOf(left), columnOf(right))
      const live = sides.map(([one, other]) => plain(divide(one, other, first)))
      expect(sides.map((_, index) => plain(valueAt(out, index)))).toEqual(live)
    }),
    { numRuns: 2_000 },
  )
})
