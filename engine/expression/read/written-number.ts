/**
 * Numbers as people of different countries write them. The language has a decimal point and no thousands separators. An ambiguous
 * number is never guessed: `1.250` is 1250 to a Turkish reader and 1.25 to an English one.
 */

import type { Fault } from '../../diagnostic/fault.js'
import { isExactIn, minorUnitsPer } from '../../value/currency.js'
import type { Span } from '../syntax.js'

/** Digits with the separators of any country. Within a list, a comma separates items instead. */
export const GROUPED_NUMBER = /\d+(?:[.,]\d+|['’_ \u00a0\u202f]\d{3}(?!\d))+/y
export const GROUPED_NUMBER_OF_LIST = /\d+(?:\.\d+|['’_ \u00a0\u202f]\d{3}(?!\d))+/y

/**
 * Returns what a number with foreign separators may mean, in the language's notation: one or two readings, none if it is not a
 * number.
 */
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

/** Returns `1.25` for `1.250`. Adds a fourth decimal if three are significant, so that the number is no longer ambiguous. */
const shortest = (decimal: string): string => {
  const short = decimal.replace(/\.0*$|(\.\d*?)0+$/, '$1')
  return /\.\d{3}$/.test(short) ? `${short}0` : short
}

/** `unit` is the text after the number, with its space: ` TRY`. */
export function didYouMeanNumber(readings: readonly string[], unit = ''): string | undefined {
  if (readings.length === 0) return undefined
  return `did you mean ${readings.map((reading) => `\`${reading}${unit}\``).join(' or ')}?`
}

/** Whether an amount has exactly three digits after its point, and is not below one. */
export const hasTwoReadings = (text: string): boolean => /^\s*-?\s*0*[1-9]\d*\.\d{3}\s*$/.test(text)

/**
 * Returns the fault of an amount that can be read in two ways, otherwise null. `text` is the number without its unit, possibly with a
 * `-` in front. With a `currency`, the smaller reading is rounded to its decimals.
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

/** Returns the fault of an amount with more decimals than its currency has, otherwise null. */
export function tooPrecise(amount: number, currency: string, span: Span): Fault | null {
  if (isExactIn(amount, currency)) return null
  const units = minorUnitsPer(currency)
  const digits = String(units).length - 1
  const rounded = Math.round(amount * units) / units
  const message = digits === 0 ? `${currency} has no fractions` : `${currency} has only ${digits} decimals`
  const hint = rounded === 0 ? 'round it' : `round it: \`${rounded} ${currency}\``
  return { code: 'too-precise', message, span, hint }
}
