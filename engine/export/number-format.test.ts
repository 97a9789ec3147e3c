import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bareNumber, readNumber, shapeOf } from './number-format.js'

describe('cells with numbers', () => {
  it.each([
    ['12', 'plain'],
    ['-12', 'plain'],
    ['1.5', '.'],
    ['1,5', ','],
    ['1,234.56', '.'],
    ['1.234,56', ','],
    ['1.234', 'ambiguous'],
    ['1,234', 'ambiguous'],
    ['0.125', '.'],
    ['1234.567', '.'],
    ['1.234.567', ','],
    ['1,234,567', '.'],
    ['1,23,456', 'neither'],
    ['1.234,5.6', 'neither'],
    ['12.34.5', 'neither'],
    ['.5', '.'],
    ['5.', 'neither'],
    ['1e5', 'plain'],
    ['1.5E+05', '.'],
    ['abc', 'neither'],
    ['NaN', 'neither'],
    ['Infinity', 'neither'],
  ])('%s has the decimal mark: %s', (text, expected) => {
    expect(shapeOf(bareNumber(text) ?? '')).toBe(expected)
  })

  it.each([
    ['₺1.234,50', ',', 1234.5],
    ['1.234,50 TL', ',', 1234.5],
    ['$1,234.50', '.', 1234.5],
    ['TRY 12', '.', 12],
    ['1 234,5', ',', 1234.5],
    ['1\u202f234\u00a0567,5', ',', 1234567.5],
    ["1'234.5", '.', 1234.5],
    ['-₺12,5', ',', -12.5],
    ['−12.5', '.', -12.5],
  ] as const)('%s is read', (text, mark, expected) => {
    expect(readNumber(bareNumber(text)!, mark)).toBe(expected)
  })

  it.each(['', ' ', '-', '—', 'N/A', 'null'])('%j holds nothing', (text) => {
    expect(bareNumber(text)).toBeNull()
  })

  it('come back as they were written, in either way', () => {
    const amount = fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100)
    fc.assert(
      fc.property(amount, fc.constantFrom(['en-US', '.'] as const, ['de-DE', ','] as const), (value, [locale, mark]) => {
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(value)
        const bare = bareNumber(text)!
        expect(shapeOf(bare)).toBe(mark)
        expect(readNumber(bare, mark)).toBe(value)
      }),
    )
  })
})
