/**
 * Numbers as people of different countries write them. Here the point is the decimal mark and nothing groups digits; what may
 * mean something else is never guessed: `1.250` is 1250 to a Turkish reader and 1.25 to an English one.
 */

import type { Fault } from '../../diagnostic/fault.js'
import { isExactIn, minorUnitsPer } from '../../value/currency.js'
import type { Span } from '../syntax.js'

/** Digits with marks that group them or separate decimals somewhere; a comma between two digits may also divide a list. */
export const GROUPED_NUMBER = /\d+(?:[.,]\d+|['’_ \u00a0\u202f]\d{3}(?!\d))+/y
export const GROUPED_NUMBER_OF_LIST = /\d+(?:\.\d+|['’_ \u00a0\u202f]\d{3}(?!\d))+/y

/** What a number with foreign marks may mean, as it is written here: one reading or two, or none where it is no number. */
export function readingsOf(written: string): readonly string[] {
  const digits = written.replace(/['’_\s]/g, '')
  const marks = [...digits.matchAll(/[.,]/g)].map(([mark]) => mark)
  const last = digits.search(/[.,]\d*$/)
  if (marks.length === 0) return [digits]
  const whole = digits.slice(0, last).replace(/[.,]/g, '')
  const behind = digits.slice(last + 1)
  const isMixed = new Set(marks).size > 1
  if (marks.length > 1 && isMixed) return marks.filter((mark) => mark === marks.at(-1)).length === 1 ? [`${whole}.${behind}`] : []
  if (marks.length > 1) return behind.length === 3 ? [whole + behind] : []
  if (behind.length !== 3 || Number(whole) === 0) return [`${whole}.${behind}`]
  return [whole + behind, shortest(`${whole}.${behind}`)]
}

/** `1.25` for `1.250`; with a fourth digit where three say something, so that it can be read in one way only. */
const shortest = (decimal: string): string => {
  const short = decimal.replace(/\.0*$|(\.\d*?)0+$/, '$1')
  return /\.\d{3}$/.test(short) ? `${short}0` : short
}

/** `unit` is the text after the number, with its space: ` TRY`. */
export function didYouMeanNumber(readings: readonly string[], unit = ''): string | undefined {
  if (readings.length === 0) return undefined
  return `did you mean ${readings.map((reading) => `\`${reading}${unit}\``).join(' or ')}?`
}

/** Whether an amount with a point has exactly three digits behind it, and something before. */
export const hasTwoReadings = (text: string): boolean => /^\s*-?\s*0*[1-9]\d*\.\d{3}\s*$/.test(text)

/**
 * The fault of an amount that can be read in two ways, or null. `text` is its number alone; a `-` in front is allowed. If it is
 * counted in a `currency`, the smaller reading is offered as that can hold it.
 */
export function twoReadings(text: string, unit: string, span: Span, currency: string | null = null): Fault | null {
  if (!hasTwoReadings(text)) return null
  const [, sign, number] = /^(-?)\s*(.*)$/.exec(text.trim())!
  const [whole, decimal] = readingsOf(number!) as [string, string]
  const units = currency === null ? null : minorUnitsPer(currency)
  const smaller = units === null ? decimal : shortest(String(Math.round(Number(decimal) * units) / units))
  const hint = didYouMeanNumber([`${sign!}${whole}`, `${sign!}${smaller}`], unit)!
  return { code: 'ambiguous-amount', message: `\`${text.trim()}\` can be read in two ways`, span, hint }
}

/** The fault of an amount that its currency cannot hold to the last digit, or null. */
export function tooPrecise(amount: number, currency: string, span: Span): Fault | null {
  if (isExactIn(amount, currency)) return null
  const units = minorUnitsPer(currency)
  const digits = String(units).length - 1
  const rounded = Math.round(amount * units) / units
  const message =
    digits === 0 ? `${currency} has no fractions` : `${currency} is not counted that finely: it has ${digits} decimals`
  const hint = rounded === 0 ? 'round it' : `round it: \`${rounded} ${currency}\``
  return { code: 'too-precise', message, span, hint }
}
