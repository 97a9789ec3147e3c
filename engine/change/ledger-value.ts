/**
 * Values in the ledger of changes: the previous, current or target value of an entity's field. The store keeps them as text
 * (`encodeValue`); code works with the union.
 */

import { moneyText, type TextOptions } from '../text/value-text.js'
import type { BudgetField } from './budget.js'

/** Fields whose edits by people block rules for a while (the hands-off guardrail). */
export const CHANGEABLE_FIELDS = ['status', 'daily_budget', 'lifetime_budget', 'bid_amount'] as const
export type ChangeableField = (typeof CHANGEABLE_FIELDS)[number]

/** Fields of an existing entity that a change can set. A copy is not among them, as it makes a new entity. */
export type LedgerField = ChangeableField | 'name' | 'labels'

export type LedgerValue =
  | { readonly kind: 'unset' }
  /** `ACTIVE` or `PAUSED`; other statuses are read but never set. */
  | { readonly kind: 'status'; readonly status: string }
  /** Minor units. */
  | { readonly kind: 'budget'; readonly field: BudgetField; readonly amount: number }
  /** Minor units. */
  | { readonly kind: 'bid'; readonly amount: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'labels'; readonly labels: readonly string[] }
  /** `mark` is the suffix of the name by which the copy is found at Meta; `name` is null for the source's name with the mark. */
  | { readonly kind: 'copy'; readonly mark: string; readonly name: string | null }
  /** Text that this version does not understand; shown as it is. */
  | { readonly kind: 'other'; readonly text: string }

/** Returns the text that the ledger stores; equal values have equal texts. Empty for `unset`. */
export function encodeValue(value: LedgerValue): string {
  switch (value.kind) {
    case 'unset':
      return ''
    case 'status':
      return value.status
    case 'budget':
    case 'bid':
      return String(value.amount)
    case 'name':
      return value.name
    case 'labels':
      return JSON.stringify([...new Set(value.labels)].sort())
    case 'copy':
      return JSON.stringify({ mark: value.mark, name: value.name })
    case 'other':
      return value.text
  }
}

/** @param text null or empty if the field has no value */
export function decodeValue(field: string, text: string | null): LedgerValue {
  if (text === null || text === '') return { kind: 'unset' }
  const other = { kind: 'other', text } as const
  const amount = /^\d+$/.test(text) ? Number(text) : null
  switch (field) {
    case 'status':
      return { kind: 'status', status: text }
    case 'daily_budget':
    case 'lifetime_budget':
      return amount === null ? other : { kind: 'budget', field, amount }
    case 'bid_amount':
      return amount === null ? other : { kind: 'bid', amount }
    case 'name':
      return { kind: 'name', name: text }
    case 'labels': {
      const labels = parsed(text)
      return Array.isArray(labels) ? { kind: 'labels', labels: labels as string[] } : other
    }
    case 'copy': {
      const copy = parsed(text) as { readonly mark: string; readonly name: string | null } | null
      return copy === null ? other : { kind: 'copy', mark: copy.mark, name: copy.name }
    }
    default:
      return other
  }
}

export const sameValue = (a: LedgerValue, b: LedgerValue): boolean => encodeValue(a) === encodeValue(b)

/** Returns the value that a row of the ledger sets. */
export const targetOf = ({ field, target }: { readonly field: string; readonly target: string }): LedgerValue =>
  decodeValue(field, target)

/** Returns the value that the field had before the change. */
export const beforeOf = ({ field, before }: { readonly field: string; readonly before: string }): LedgerValue =>
  decodeValue(field, before)

/** Returns the minor units of a budget or bid; null for every other value, and if it is unset. */
export const amountOf = (value: LedgerValue): number | null =>
  value.kind === 'budget' || value.kind === 'bid' ? value.amount : null

/** The part of an entity that the ledger's fields come from. */
interface EntityValues {
  readonly name: string
  readonly status: string
  /** Minor units. */
  readonly dailyBudget: number | null
  readonly lifetimeBudget: number | null
  /** Meta's other fields, as received. */
  readonly fields: Readonly<Record<string, unknown>>
}

export function valueOf(entity: EntityValues, field: LedgerField): LedgerValue {
  const money = (amount: number | null): LedgerValue => decodeValue(field, amount?.toString() ?? null)
  switch (field) {
    case 'status':
      return { kind: 'status', status: entity.status }
    case 'daily_budget':
      return money(entity.dailyBudget)
    case 'lifetime_budget':
      return money(entity.lifetimeBudget)
    case 'bid_amount': {
      const bid = entity.fields['bid_amount']
      return money(typeof bid === 'number' ? bid : null)
    }
    case 'name':
      return { kind: 'name', name: entity.name }
    case 'labels':
      return { kind: 'labels', labels: labelNames(entity.fields['adlabels']) }
  }
}

/** Returns the names in Meta's field `adlabels`. */
export const labelNames = (labels: unknown): string[] =>
  Array.isArray(labels) ? labels.map((label: { name?: unknown }) => label.name).filter((name) => typeof name === 'string') : []

const UNSET = { en: 'unset', tr: 'boş' } as const
const NO_LABELS = { en: 'none', tr: 'yok' } as const

/** Returns the value for people to read: money with its currency, labels as a list. */
export function valueInWords(value: LedgerValue, options: TextOptions): string {
  switch (value.kind) {
    case 'unset':
      return UNSET[options.language]
    case 'budget':
    case 'bid':
      return moneyText(value.amount, options)
    case 'labels':
      return value.labels.join(', ') || NO_LABELS[options.language]
    default:
      return encodeValue(value)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
