/** Formats a value of an event for a message. JSON does not say what kind of value it is, so that is inferred from its name and form. */

import { parseDay } from '../clock/day.js'
import type { Facts } from '../facts/facts.js'
import { instantText, LOCALES, moneyText, numberText, type TextOptions, valueText } from '../text/value-text.js'
import { isCurrency, minorUnitsPer } from '../value/currency.js'

export interface EventPart {
  readonly kind: 'event'
  /** The value as it is in the event. */
  readonly event: string | number | boolean
  /** The last name of its path. */
  readonly name: string
  /** The `currency` of its object, or of the nearest object around it; null if there is none. */
  readonly currency: string | null
  /** The account's time zone. */
  readonly zone: string
}

const CURRENCY_KEYS = ['currency', 'currency_code', 'currencyCode'] as const

/** Returns null if the event has no value at `path`, or one that a message cannot show. */
export function eventPart(path: readonly string[], facts: Facts): EventPart | null {
  let found: unknown = facts.payload
  let currency: string | null = null
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return null
    currency = currencyIn(found as Readonly<Record<string, unknown>>) ?? currency
    found = (found as Readonly<Record<string, unknown>>)[name]
  }
  const isShown = typeof found === 'string' || typeof found === 'boolean' || (typeof found === 'number' && Number.isFinite(found))
  return isShown
    ? { kind: 'event', event: found as EventPart['event'], name: path.at(-1)!, currency, zone: facts.account.timezone }
    : null
}

function currencyIn(object: Readonly<Record<string, unknown>>): string | null {
  const named = CURRENCY_KEYS.map((key) => (Object.hasOwn(object, key) ? object[key] : undefined))
  return named.find((code): code is string => typeof code === 'string' && isCurrency(code)) ?? null
}

/** Names of numbers that are identifiers, which get no thousands separators: order 1001, not 1.001. */
const NAMES = /(^|[_-])(id|no|nr|number|code|phone|tel|zip|postcode|sku|barcode|ref|reference|year)$|(Id|No|Number|Code|Phone)$/
const AMOUNTS = /total|amount|price|value|revenue|tax|shipping|discount|sum|cost|paid|refund|tutar|fiyat/i
const DECIMAL = /^-?\d{1,15}\.(\d{1,15})$/
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

export function eventText({ event, name, currency, zone }: EventPart, options: TextOptions): string {
  const { language } = options
  if (typeof event === 'boolean') return valueText({ value: event, unit: 'yes-or-no' }, options)
  if (NAMES.test(name)) return String(event)
  const isAmount = currency !== null && AMOUNTS.test(name)
  const decimals = typeof event === 'string' ? DECIMAL.exec(event)?.[1]?.length : undefined
  const number =
    typeof event === 'number' || decimals !== undefined || (isAmount && /^-?\d{1,15}$/.test(event)) ? Number(event) : null
  if (number !== null && isAmount) return moneyText(number * minorUnitsPer(currency), { language, currency })
  if (typeof event === 'number') return numberText(event, language, 6)
  if (number !== null) {
    return new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: decimals!,
      maximumFractionDigits: decimals!,
    }).format(number)
  }
  if (INSTANT.test(event) && !Number.isNaN(Date.parse(event))) return instantText(Date.parse(event), zone, language)
  if (/^\d{4}-\d{2}-\d{2}$/.test(event) && parseDay(event) !== null) {
    return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(event))
  }
  return event
}
