/** Money in minor units and back, for data whose currency may not be known. */

import { isCurrency, minorUnitsPer } from './currency.js'

/** Returns the number of minor units in one major unit; 100 if the currency is not known. */
export const minorPerMajor = (currency: string | null): number =>
  currency !== null && isCurrency(currency) ? minorUnitsPer(currency) : 100

/** Returns the number of decimals with which money is shown. */
export const minorDigits = (currency: string | null): number => (minorPerMajor(currency) === 1 ? 0 : 2)

/**
 * Converts an amount to minor units. Fractions are kept down to a ten-thousandth of a minor unit, because some exports have them;
 * smaller rounding errors of floating point are removed.
 */
export const toMinor = (major: number, currency: string | null): number =>
  Math.round(major * minorPerMajor(currency) * 10_000) / 10_000

/** Converts an amount to major units, rounded to a whole minor unit. */
export function toMajor(minor: number, currency: string | null): number {
  const rounded = Math.round(minor) / minorPerMajor(currency)
  return rounded === 0 ? 0 : rounded
}
