import type { BudgetChange } from '../rule.js'

/** Returns `+15%`, `-20%` or `500 TRY`; a percentage has at most `digits` decimals. */
export function amountInSymbols(change: BudgetChange, digits: 1 | 2): string {
  if (change.kind === 'relative') {
    const scale = 10 ** digits
    return `${change.ratio > 0 ? '+' : ''}${Math.round(change.ratio * 100 * scale) / scale}%`
  }
  const { value, currency } = change.amount
  return currency === null ? String(value) : `${value} ${currency}`
}
