/** Numbers with units, as the language and the files around it write them. */

import { CURRENCIES, isCurrency } from '../account/currency.js'
import { didYouMean } from '../diagnostic/nearest.js'

export const MILLISECONDS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Longer than any pause, age or pace that is meant; milliseconds of it are exact. */
export const LONGEST_DURATION = 10 * 366 * MILLISECONDS['d']!

export type UnitWord = { kind: 'duration'; milliseconds: number } | { kind: 'currency'; currency: string }

/** The unit that a word after a number names, or null. */
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

/** The code of a currency that is written as a sign or as people abbreviate it. */
export function currencyMeant(word: string): string | null {
  const code = word.toUpperCase()
  if (Object.hasOwn(SIGNS, code)) return SIGNS[code]!
  return isCurrency(code) ? code : null
}

/** What a number with an unknown unit was probably meant to be. */
export function hintForUnit(value: number, word: string): string {
  const currency = currencyMeant(word)
  if (currency !== null) return `did you mean \`${value} ${currency}\`?`
  const long = LONG_UNITS.find(([pattern]) => pattern.test(word))
  if (long !== undefined) return `did you mean \`${long[1](value)}\`?`
  const near = word.length === 3 ? didYouMean(word.toUpperCase(), CURRENCIES) : undefined
  return near ?? 'units are currencies (`120 TRY`), `%`, `d`, `h`, `m` and `s`'
}

/** `20` of `20%` as a ratio, exactly as a decimal is: 1.1 % is 0.011. */
export const ratioOf = (percentText: string): number => Number(`${percentText}e-2`)
