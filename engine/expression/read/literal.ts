/** Numbers with units, as written in rules and the other files. */

import { didYouMean } from '../../diagnostic/nearest.js'
import { CURRENCIES, isCurrency } from '../../value/currency.js'
import { didYouMeanNumber, hasTwoReadings, readingsOf } from './written-number.js'

export const MILLISECONDS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Longer than any real pause, age or interval; a double still holds its milliseconds exactly. */
export const LONGEST_DURATION = 10 * 366 * MILLISECONDS['d']!

export type UnitWord = { kind: 'duration'; milliseconds: number } | { kind: 'currency'; currency: string }

/** Returns the unit that a word after a number names; null if it is not a unit. */
export function unitNamed(word: string): UnitWord | null {
  const milliseconds = Object.hasOwn(MILLISECONDS, word) ? MILLISECONDS[word] : undefined
  if (milliseconds !== undefined) return { kind: 'duration', milliseconds }
  return isCurrency(word) ? { kind: 'currency', currency: word } : null
}

const SIGNS: Readonly<Record<string, string>> = {
  '₺': 'TRY',
  TL: 'TRY',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₴': 'UAH',
  '₹': 'INR',
}

const LONG_UNITS: readonly (readonly [RegExp, (count: number) => string])[] = [
  [/^(s|secs?|seconds?|sn|saniye)$/i, (count) => `${count}s`],
  [/^(m|mins?|minutes?|dk|dakika)$/i, (count) => `${count}m`],
  [/^(h|hrs?|hours?|saat)$/i, (count) => `${count}h`],
  [/^(d|days?|gün|gun)$/i, (count) => `${count}d`],
  [/^(w|weeks?|hafta)$/i, (count) => `${count * 7}d`],
  [/^(months?|ay)$/i, (count) => `${count * 30}d`],
  [/^(k|bin)$/i, (count) => `${count * 1000}`],
  [/^(mn|milyon)$/i, (count) => `${count * 1_000_000}`],
  [/^(percent|pct|yüzde)$/i, (count) => `${count}%`],
]

/** Returns the code of a currency that is written as a sign or abbreviation; null if it is not a currency. */
export function currencyMeant(word: string): string | null {
  const code = word.toUpperCase()
  if (Object.hasOwn(SIGNS, code)) return SIGNS[code]!
  return isCurrency(code) ? code : null
}

/** Returns a hint on what a number with an unknown unit was probably meant to be; `text` is the number as written. */
export function hintForUnit(text: string, word: string): string {
  const value = Number(text)
  const currency = currencyMeant(word)
  if (currency !== null) {
    const readings = hasTwoReadings(text) ? readingsOf(text) : [String(value)]
    return didYouMeanNumber(readings, ` ${currency}`)!
  }
  const [, unit, behind] = /^(\S+)(?: (\S+))?$/.exec(word) ?? []
  const exponent = /^e(\d)$/i.exec(unit ?? '')?.[1]
  const long = LONG_UNITS.find(([pattern]) => pattern.test(unit ?? ''))
  const meant = exponent === undefined ? long?.[1](value) : String(value * 10 ** Number(exponent))
  if (meant !== undefined) return `did you mean \`${meant}${behind === undefined ? '' : ` ${currencyMeant(behind)}`}\`?`
  const near = word.length === 3 ? didYouMean(word.toUpperCase(), CURRENCIES) : undefined
  return near ?? 'units are currencies (`120 TRY`), `%`, `d`, `h`, `m` and `s`'
}

/** Returns a bare number as a percentage: below 1 it is a ratio (`0.9` is `90%`), otherwise a percentage (`1.5` is `1.5%`). */
export function percentageMeant(value: number): string {
  const isRatio = value !== 0 && Math.abs(value) < 1
  return `${Number((isRatio ? value * 100 : value).toPrecision(12))}%`
}

/** Returns a percentage as a ratio, without rounding errors: `1.1` becomes 0.011. */
export const ratioOf = (percentText: string): number => Number(`${percentText}e-2`)
