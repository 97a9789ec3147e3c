import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { ledgerText } from './ledger-text.js'

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
    expect(ledgerText(field, value, { language: 'en', currency: 'TRY' })).toBe(en)
    expect(ledgerText(field, value, { language: 'tr', currency: 'TRY' })).toBe(tr)
  })

  it('of a currency without minor units is whole', () => {
    expect(ledgerText('daily_budget', '2500', { language: 'en', currency: 'JPY' })).toBe('¥2,500')
  })

  test('is never minor units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1e9 }), fc.constantFrom('TRY', 'EUR', null), (minor, currency) => {
        expect(ledgerText('daily_budget', String(minor), { language: 'en', currency })).not.toContain(String(minor))
      }),
    )
  })
})
