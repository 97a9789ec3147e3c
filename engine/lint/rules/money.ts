/** Amounts of rules compared with those of accounts. */

import type { Account } from '../../account/account.js'
import { isCurrency, minorUnitsPer } from '../../value/currency.js'

/** The most that an account may spend in a day, in the major unit as rules have it; null without a ceiling. */
export const ceilingOf = ({ guardrails, currency }: Account): number | null =>
  guardrails.ceiling === null ? null : guardrails.ceiling / unitsOf(currency)

/** A fifth of the ceiling in round numbers, for examples: what one of several may have. */
export function shareOfCeiling(ceiling: number, currency: string): string {
  const fifth = ceiling / 5
  const place = 10 ** Math.floor(Math.log10(fifth))
  return inCurrency(Math.max(1 / unitsOf(currency), Math.floor(fifth / place + 1e-9) * place), currency)
}

export const inCurrency = (amount: number, currency: string): string =>
  `${Math.round(amount * unitsOf(currency)) / unitsOf(currency)} ${currency}`

/** What is no currency is reported where it is written. */
const unitsOf = (currency: string): number => (isCurrency(currency) ? minorUnitsPer(currency) : 100)
