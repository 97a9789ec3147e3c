/** Reads the remaining balance of a prepaid account, which Meta gives only as text. */

import { minorUnitsPer } from '../value/currency.js'

/** Meta's funding type for a prepaid balance. Source: Marketing API, `funding_source_details`. */
export const PREPAID = 20

/**
 * Returns the amount in minor units from a text such as `Available Balance (₺1,234.56 TRY)` or `Kullanılabilir Bakiye
 * (₺1.234,56 TRY)`. Null if the text contains no amount, or more than one.
 */
export function prepaidLeft(text: string | null, currency: string): number | null {
  const amounts = text?.match(/[-−]?\s?\p{Sc}?\s?\d[\d.,'’\u00a0\u202f ]*/gu) ?? []
  const [amount] = amounts
  if (amount === undefined || amounts.length > 1) return null
  const sign = /^[-−]/.test(amount) ? -1 : 1
  const digits = amount.replace(/[^\d.,]/g, '').replace(/[.,]$/, '')
  const per = minorUnitsPer(currency)
  // The last separator is a decimal mark only if one or two digits follow it; other separators group thousands.
  const fraction = per === 1 ? null : /[.,](\d{1,2})$/.exec(digits)
  const whole = (fraction === null ? digits : digits.slice(0, -fraction[0].length)).replace(/[.,]/g, '')
  const minor = Number(whole) * per + (fraction === null ? 0 : Number(fraction[1]!.padEnd(2, '0')))
  return Number.isSafeInteger(minor) ? sign * minor : null
}
