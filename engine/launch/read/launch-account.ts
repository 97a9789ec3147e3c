/** The account of a spec. */

import type { Account, Settings } from '../../account/account.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'

export type LaunchAccount = Pick<Account, 'name' | 'currency' | 'timezone' | 'guardrails'>

/** Returns null if there is an error, which is then reported, or if there is no `tetik.yaml`. */
export function readLaunchAccount(written: string | undefined, settings: Settings | null, fields: Fields): LaunchAccount | null {
  if (settings === null) return null
  const { accounts } = settings
  if (written === undefined) {
    if (accounts.length === 1) return accounts[0]!
    if (fields.has('account')) return null
    const [message, hint] =
      accounts.length === 0
        ? ['tetik.yaml has no account', 'add one to its `accounts:`']
        : ['there are several accounts, and the spec names none', `for example \`account: ${accounts[0]!.name}\``]
    fields.fault('launch', 'missing-key', message, hint)
    return null
  }
  const account = accounts.find(({ name }) => name === written)
  if (account !== undefined) return account
  const names = accounts.map(({ name }) => name)
  const hint =
    didYouMean(written, names) ??
    (names.length === 0 ? 'tetik.yaml has none' : `there are ${names.map((name) => `\`${name}\``).join(', ')}`)
  fields.fault(
    'account',
    'unknown-account',
    written === 'all' ? 'a launch belongs to one account' : `there is no account \`${written}\``,
    hint,
  )
  return null
}
