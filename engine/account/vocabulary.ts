/** The names and values that an account lends to rules. */

import type { AccountVocabulary } from '../expression/read/vocabulary.js'
import type { FactGroup } from '../facts/facts.js'
import { minorUnitsPer } from '../value/currency.js'
import type { Account, Amount, Group } from './account.js'

/** @param groups all of `tetik.yaml`, of which the account's own count; absent where nothing says which there are */
export const accountVocabulary = (account: Account, groups?: readonly Group[]): AccountVocabulary => ({
  name: account.name,
  currency: account.currency,
  values: Object.fromEntries(amountsOf(account).map(([name, amount]) => [name, amount.unit])),
  groups:
    groups === undefined
      ? null
      : groups
          .filter((group) => group.account === account.name)
          .map(({ name, monthlyBudget }) => ({ name, hasBudget: monthlyBudget !== null })),
})

/** `targets` and `values` as evaluation wants them: money in minor units, ratios, milliseconds, plain numbers. */
export const accountValues = (account: Account): Readonly<Record<string, number>> =>
  Object.fromEntries(
    amountsOf(account).map(([name, amount]) => [
      name,
      amount.unit === 'money' ? Math.round(amount.value * minorUnitsPer(amount.currency ?? account.currency)) : amount.value,
    ]),
  )

/** An account's groups as evaluation wants them. */
export const accountGroups = (account: Account, groups: readonly Group[] = account.groups ?? []): readonly FactGroup[] =>
  groups
    .filter((group) => group.account === account.name)
    .map(({ name, campaigns, monthlyBudget }) => ({
      name,
      campaigns,
      values:
        monthlyBudget === null
          ? {}
          : { monthly_budget: Math.round(monthlyBudget.value * minorUnitsPer(monthlyBudget.currency ?? account.currency)) },
    }))

const amountsOf = (account: Account): readonly (readonly [string, Amount])[] => [
  ...Object.entries(account.values),
  ...Object.entries(account.targets),
]
