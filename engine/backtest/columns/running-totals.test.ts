import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { withoutNoise } from '../../facts/series.js'
import { RunningTotals } from './running-totals.js'

const DAYS = 6

/** Small integers, large integers, amounts and arbitrary fractions. */
const kinds = [
  fc.integer({ min: -1_000, max: 100_000 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 33 }),
  fc.oneof(
    fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
    fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  ),
  fc.integer({ min: -20_000, max: 20_000 }).map((steps) => steps / 20_000),
]
const numbers = (kind: fc.Arbitrary<number>) => fc.array(kind, { minLength: DAYS, maxLength: DAYS })
const accounts = fc.array(fc.oneof(...kinds.map(numbers)), { minLength: 1, maxLength: 5 })

describe('running totals', () => {
  it('give the sums of all entities between two days, bit by bit the same as a series of one entity', () => {
    fc.assert(
      fc.property(accounts, fc.nat(DAYS), fc.nat(DAYS), (entities, one, other) => {
        const totals = new RunningTotals(entities.length, DAYS)
        for (const [entity, byDay] of entities.entries()) totals.add(entity, Float64Array.from(byDay))
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const before = (byDay: readonly number[], day: number): number =>
          byDay.slice(0, day).reduce((sum, number) => sum + number, 0)
        const sums = new Float64Array(entities.length)
        totals.sum(sums, from, to)
        // The sign of zero does not matter.
        expect([...sums].map((sum) => sum + 0)).toEqual(
          entities.map((byDay) => withoutNoise(before(byDay, to) - before(byDay, from)) + 0),
        )
      }),
      { numRuns: 2_000 },
    )
  })
})
