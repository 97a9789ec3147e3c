/** The names and values of an account that rules may use. */

import type { AccountVocabulary } from '../expression/read/vocabulary.js'
import type { FactGroup } from '../facts/facts.js'
import { minorUnitsPer } from '../value/currency.js'
import type { Account, Amount, Group } from './account.js'

/** @param groups all groups in `tetik.yaml`, of which the account's own are used; undefined if the groups are not known */
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

/** Returns `targets` and `values` in the units of the evaluation: money in minor units, ratios, milliseconds, plain numbers. */
export const accountValues = (account: Account): Readonly<Record<string, number>> =>
  Object.fromEntries(
    amountsOf(account).map(([name, amount]) => [
      name,
      amount.unit === 'money' ? Math.round(amount.value * minorUnitsPer(amount.currency ?? account.currency)) : amount.value,
    ]),
  )

/** Returns an account's groups for the evaluation, with budgets in minor units. */
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
