import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseMinor } from './money.js'

describe('money from Meta’s text', () => {
  it('is exact for every whole number of minor units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (minor) => {
        const digits = String(minor).padStart(3, '0')
        expect(parseMinor(`${digits.slice(0, -2)}.${digits.slice(-2)}`, 100)).toBe(minor)
        expect(parseMinor(String(minor), 1)).toBe(minor)
      }),
    )
  })

  it('rounds finer digits to the nearest unit, halves away from zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 999 }), (minor, thousandths) => {
        const digits = String(minor).padStart(3, '0')
        const text = `${digits.slice(0, -2)}.${digits.slice(-2)}${String(thousandths).padStart(3, '0')}`
        expect(parseMinor(text, 100)).toBe(minor + (thousandths >= 500 ? 1 : 0))
        const negative = parseMinor(`-${text}`, 100) ?? Number.NaN
        expect(negative).toBe(0 - (minor + (thousandths >= 500 ? 1 : 0)))
      }),
    )
    expect(parseMinor('1.005', 100)).toBe(101)
    expect(parseMinor('1850.5', 100)).toBe(185_050)
    expect(parseMinor('1850.5', 1)).toBe(1_851)
    expect(Object.is(parseMinor('-0.001', 100), 0)).toBe(true)
  })

  it('is null, and never NaN, for any other text', () => {
    for (const text of ['', ' 1', '1,5', '1.', '.5', '1e3', 'NaN', 'Infinity', '0x10', '١٢', '--1', '90071992547409930.00']) {
      expect(parseMinor(text, 100)).toBeNull()
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const minor = parseMinor(text, 100)
        expect(minor === null || Number.isSafeInteger(minor)).toBe(true)
      }),
    )
  })
})
