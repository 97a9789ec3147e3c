import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bareNumber, currenciesOf, isNotKnown, loneNumber, readNumber, shapeOf } from './number-format.js'

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
    ['1,23,456', '.'],
    ['12,34,56,789.50', '.'],
    ['1.23.456', 'neither'],
    ['1,23,45', 'neither'],
    ['1,2345,678', 'neither'],
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
    ['R$ 1.234,50', ',', 1234.5],
    ['R$1.234,50', ',', 1234.5],
    ['US$1,234.50', '.', 1234.5],
    ['Rp1.250.000', ',', 1250000],
    ['Rp 1.250.000', ',', 1250000],
    ['1 234,50 zł', ',', 1234.5],
    ['12,50 kr', ',', 12.5],
    ['₹1,23,456.50', '.', 123456.5],
    ['Rs. 12,34,567', '.', 1234567],
    ['R 12.50', '.', 12.5],
    ['$-12.50', '.', -12.5],
    ['-US$12.50', '.', -12.5],
    ['12.50 USD', '.', 12.5],
  ] as const)('%s is read', (text, mark, expected) => {
    expect(readNumber(bareNumber(text)!, mark)).toBe(expected)
  })

  it.each(['', ' ', '-', '—'])('%j is blank', (text) => {
    expect([bareNumber(text), isNotKnown(text)]).toEqual([null, false])
  })

  it.each(['N/A', 'n/a ', 'NA', '#N/A', 'null', 'None'])('%j is unknown', (text) => {
    expect([bareNumber(text), isNotKnown(text)]).toEqual([null, true])
  })

  it.each([
    ['R$ 5', ['BRL']],
    ['US$5', ['USD']],
    ['Rp5.000', ['IDR']],
    ['-₺5', ['TRY']],
    ['5 zł', ['PLN']],
    ['5 TRY', ['TRY']],
    ['5', null],
    ['5 apples', null],
    ['Rubles 5', null],
  ])('%s is in %j', (text, expected) => {
    expect(currenciesOf(text)).toEqual(expected)
  })

  it('without a column are only read if they are unambiguous', () => {
    expect(['1,234', '1.234', '1,234.50', '50', 'Using campaign budget'].map((text) => loneNumber(text, false))).toEqual([
      null,
      null,
      1234.5,
      50,
      null,
    ])
    expect(['1,234', '1.234', '12.5'].map((text) => loneNumber(text, true))).toEqual([1234, 1234, 12.5])
  })

  it('are read back as they were written, in either format', () => {
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
