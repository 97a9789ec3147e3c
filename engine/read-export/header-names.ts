/** Which column a header names, however its letters were typed. */

import { ACTION_TYPES } from '../metric/actions.js'
import { isCurrency } from '../value/currency.js'
import { BREAKDOWNS, type Field, FIELDS, MEASURES } from './ads-manager-headers.js'
import { currenciesOfMark } from './currency-marks.js'

export type { Field } from './ads-manager-headers.js'

/** What a column holds; the smaller `rank` counts where two columns hold the same. */
export type Heading =
  | { readonly kind: 'field'; readonly field: Field; readonly rank: number }
  | { readonly kind: 'measure'; readonly measures: readonly { readonly measure: string; readonly rank: number }[] }
  | { readonly kind: 'breakdown' }

/** Marks of the direction of writing, and spaces without width. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** A header without what people write differently: case, underscores, white space. */
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

/** The same without accents, so that `KAMPANYA ADI` and `Kampanya Adi` are `Kampanya Adı`. */
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
/** Behind the plain names: a column that says outright what it is goes before one of a single action type. */
const ACTION_RANK = 100

/** What a header names, and the currency in it; null if it is not one of ours. */
export function readHeader(header: string): { readonly heading: Heading | null; readonly currency: string | null } {
  const { name, currency } = withoutCurrency(header)
  return { heading: KNOWN.get(headerKey(name)) ?? actionHeading(header), currency }
}

/** `Amount spent (TRY)`, `Harcanan Tutar (₺)`: the name, and the currency if there is just one. */
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

/** The measure that a result type of Ads Manager names: `Purchases`, `actions:offsite_conversion.fb_pixel_lead`. */
export function measureNamed(text: string): string | null {
  const { heading } = readHeader(text)
  if (heading?.kind !== 'measure') return null
  return (heading.measures[1] ?? heading.measures[0])?.measure ?? null
}
