import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AtLeast, type Truth, Unknown, type Value } from '../../value/value.js'
import type { Comparison, ComparisonOperator, Expression } from '../syntax.js'
import { compare, judgeOf } from './comparison.js'

const OPERATORS: readonly ComparisonOperator[] = ['>', '>=', '<', '<=', '=', '!=']
const atLeast60 = new AtLeast(60)
const unknown = new Unknown('no rows')
const subject: Expression = { kind: 'number', value: 0, span: { start: 0, end: 0 }, unit: { kind: 'number' } }
const judge = (comparison: Comparison, left: Value, right: readonly Value[] = []): Truth => judgeOf(comparison)({ left, right })

describe('comparisons', () => {
  it.each<[ComparisonOperator, [below: Truth, at: Truth, above: Truth]]>([
    // compared with 50, 60 and 70
    ['>', [true, null, null]],
    ['>=', [true, true, null]],
    ['<', [false, false, null]],
    ['<=', [false, null, null]],
    ['=', [false, null, null]],
    ['!=', [true, null, null]],
  ])('of `at least 60` by %s are known only if every value from 60 on gives the same', (operator, expected) => {
    expect([50, 60, 70].map((right) => compare(operator, atLeast60, right))).toEqual(expected)
  })

  it('are the same with both sides exchanged', () => {
    const mirrored = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '=': '=', '!=': '!=' } as const
    const value = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: -5, max: 5 }).map((bound) => new AtLeast(bound)),
    )
    fc.assert(
      fc.property(value, value, fc.constantFrom(...OPERATORS), (left, right, operator) => {
        expect(compare(operator, left, right)).toBe(compare(mirrored[operator], right, left))
      }),
    )
  })

  it('with an unknown side are unknown', () => {
    for (const operator of OPERATORS) {
      expect(compare(operator, unknown, 1)).toBeNull()
      expect(compare(operator, 'a', unknown)).toBeNull()
      expect(compare(operator, atLeast60, new AtLeast(1))).toBeNull()
    }
  })

  it('ignore floating-point errors', () => {
    expect(compare('>=', 13200, 1.1 * 12000)).toBe(true)
    expect(compare('>', 1.1 * 12000, 13200)).toBe(false)
    expect(compare('=', 0.1 + 0.2, 0.3)).toBe(true)
    expect(compare('>', 12000.01, 12000)).toBe(true)
    expect(compare('=', 0, 1e-300)).toBe(false)
  })

  it('of texts depend on case, but not on how an accent or a space was typed', () => {
    expect(compare('=', 'TR  | Yaz ', 'TR | Yaz')).toBe(true)
    expect(compare('=', 'Yaz', 'Yaz')).toBe(true)
    expect(compare('=', 'yaz', 'Yaz')).toBe(false)
    expect(compare('=', 'gu\u0308nlu\u0308k', 'günlük')).toBe(true)
    expect(compare('!=', 'gu\u0308nlu\u0308k', 'günlük')).toBe(false)
  })
})

describe('between', () => {
  const comparison: Comparison = { kind: 'between', subject, low: subject, high: subject }

  it('includes both ends', () => {
    expect([49, 50, 55, 60, 61].map((left) => judge(comparison, left, [50, 60]))).toEqual([false, true, true, true, false])
  })

  it('is false if one end decides it, and unknown if neither does', () => {
    expect(judge(comparison, atLeast60, [10, 50])).toBe(false)
    expect(judge(comparison, atLeast60, [10, 90])).toBeNull()
    expect(judge(comparison, 5, [10, unknown])).toBe(false)
    expect(judge(comparison, 15, [10, unknown])).toBeNull()
    expect(judge(comparison, unknown, [10, 20])).toBeNull()
  })
})

describe('in', () => {
  const comparison: Comparison = { kind: 'in', subject, items: [subject, subject] }

  it('is true if one item is equal, and false only if all are known to differ', () => {
    expect(judge(comparison, 'ACTIVE', ['PAUSED', 'ACTIVE'])).toBe(true)
    expect(judge(comparison, 'ACTIVE', ['PAUSED', 'DELETED'])).toBe(false)
    expect(judge(comparison, unknown, ['PAUSED', 'ACTIVE'])).toBeNull()
    expect(judge(comparison, atLeast60, [10, 20])).toBe(false)
    expect(judge(comparison, atLeast60, [10, 70])).toBeNull()
  })
})

describe('texts and yes or no', () => {
  it('match a glob as a whole, however accents were typed', () => {
    const matches = (pattern: string, text: Value): Truth => judge({ kind: 'matches', subject, pattern }, text)
    expect(matches('TR | *', 'TR | Summer')).toBe(true)
    expect(matches('TR | *', 'US | Summer')).toBe(false)
    expect(matches('tr*', 'TR | Summer')).toBe(false)
    expect(matches('??', 'ab')).toBe(true)
    expect(matches('*', unknown)).toBeNull()
    expect(matches('.*', 'anything')).toBe(false)
    expect(matches('*a*a*a*a*a*a*a*a*b', 'a'.repeat(5000))).toBe(false)
  })

  it('contain a text as it is written', () => {
    const contains = (text: string, value: Value): Truth => judge({ kind: 'contains', subject, text }, value)
    expect(contains('50%', 'Sale 50% off')).toBe(true)
    expect(contains('sale', 'Sale 50% off')).toBe(false)
    expect(contains('*', 'Sale')).toBe(false)
    expect(contains('x', unknown)).toBeNull()
    expect(contains('sale  50%', 'Sale sale 50% off')).toBe(true)
    expect(contains(' sale', 'wholesale')).toBe(false)
  })

  it('of labels are judged one by one', () => {
    const labels: Expression = {
      kind: 'attribute',
      owner: 'self',
      attribute: 'labels',
      span: subject.span,
      unit: { kind: 'text' },
    }
    const has = (text: string, value: Value): Truth => judge({ kind: 'contains', subject: labels, text }, value)
    expect(has('sale', 'new, sale')).toBe(true)
    expect(has('sale', 'wholesale, new')).toBe(false)
    expect(has('sale', '')).toBe(false)
    expect(has('sale', unknown)).toBeNull()
    const matches = (pattern: string, value: Value): Truth => judge({ kind: 'matches', subject: labels, pattern }, value)
    expect(matches('s*', 'new, sale')).toBe(true)
    expect(matches('*', '')).toBe(false)
  })

  it('are true or false on their own', () => {
    expect([true, false, unknown].map((value) => judge({ kind: 'holds', subject }, value))).toEqual([true, false, null])
  })
})
