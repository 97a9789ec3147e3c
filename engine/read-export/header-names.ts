/** Finds what a header means, however it is spelled. */

import { ACTION_TYPES } from '../metric/actions.js'
import { isCurrency } from '../value/currency.js'
import { BREAKDOWNS, type Field, FIELDS, MEASURES } from './ads-manager-headers.js'
import { currenciesOfMark } from './currency-marks.js'

export type { Field } from './ads-manager-headers.js'

/** What a column contains. If two columns contain the same, the one with the lower `rank` counts. */
export type Heading =
  | { readonly kind: 'field'; readonly field: Field; readonly rank: number }
  | { readonly kind: 'measure'; readonly measures: readonly { readonly measure: string; readonly rank: number }[] }
  | { readonly kind: 'breakdown' }

/** Marks for the writing direction, and zero-width spaces. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Normalises case, underscores and white space of a header. */
export function foldHeader(header: string): string {
  return header
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replaceAll('İ', 'i')
    .toLowerCase()
    .replaceAll('\u0307', '')
    .replace(/[_\s\u00a0]+/g, ' ')
    .trim()
}

/** Also removes accents, so that `KAMPANYA ADI` and `Kampanya Adi` equal `Kampanya Adı`. */
export const headerKey = (header: string): string =>
  foldHeader(header).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').replaceAll('’', "'")

const KNOWN = new Map<string, Heading>()
for (const name of BREAKDOWNS) KNOWN.set(headerKey(name), { kind: 'breakdown' })
for (const [field, names] of Object.entries(FIELDS))
  for (const [rank, name] of names.entries()) KNOWN.set(headerKey(name), { kind: 'field', field: field as Field, rank })
for (const [measure, names] of Object.entries(MEASURES))
  for (const [rank, name] of names.entries()) KNOWN.set(headerKey(name), { kind: 'measure', measures: [{ measure, rank }] })

/** `actions:omni_purchase`, `action_values[omni_purchase]`, or an action type with a dot in it by itself. */
const ACTION = /^(actions?|(?:action )?values?)\s*[:.[]\s*([a-z0-9_.]+)\]?$/
/** Ranks action types after plain names: a column such as `Purchases` goes before one of a single action type. */
const ACTION_RANK = 100

/** Returns what a header means and the currency in it; `heading` is null if the header is unknown. */
export function readHeader(header: string): { readonly heading: Heading | null; readonly currency: string | null } {
  const { name, currency } = withoutCurrency(header)
  return { heading: KNOWN.get(headerKey(name)) ?? actionHeading(header), currency }
}

/** Splits `Amount spent (TRY)` or `Harcanan Tutar (₺)` into the name and the currency; null if the sign is ambiguous. */
export function withoutCurrency(header: string): { readonly name: string; readonly currency: string | null } {
  const bearing = /^(.*\S)\s*\(([^()\s]{1,4})\)$/.exec(header.replace(UNSEEN, '').trim())
  const mark = bearing?.[2] ?? ''
  const possible = currenciesOfMark(/^[A-Za-z]{3}$/.test(mark) ? mark.toUpperCase() : mark)?.filter(isCurrency) ?? []
  if (bearing === null || possible.length === 0) return { name: header, currency: null }
  return { name: bearing[1]!, currency: possible.length === 1 ? possible[0]! : null }
}

function actionHeading(header: string): Heading | null {
  const written = header.trim().toLowerCase().replaceAll('action_value', 'action value')
  const match = ACTION.exec(written)
  const type = match?.[2] ?? (/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(written) ? written : null)
  if (type === null) return null
  const isValue = match?.[1]?.includes('value') ?? false
  const derived = Object.entries(ACTION_TYPES).flatMap(([measure, types]) => {
    const rank = (types as readonly string[]).indexOf(type)
    if (rank < 0) return []
    if (isValue) return measure === 'purchases' ? [{ measure: 'revenue', rank: ACTION_RANK + rank }] : []
    return [{ measure, rank: ACTION_RANK + rank }]
  })
  return { kind: 'measure', measures: [{ measure: `${isValue ? 'value' : 'action'}:${type}`, rank: 0 }, ...derived] }
}

/** Returns the measure that a result type names: `Purchases`, `actions:offsite_conversion.fb_pixel_lead`. */
export function measureNamed(text: string): string | null {
  const { heading } = readHeader(text)
  if (heading?.kind !== 'measure') return null
  return (heading.measures[1] ?? heading.measures[0])?.measure ?? null
}
