/** Amounts in rules, compared with those of accounts. */

import type { Account } from '../../account/account.js'
import { isCurrency, minorUnitsPer } from '../../value/currency.js'

/** Returns the most that an account may spend in a day, in the major unit, as in rules; null without a ceiling. */
export const ceilingOf = ({ guardrails, currency }: Account): number | null =>
  guardrails.ceiling === null ? null : guardrails.ceiling / unitsOf(currency)

/** Returns a fifth of the ceiling, rounded down to one digit: an example of a budget for one of several entities. */
export function shareOfCeiling(ceiling: number, currency: string): string {
  const fifth = ceiling / 5
  const place = 10 ** Math.floor(Math.log10(fifth))
  return inCurrency(Math.max(1 / unitsOf(currency), Math.floor(fifth / place + 1e-9) * place), currency)
}

export const inCurrency = (amount: number, currency: string): string =>
  `${Math.round(amount * unitsOf(currency)) / unitsOf(currency)} ${currency}`

/** Assumes 100 for an invalid currency, which is reported where it is written. */
const unitsOf = (currency: string): number => (isCurrency(currency) ? minorUnitsPer(currency) : 100)
