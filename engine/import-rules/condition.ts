/**
 * Converts Meta's filters to lines of a condition. If a filter cannot be converted, the whole rule is not imported: without the
 * filter it would act on more than before.
 */

import { hasTwoReadings } from '../expression/read/written-number.js'
import { minorUnitsPer } from '../value/currency.js'
import { type Filter, numberOf, textsOf } from './ad-rule.js'
import { type TranslatedField, translateField, translateWindow } from './fields.js'

export interface TranslatedCondition {
  readonly lines: readonly TranslatedLine[]
  readonly notes: readonly string[]
  readonly faults: readonly string[]
}

export interface TranslatedLine {
  /** Alternatives: the line is true if one of them is. */
  readonly any: readonly string[]
  /** Whether the line is under `not:`; then it has only one alternative. */
  readonly negated: boolean
}

/** @param preset Meta's time preset; null if the rule has none */
export function translateFilters(filters: readonly Filter[], preset: string | null, currency: string): TranslatedCondition {
  const lines: TranslatedLine[] = []
  const [notes, faults] = [new Set<string>(), new Set<string>()]
  for (const filter of filters) {
    const field = translateField(filter.field)
    if (field === null) {
      faults.add(`\`${filter.field}\` has no equivalent`)
      continue
    }
    const window = preset === null ? null : translateWindow(preset)
    if (field.windowed && window === null) {
      faults.add(preset === null ? 'it has no time preset' : `the time preset ${preset} has no equivalent`)
      continue
    }
    const translated = translateFilter(filter, field, currency)
    if (translated === null) {
      faults.add(`\`${filter.field} ${filter.operator} ${JSON.stringify(filter.value)}\` has no equivalent`)
      continue
    }
    if (field.note !== undefined) notes.add(field.note)
    const any = translated.any.map((text) => text.replaceAll('<w>', window ?? ''))
    // Not (a or b) is: not a, and not b.
    if (translated.negated) lines.push(...any.map((text) => ({ any: [text], negated: true })))
    else lines.push({ any, negated: false })
  }
  return { lines, notes: [...notes], faults: [...faults] }
}

const COMPARED: Readonly<Record<string, string>> = {
  GREATER_THAN: '>',
  GREATER_THAN_OR_EQUAL: '>=',
  LESS_THAN: '<',
  LESS_THAN_OR_EQUAL: '<=',
  EQUAL: '=',
  NOT_EQUAL: '!=',
}

function translateFilter(
  { operator, value }: Filter,
  { expression, unit }: TranslatedField,
  currency: string,
): TranslatedLine | null {
  const negated = operator.startsWith('NOT_') && operator !== 'NOT_EQUAL'
  const plain = (text: string | null): TranslatedLine | null => (text === null ? null : { any: [text], negated })
  switch (negated ? operator.slice('NOT_'.length) : operator) {
    case 'GREATER_THAN':
    case 'GREATER_THAN_OR_EQUAL':
    case 'LESS_THAN':
    case 'LESS_THAN_OR_EQUAL':
    case 'EQUAL':
    case 'NOT_EQUAL': {
      const right = literal(Array.isArray(value) && value.length === 1 ? value[0] : value, unit, currency)
      return plain(right === null ? null : `${expression} ${COMPARED[operator]} ${right}`)
    }
    case 'IN_RANGE': {
      const [low, high] = (Array.isArray(value) ? value : []).map((one) => literal(one, unit, currency))
      return plain(low == null || high == null ? null : `${expression} between ${low} and ${high}`)
    }
    case 'IN': {
      const items = textsOf(value).map((one) => literal(one, unit, currency))
      if (items.length === 0 || items.some((item) => item === null)) return null
      return plain(items.length === 1 ? `${expression} = ${items[0]}` : `${expression} in [${items.join(', ')}]`)
    }
    case 'CONTAIN': {
      // Ads Manager's “contains any of”: the name must contain one of the texts.
      const texts = textsOf(value).filter((text) => text !== '')
      if (unit !== 'text' || texts.length === 0) return null
      return { any: texts.map((text) => `${expression} contains ${quoted(text)}`), negated }
    }
    default:
      return null
  }
}

/** Writes a value of Meta's in the unit of the field: Meta gives money in minor units and rates in per cent. */
function literal(value: unknown, unit: TranslatedField['unit'], currency: string): string | null {
  if (unit === 'text') return typeof value === 'string' || typeof value === 'number' ? quoted(String(value)) : null
  if (unit === 'choice') return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? value : null
  const number = numberOf(value)
  if (number === null || number < 0) return null
  switch (unit) {
    case 'money':
      return sumText(number, currency)
    case 'cost':
      return `${inOneWay(number / minorUnitsPer(currency))} ${currency}`
    case 'count':
      return inOneWay(number)
    case 'percentage':
      return `${plainNumber(number)}%`
    case 'share':
      return plainNumber(number / 100)
    case 'hours':
      return number % 24 === 0 && number > 0 ? `${number / 24}d` : `${plainNumber(number)}h`
    default:
      return plainNumber(number)
  }
}

/** Writes an amount given in minor units, rounded to whole ones. */
export const sumText = (minor: number, currency: string): string =>
  `${plainNumber(Math.round(minor) / minorUnitsPer(currency))} ${currency}`

/** Adds a fourth decimal if three could be mistaken for thousands: `12.5050`. */
function inOneWay(number: number): string {
  const text = plainNumber(number)
  return hasTwoReadings(text) ? `${text}0` : text
}

/** Writes a number without an exponent, since rules have none. */
export const plainNumber = (number: number): string => {
  const text = String(Math.round(number * 1e6) / 1e6)
  return text.includes('e') ? number.toFixed(0) : text
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
