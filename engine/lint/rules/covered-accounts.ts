import type { Account, Settings } from '../../account/account.js'
import type { Rule } from '../../rule/rule.js'

/** The accounts that a rule acts on; none where nothing says which. */
export function coveredAccounts(rule: Pick<Rule, 'account'>, settings: Settings | null): readonly Account[] {
  const accounts = settings?.accounts ?? []
  if (rule.account === 'all') return accounts
  if (rule.account === null) return accounts.length === 1 ? accounts : []
  return accounts.filter(({ name }) => name === rule.account)
}

/** Targets and values as conditions compare them: money in the major unit. */
export const valuesOf = (account: Account): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Object.entries(account.values), ...Object.entries(account.targets)].map(([name, { value }]) => [name, value]),
  )
