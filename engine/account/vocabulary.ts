/** The names and values that an account lends to rules. */

import { minorUnitsPer } from './currency.js'
import type { Account, Amount } from './account.js'
import type { AccountVocabulary } from '../expression/vocabulary.js'

export const accountVocabulary = (account: Account): AccountVocabulary => ({
  name: account.name,
  currency: account.currency,
  values: Object.fromEntries(amountsOf(account).map(([name, amount]) => [name, amount.unit])),
})

/** `targets` and `values` as evaluation wants them: money in minor units, ratios, milliseconds, plain numbers. */
export const accountValues = (account: Account): Readonly<Record<string, number>> =>
  Object.fromEntries(
    amountsOf(account).map(([name, amount]) => [
      name,
      amount.unit === 'money' ? Math.round(amount.value * minorUnitsPer(amount.currency ?? account.currency)) : amount.value,
    ]),
  )

const amountsOf = (account: Account): readonly (readonly [string, Amount])[] => [
  ...Object.entries(account.values),
  ...Object.entries(account.targets),
]
