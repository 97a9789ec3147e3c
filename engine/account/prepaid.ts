/** What is left of an account that is paid for beforehand: Meta says it in a text alone. */

import { minorUnitsPer } from '../value/currency.js'

/** Meta's type of funding for a balance that was paid beforehand. Source: Marketing API, `funding_source_details`. */
export const PREPAID = 20

/**
 * The amount within a text such as `Available Balance (₺1,234.56 TRY)` or `Kullanılabilir Bakiye (₺1.234,56 TRY)`, in minor units.
 * Null where there is no amount, or more than one: it is then not known.
 */
export function prepaidLeft(text: string | null, currency: string): number | null {
  const amounts = text?.match(/[-−]?\s?\p{Sc}?\s?\d[\d.,'’\u00a0\u202f ]*/gu) ?? []
  const [amount] = amounts
  if (amount === undefined || amounts.length > 1) return null
  const sign = /^[-−]/.test(amount) ? -1 : 1
  const digits = amount.replace(/[^\d.,]/g, '').replace(/[.,]$/, '')
  const per = minorUnitsPer(currency)
  // The last separator divides the fraction off only where as many digits follow as the currency has.
  const fraction = per === 1 ? null : /[.,](\d{1,2})$/.exec(digits)
  const whole = (fraction === null ? digits : digits.slice(0, -fraction[0].length)).replace(/[.,]/g, '')
  const minor = Number(whole) * per + (fraction === null ? 0 : Number(fraction[1]!.padEnd(2, '0')))
  return Number.isSafeInteger(minor) ? sign * minor : null
}
