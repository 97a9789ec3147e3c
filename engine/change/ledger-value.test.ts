import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { decodeValue, encodeValue, type LedgerValue, valueInWords } from './ledger-value.js'

describe('a value of the ledger', () => {
  it.each([
    ['daily_budget', '25503', 'TRY\u00a0255.03', '₺255,03'],
    ['lifetime_budget', '40000', 'TRY\u00a0400.00', '₺400,00'],
    ['bid_amount', '1250', 'TRY\u00a012.50', '₺12,50'],
    ['bid_amount', '', 'unset', 'boş'],
    ['daily_budget', null, 'unset', 'boş'],
    ['status', 'PAUSED', 'PAUSED', 'PAUSED'],
    ['name', '25503', '25503', '25503'],
    ['labels', '["tired","new"]', 'tired, new', 'tired, new'],
    ['labels', '[]', 'none', 'yok'],
  ])('%s %s', (field, value, en, tr) => {
    expect(valueInWords(decodeValue(field, value), { language: 'en', currency: 'TRY' })).toBe(en)
    expect(valueInWords(decodeValue(field, value), { language: 'tr', currency: 'TRY' })).toBe(tr)
  })

  it('has no decimals in a currency without minor units', () => {
    expect(valueInWords(decodeValue('daily_budget', '2500'), { language: 'en', currency: 'JPY' })).toBe('¥2,500')
  })

  test('is never shown in minor units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1e9 }), fc.constantFrom('TRY', 'EUR', null), (minor, currency) => {
        expect(valueInWords(decodeValue('daily_budget', String(minor)), { language: 'en', currency })).not.toContain(
          String(minor),
        )
      }),
    )
  })

  const values: fc.Arbitrary<[string, LedgerValue]> = fc.oneof(
    fc.constantFrom('ACTIVE', 'PAUSED').map((status): [string, LedgerValue] => ['status', { kind: 'status', status }]),
    fc
      .tuple(fc.constantFrom('daily_budget' as const, 'lifetime_budget' as const), fc.nat())
      .map(([field, amount]): [string, LedgerValue] => [field, { kind: 'budget', field, amount }]),
    fc.nat().map((amount): [string, LedgerValue] => ['bid_amount', { kind: 'bid', amount }]),
    fc.string({ minLength: 1 }).map((name): [string, LedgerValue] => ['name', { kind: 'name', name }]),
    fc
      .uniqueArray(fc.string())
      .map((labels): [string, LedgerValue] => ['labels', { kind: 'labels', labels: [...labels].sort() }]),
    fc
      .tuple(fc.string(), fc.option(fc.string()))
      .map(([mark, name]): [string, LedgerValue] => ['copy', { kind: 'copy', mark, name }]),
    fc.constantFrom('bid_amount', 'daily_budget').map((field): [string, LedgerValue] => [field, { kind: 'unset' }]),
  )

  test('is the same after it is stored and read', () => {
    fc.assert(
      fc.property(values, ([field, value]) => {
        expect(decodeValue(field, encodeValue(value))).toEqual(value)
      }),
    )
  })

  it.each([
    ['status', 'ACTIVE'],
    ['daily_budget', '25503'],
    ['bid_amount', ''],
    ['bid_amount', '12.5'],
    ['labels', '["new","tired"]'],
    ['labels', 'not JSON'],
    ['copy', '{"mark":" | copy 1a2b3c4d","name":null}'],
    ['a_later_field', 'anything'],
  ])('stored as %s %s is written back byte for byte', (field, text) => {
    expect(encodeValue(decodeValue(field, text))).toBe(text)
  })
})
