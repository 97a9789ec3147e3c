/** Formats values for messages, in Turkish or English. Money and numbers are formatted by Intl. */

import { DAY, HOUR, MINUTE } from '../clock/zone.js'
import { isCurrency, minorUnitsPer } from '../value/currency.js'
import type { UnitKind } from '../value/unit.js'
import { AtLeast, Unknown, type Value } from '../value/value.js'

export type Language = 'tr' | 'en'

/** A value with its unit: money in the account's minor units, percentages as ratios, durations in milliseconds. */
export interface ValueWithUnit {
  readonly value: Value
  readonly unit: UnitKind
}

export interface TextOptions {
  readonly language: Language
  /** The account's currency; null if not known, in which case money is a plain number. */
  readonly currency: string | null
}

export const LOCALES: Readonly<Record<Language, string>> = { tr: 'tr-TR', en: 'en-US' }

const WORDS = {
  tr: { unknown: 'bilinmiyor', atLeast: 'en az', yes: 'evet', no: 'hayır' },
  en: { unknown: 'unknown', atLeast: 'at least', yes: 'yes', no: 'no' },
} as const

/** Returns a value as part of a sentence: `₺333,33`, `%12,3`, `en az ₺60,00`, `bilinmiyor`. */
export function valueText({ value, unit }: ValueWithUnit, options: TextOptions): string {
  const words = WORDS[options.language]
  if (value instanceof Unknown) return words.unknown
  if (value instanceof AtLeast) return `${words.atLeast} ${valueText({ value: value.bound, unit }, options)}`
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'string') return value
  if (!Number.isFinite(value)) return words.unknown
  switch (unit) {
    case 'money':
      return moneyText(value, options)
    case 'percentage':
      return percentageText(value, options.language)
    case 'duration':
      return durationText(value, options.language)
    case 'count':
      return numberText(value, options.language, 0)
    default:
      return numberText(value, options.language, 2)
  }
}

/**
 * Returns money of the account: `₺333,33` in Turkish. `amount` is in minor units and may have a fraction, as costs do.
 *
 * @param form `digits` are decimals, absent for as many as the currency has; `narrowSymbol` writes ₺ in English too
 */
export function moneyText(
  amount: number,
  { language, currency }: TextOptions,
  { digits, sign = 'symbol' }: { readonly digits?: number; readonly sign?: 'symbol' | 'narrowSymbol' } = {},
): string {
  const minorUnits = currency !== null && isCurrency(currency) ? minorUnitsPer(currency) : 100
  const major = amount / minorUnits
  if (currency === null) return numberText(major, language, digits ?? 2)
  // Intl would show decimals for some currencies that have no minor unit at Meta.
  const shown = minorUnits === 1 ? 0 : digits
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'currency',
    currency,
    currencyDisplay: sign,
    ...(shown === undefined ? {} : { minimumFractionDigits: shown, maximumFractionDigits: shown }),
  }).format(major === 0 ? 0 : major)
}

/** Returns `%12,3` in Turkish, `12.3%` in English. Below 10% there is a second decimal: a click rate of 1.54% is not 1.5%. */
export function percentageText(ratio: number, language: Language): string {
  const maximumFractionDigits = Math.abs(ratio) < 0.1 ? 2 : 1
  return new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits }).format(ratio === 0 ? 0 : ratio)
}

export const numberText = (value: number, language: Language, maximumFractionDigits: number): string =>
  new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits }).format(value === 0 ? 0 : value)

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1000],
] as const

/** Returns a duration in its two largest units: `2 saat 30 dakika`, `3 days 4 hours`. */
export function durationText(milliseconds: number, language: Language): string {
  // Durations of an hour or more are rounded to minutes.
  const step = Math.abs(milliseconds) < HOUR ? 1000 : MINUTE
  let rest = Math.round(Math.abs(milliseconds) / step) * step
  const sign = milliseconds < 0 && rest > 0 ? '-' : ''
  const first = UNITS.findIndex(([, length]) => rest >= length)
  if (first === -1) return unitText(0, 'minute', language)
  const parts: string[] = []
  for (const [unit, length] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) parts.push(unitText(count, unit, language))
  }
  return sign + parts.join(' ')
}

const unitText = (count: number, unit: string, language: Language): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay: 'long' }).format(count)

/** Returns day and time of an instant in a time zone: `11 Mar 2026 08:00`, in English `Mar 11, 2026, 08:00`. */
export const instantText = (instant: number, zone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
    hourCycle: 'h23',
  }).format(instant)
