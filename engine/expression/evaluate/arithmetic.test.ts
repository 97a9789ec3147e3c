import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AtLeast, Unknown, type Value } from '../../value/value.js'
import type { ComparisonOperator } from '../syntax.js'
import { add, divide, multiply, negate, subtract } from './arithmetic.js'
import { compare } from './comparison.js'

const unknown = new Unknown('no rows')
const atLeast = (bound: number): AtLeast => new AtLeast(bound)

describe('a ratio over zero', () => {
  it('is at least its numerator if the divisor is a count', () => {
    expect(divide(60, 0, 1)).toEqual(atLeast(60))
    expect(divide(60, 0, 1)).not.toBeInstanceOf(Unknown)
  })

  it('uses the value that the divisor has once the first one is counted', () => {
    expect(divide(60, 0, 2)).toEqual(atLeast(30))
  })

  it('is unknown if the numerator is negative: a loss over no orders may still become a gain', () => {
    expect(divide(-500, 0, 1)).toBeInstanceOf(Unknown)
    expect(divide(-1e-9, 0, 2)).toBeInstanceOf(Unknown)
    expect(compare('<', divide(-500, 0, 1), -50)).toBeNull()
    expect(compare('>', divide(-500, 0, 1), -600)).toBeNull()
  })

  it('is unknown if the numerator is zero too, or the divisor is a zero that is not a count', () => {
    expect(divide(0, 0, 1)).toBeInstanceOf(Unknown)
    expect(divide(60, 0, null)).toBeInstanceOf(Unknown)
    expect(divide(0, 0, null)).toBeInstanceOf(Unknown)
  })

  it('is an ordinary ratio over anything else', () => {
    expect(divide(60, 2, 1)).toBe(30)
    expect(divide(60, 2, null)).toBe(30)
  })
})

describe('at least', () => {
  it.each<[string, Value, Value]>([
    ['times a positive number', multiply(atLeast(60), 2), atLeast(120)],
    ['a positive number times it', multiply(2, atLeast(60)), atLeast(120)],
    ['divided by a positive number', divide(atLeast(60), 2, null), atLeast(30)],
    ['divided by a count that is not zero', divide(atLeast(60), 3, 1), atLeast(20)],
    ['plus a known number', add(atLeast(60), -5), atLeast(55)],
    ['a known number plus it', add(5, atLeast(60)), atLeast(65)],
    ['minus a known number', subtract(atLeast(60), 5), atLeast(55)],
  ])('remains "at least": %s', (_, value, expected) => {
    expect(value).toEqual(expected)
  })

  it.each<[string, Value]>([
    ['times zero', multiply(atLeast(60), 0)],
    ['times a negative number', multiply(atLeast(60), -1)],
    ['divided by zero', divide(atLeast(60), 0, 1)],
    ['divided by a negative number', divide(atLeast(60), -2, null)],
    ['below a known number', divide(60, atLeast(2), 1)],
    ['taken from a known number', subtract(60, atLeast(5))],
    ['negated', negate(atLeast(60))],
    ['plus another', add(atLeast(60), atLeast(1))],
    ['minus another', subtract(atLeast(60), atLeast(1))],
    ['times another', multiply(atLeast(60), atLeast(2))],
    ['over another', divide(atLeast(60), atLeast(2), null)],
    ['plus an unknown', add(atLeast(60), unknown)],
  ])('becomes unknown: %s', (_, value) => {
    expect(value).toBeInstanceOf(Unknown)
  })
})

describe('arithmetic', () => {
  it('keeps the reason of the first unknown operand', () => {
    expect(add(1, unknown)).toBe(unknown)
    expect(multiply(unknown, new Unknown('other'))).toBe(unknown)
    expect(divide(unknown, 0, 1)).toBe(unknown)
    expect(negate(unknown)).toBe(unknown)
  })

  it('never returns infinity or NaN', () => {
    const anything = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1e308, -1e308, 5e-324))
    fc.assert(
      fc.property(anything, anything, fc.boolean(), (left, right, overCount) => {
        fc.pre(Number.isFinite(left) && Number.isFinite(right))
        for (const value of [
          add(left, right),
          subtract(left, right),
          multiply(left, right),
          divide(left, right, overCount ? 1 : null),
        ]) {
          const number = value instanceof AtLeast ? value.bound : value
          expect(number instanceof Unknown || Number.isFinite(number)).toBe(true)
        }
      }),
    )
  })
})

/**
 * The meaning of "at least": the first conversion may come at any spend from today's on. A result that is true or false now must
 * then be the same, whatever arithmetic is applied to the cost.
 */
describe('a known result about a cost without results', () => {
  type Step = { readonly kind: '*' | '/' | '+' | '-'; readonly by: number }
  const apply = (value: Value, { kind, by }: Step): Value =>
    kind === '*'
      ? multiply(value, by)
      : kind === '/'
        ? divide(value, by, null)
        : kind === '+'
          ? add(value, by)
          : subtract(value, by)
  const step = fc.record({
    kind: fc.constantFrom('*' as const, '/' as const, '+' as const, '-' as const),
    by: fc.integer({ min: -5, max: 9 }),
  })
  const operator = fc.constantFrom<ComparisonOperator>('>', '>=', '<', '<=', '=', '!=')

  it('is right for every spend at which the first result may come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.array(step, { maxLength: 4 }),
        operator,
        fc.integer({ min: -2000, max: 4000 }),
        (spent, more, steps, compared, threshold) => {
          const now = steps.reduce<Value>(apply, divide(spent, 0, 1))
          const then = steps.reduce<Value>(apply, divide(spent + more, 1, 1))
          const answer = compare(compared, now, threshold)
          if (answer !== null) expect(answer).toBe(compare(compared, then, threshold))
          const mirrored = compare(compared, threshold, now)
          if (mirrored !== null) expect(mirrored).toBe(compare(compared, threshold, then))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('is returned whenever one more cent could not change it', () => {
    expect(compare('>', atLeast(60), 50)).toBe(true)
    expect(compare('>', atLeast(60), 90)).toBeNull()
    expect(compare('<', atLeast(60), 50)).toBe(false)
    expect(compare('<', atLeast(60), 90)).toBeNull()
  })
})
