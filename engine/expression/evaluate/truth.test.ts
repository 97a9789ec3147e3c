import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Truth } from '../../value/value.js'
import { allOf, anyOf, not } from './truth.js'

const truth = fc.constantFrom<Truth>(true, false, null)

describe('Kleene’s logic', () => {
  it('has his truth tables', () => {
    const all: [Truth, Truth, Truth][] = [
      [true, true, true],
      [true, null, null],
      [true, false, false],
      [null, null, null],
      [null, false, false],
      [false, false, false],
    ]
    for (const [one, other, expected] of all) {
      expect(allOf([one, other])).toBe(expected)
      expect(allOf([other, one])).toBe(expected)
      expect(anyOf([not(one), not(other)])).toBe(not(expected))
    }
    expect([not(true), not(false), not(null)]).toEqual([false, true, null])
  })

  it('never changes a known result when something unknown becomes known', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(truth, fc.boolean()), { maxLength: 6 }), (pairs) => {
        const before = pairs.map(([known]) => known)
        const after = pairs.map(([known, learned]) => known ?? learned)
        for (const fold of [allOf, anyOf]) {
          const answer = fold(before)
          if (answer !== null) expect(fold(after)).toBe(answer)
        }
      }),
    )
  })
})
