/** Meta's filters as lines of a condition. A filter left out would make a rule act on more than it did: then there is no rule. */

import { minorUnitsPer } from '../account/currency.js'
import type { Filter } from './ad-rule.js'
import { numberOf, textsOf } from './ad-rule.js'
import { translateField, translateWindow } from './fields.js'
import type { TranslatedField } from './fields.js'

export interface TranslatedCondition {
  /** `negated` lines stand under `not:`. */
  readonly lines: readonly { readonly text: string; readonly negated: boolean }[]
  readonly notes: readonly string[]
  readonly faults: readonly string[]
}

/** @param preset Meta's time preset, or null where the rule has none */
export function translateFilters(filters: readonly Filter[], preset: string | null, currency: string): TranslatedCondition {
  const lines: { text: string; negated: boolean }[] = []
  const [notes, faults] = [new Set<string>(), new Set<string>()]
  for (const filter of filters) {
    const field = translateField(filter.field)
    if (field === null) {
      faults.add(`\`${filter.field}\` has no equal`)
      continue
    }
    const window = preset === null ? null : translateWindow(preset)
    if (field.windowed && window === null) {
      faults.add(preset === null ? 'it has no time preset' : `the time preset ${preset} has no equal`)
      continue
    }
    const line = translateFilter(filter, field, currency)
    if (line === null) {
      faults.add(`\`${filter.field} ${filter.operator} ${JSON.stringify(filter.value)}\` has no equal`)
      continue
    }
    if (field.note !== undefined) notes.add(field.note)
    lines.push({ ...line, text: line.text.replaceAll('<w>', window ?? '') })
  }
  return { lines, notes: [...notes], faults: [...faults] }
}

const COMPARED: Readonly<Record<string, string>> = { GREATER_THAN: '>', LESS_THAN: '<', EQUAL: '=', NOT_EQUAL: '!=' }

function translateFilter(
  { operator, value }: Filter,
  { expression, unit }: TranslatedField,
  currency: string,
): { text: string; negated: boolean } | null {
  const negated = operator.startsWith('NOT_') && operator !== 'NOT_EQUAL'
  const plain = (text: string | null) => (text === null ? null : { text, negated })
  switch (negated ? operator.slice('NOT_'.length) : operator) {
    case 'GREATER_THAN':
    case 'LESS_THAN':
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
      const [text, ...more] = textsOf(value)
      return plain(unit !== 'text' || text === undefined || more.length > 0 ? null : `${expression} contains ${quoted(text)}`)
    }
    default:
      return null
  }
}

/** A value of Meta's in the unit of what it is compared with: money comes in minor units, rates in per cent. */
function literal(value: unknown, unit: TranslatedField['unit'], currency: string): string | null {
  if (unit === 'text') return typeof value === 'string' || typeof value === 'number' ? quoted(String(value)) : null
  if (unit === 'choice') return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? value : null
  const number = numberOf(value)
  if (number === null || number < 0) return null
  switch (unit) {
    case 'money':
      return `${plainNumber(number / minorUnitsPer(currency))} ${currency}`
    case 'percentage':
      return `${plainNumber(number)}%`
    case 'hours':
      return number % 24 === 0 && number > 0 ? `${number / 24}d` : `${plainNumber(number)}h`
    default:
      return plainNumber(number)
  }
}

/** Without an exponent, which no rule knows. */
export const plainNumber = (number: number): string => {
  const text = String(Math.round(number * 1e6) / 1e6)
  return text.includes('e') ? number.toFixed(0) : text
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
