/** Insights give money in the major unit as decimal text; we keep whole minor units, converted without floating point. */

/**
 * `parseMinor('47.23', 100)` returns 4723. Further digits are rounded to the nearest minor unit, halves away from zero. Returns
 * null if the text is not a plain decimal number, or the amount is too large to be exact.
 *
 * @param minorPerMajor 100, or 1 for currencies without a minor unit at Meta
 */
export function parseMinor(text: string, minorPerMajor: number): number | null {
  const parts = /^(-?)(\d{1,20})(?:\.(\d{1,40}))?$/.exec(text)
  if (parts === null) return null
  const [, sign, whole = '', fraction = ''] = parts
  const digits = String(minorPerMajor).length - 1
  const kept = BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits))
  const next = fraction.charAt(digits)
  const minor = Number(next !== '' && next >= '5' ? kept + 1n : kept)
  if (!Number.isSafeInteger(minor)) return null
  return minor === 0 ? 0 : sign === '-' ? -minor : minor
}
