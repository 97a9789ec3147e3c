import fc from 'fast-check'
import { expect, it } from 'vitest'

import { prepaidLeft } from './prepaid.js'

it.each([
  ['Available Balance (₺1,234.56 TRY)', 'TRY', 123_456],
  ['Kullanılabilir Bakiye (₺1.234,56 TRY)', 'TRY', 123_456],
  ['Available balance: 12 345,60 €', 'EUR', 1_234_560],
  ['Available Balance ($0.00 USD)', 'USD', 0],
  ['Available Balance (-₺5.00 TRY)', 'TRY', -500],
  ['Available Balance (₺1,234 TRY)', 'TRY', 123_400],
  ['Available Balance (¥1,234 JPY)', 'JPY', 1_234],
  ['Prepaid', 'TRY', null],
  ['VISA *4242 and 3 more', 'TRY', null],
  [null, 'TRY', null],
])('%s (%s) is %s', (text, currency, left) => {
  expect(prepaidLeft(text, currency)).toBe(left)
})

it('the amount is the same whichever separators are used for thousands and decimals', () => {
  fc.assert(
    fc.property(fc.nat(99_999_999), fc.constantFrom('en-US', 'tr-TR', 'de-DE', 'fr-FR', 'de-CH'), (minor, locale) => {
      const amount = (minor / 100).toLocaleString(locale, { minimumFractionDigits: 2 })
      expect(prepaidLeft(`Balance (₺${amount} TRY)`, 'TRY')).toBe(minor)
    }),
  )
})
