/** Money in minor units and back, for data whose currency may not be known. */

import { isCurrency, minorUnitsPer } from './currency.js'

/** Minor units in one major unit. Money of no known currency is counted in hundredths. */
export const minorPerMajor = (currency: string | null): number =>
  currency !== null && isCurrency(currency) ? minorUnitsPer(currency) : 100

/** Digits after the decimal mark that money is shown with. */
export const minorDigits = (currency: string | null): number => (minorPerMajor(currency) === 1 ? 0 : 2)

/**
 * Minor units of an amount in the major unit. Fractions of a minor unit down to a ten-thousandth are kept, for some exports
 * have them; what floating point adds beyond is cut off.
 */
export const toMinor = (major: number, currency: string | null): number =>
  Math.round(major * minorPerMajor(currency) * 10_000) / 10_000

/** The major unit, rounded to the currency's digits. */
export function toMajor(minor: number, currency: string | null): number {
  const rounded = Math.round(minor) / minorPerMajor(currency)
  return rounded === 0 ? 0 : rounded
}
