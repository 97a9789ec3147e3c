import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AtLeast, Unknown, type Value } from '../../value/value.js'
import type { AggregateFunction } from '../syntax.js'
import { aggregateOver } from './aggregate.js'

const unknown = new Unknown('no rows')
const atLeast = (bound: number): AtLeast => new AtLeast(bound)
const over = (name: AggregateFunction, selected: readonly Value[], own: Value, doubtful: readonly Value[] = []): Value =>
  aggregateOver(name, { selected, doubtful })(own)

describe('functions over the entities that where selects', () => {
  it('count, add up and average', () => {
    expect(over('count', [3, 1, 2], 3)).toBe(3)
    expect(over('sum', [3, 1, 2], 3)).toBe(6)
    expect(over('mean', [3, 1, 2], 3)).toBe(2)
  })

  it('rank the highest first, and equal values equally', () => {
    expect([5, 9, 5, 1].map((own) => over('rank', [5, 9, 5, 1], own))).toEqual([2, 1, 2, 4])
  })

  it('return the share of the others that is lower as the percentile', () => {
    expect([5, 9, 5, 1].map((own) => over('percentile', [5, 9, 5, 1], own))).toEqual([1 / 3, 1, 1 / 3, 0])
    expect(over('percentile', [5], 5)).toBeInstanceOf(Unknown)
  })

  it('say for how many entities something is unknown', () => {
    expect(over('sum', [1, unknown, unknown], 1)).toEqual(new Unknown('of 2 of 3 entities it is not known: no rows'))
    expect(over('count', [1, 2], 1, [3])).toEqual(new Unknown('of 1 entity it is unknown whether `where` selects it'))
  })

  it('ignore unknown entities that cannot change the result', () => {
    expect(over('sum', [1, 2], 1, [0])).toBe(3)
    expect(over('rank', [5, 9], 9, [4, 9])).toBe(1)
    expect(over('rank', [5, 9], 5, [6])).toBeInstanceOf(Unknown)
    expect(over('percentile', [5, 9], 9, [4])).toBeInstanceOf(Unknown)
  })

  it('rank a cost that is only "at least" if its order is certain', () => {
    expect(over('rank', [atLeast(60), 50, 20], atLeast(60))).toBe(1)
    expect(over('rank', [atLeast(60), 50, 20], 50)).toBe(2)
    expect(over('rank', [atLeast(60), 90, 20], atLeast(60))).toBeInstanceOf(Unknown)
    expect(over('rank', [atLeast(60), 90, 20], 90)).toBeInstanceOf(Unknown)
    expect(over('rank', [atLeast(60), atLeast(10)], atLeast(60))).toBeInstanceOf(Unknown)
    expect(over('percentile', [atLeast(60), 50, 20], 50)).toBe(0.5)
    expect(over('percentile', [atLeast(60), 50, 20], atLeast(60))).toBe(1)
  })
})

/**
 * A known result must be right whatever the costs become, whatever the unknown values are, and whichever entities are selected.
 */
it('a known result is right whatever the unknown values turn out to be', () => {
  const number = fc.integer({ min: 0, max: 6 })
  const value = fc.oneof(
    { weight: 5, arbitrary: number.map((each): Value => each) },
    { weight: 1, arbitrary: number.map((each): Value => atLeast(each)) },
    { weight: 1, arbitrary: fc.constant<Value>(unknown) },
  )
  fc.assert(
    fc.property(
      fc.constantFrom<AggregateFunction>('count', 'sum', 'mean', 'rank', 'percentile'),
      fc.array(value, { minLength: 1, maxLength: 5 }),
      fc.array(value, { maxLength: 2 }),
      fc.array(fc.nat({ max: 8 }), { minLength: 7, maxLength: 7 }),
      fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
      (name, selected, doubtful, later, joins) => {
        const answer = over(name, selected, selected[0]!, doubtful)
        if (answer instanceof Unknown) return
        const become = (each: Value, index: number): number =>
          typeof each === 'number' ? each : each instanceof AtLeast ? each.bound + later[index]! : later[index]!
        const turnedOut = [
          ...selected.map(become),
          ...doubtful.map((each, index) => become(each, 5 + index)).filter((_, index) => joins[index]),
        ]
        const so = plain(name, turnedOut, turnedOut[0]!)
        if (answer instanceof AtLeast) expect(so).toBeGreaterThanOrEqual(answer.bound)
        else expect(so).toBe(answer)
      },
    ),
    { numRuns: 3000 },
  )
})

function plain(name: AggregateFunction, values: readonly number[], own: number): number {
  const total = values.reduce((sum, each) => sum + each, 0)
  switch (name) {
    case 'count':
      return values.length
    case 'sum':
      return total
    case 'mean':
      return total / values.length
    case 'rank':
      return 1 + values.filter((each) => each > own).length
    case 'percentile':
      return values.filter((each) => each < own).length / (values.length - 1)
  }
}
