/** Money in minor units: how many of them one major unit has, and back and forth. */

/**
 * Currencies whose minor unit is the major one, as Meta's Marketing API counts them (its "currencies" page, offset 1). All
 * others have 100, also those for which ISO 4217 says otherwise (BHD, JOD).
 */
const OFFSET_ONE = new Set(['CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND'])

/** 100, or 1 for currencies that Meta counts whole. A currency that nobody named counts as one with 100. */
export const minorPerMajor = (currency: string | null): number => (currency !== null && OFFSET_ONE.has(currency) ? 1 : 100)

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
  const perMajor = minorPerMajor(currency)
  const rounded = Math.round(minor) / perMajor
  return rounded === 0 ? 0 : rounded
}

/** Whether this is the code of a currency, going by its form: what Meta accepts changes. */
export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text)
