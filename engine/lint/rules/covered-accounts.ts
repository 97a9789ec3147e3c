import type { Account, Settings } from '../../account/account.js'
import type { Rule } from '../../rule/rule.js'

/** Returns the accounts that a rule acts on; none if the rule and the settings do not determine them. */
export function coveredAccounts(rule: Pick<Rule, 'account'>, settings: Settings | null): readonly Account[] {
  const accounts = settings?.accounts ?? []
  if (rule.account === 'all') return accounts
  if (rule.account === null) return accounts.length === 1 ? accounts : []
  return accounts.filter(({ name }) => name === rule.account)
}

/** Returns the account's targets and values as numbers, money in the major unit. */
export const valuesOf = (account: Account): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Object.entries(account.values), ...Object.entries(account.targets)].map(([name, { value }]) => [name, value]),
  )
