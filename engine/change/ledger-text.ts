/** Values of the ledger as people read them: there money is text in minor units, and nobody reads those. */

import { moneyText, type TextOptions } from '../message/value-text.js'

const MONEY: ReadonlySet<string> = new Set(['daily_budget', 'lifetime_budget', 'bid_amount'])

const UNSET = { en: 'unset', tr: 'boş' } as const
const NONE = { en: 'none', tr: 'yok' } as const

/** `value` is null, or empty, where the field has none. */
export function ledgerText(field: string, value: string | null, options: TextOptions): string {
  if (value === null || value === '') return UNSET[options.language]
  if (MONEY.has(field) && /^\d+$/.test(value)) return moneyText(Number(value), options)
  if (field !== 'labels') return value
  const labels: unknown = parsed(value)
  return Array.isArray(labels) ? labels.join(', ') || NONE[options.language] : value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
