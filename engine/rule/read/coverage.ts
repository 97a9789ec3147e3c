/** The accounts that a rule covers, and the values that its expressions get from them. */

import type { Account, Settings } from '../../account/account.js'
import { accountVocabulary } from '../../account/vocabulary.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'
import type { AccountVocabulary } from '../../expression/read/vocabulary.js'

/** What is known about the account of a `--data` file. */
export interface DataAccount {
  /** ISO 4217; null if unknown. */
  readonly currency: string | null
  /** The account of `tetik.yaml` that the file belongs to, if known: rules of other accounts are checked against their own. */
  readonly account?: string | null
}

/** Null if the accounts are unknown, so that nothing about them is checked. */
export interface Coverage {
  readonly accounts: readonly AccountVocabulary[] | null
  /** Their names; also null if a `--data` file replaces them. */
  readonly names: readonly string[] | null
}

const UNKNOWN: Coverage = { accounts: null, names: null }

/** `name` is the rule's `account:`. Errors are reported at that key, or at the id if it is missing. */
export function coverage(
  name: string | undefined,
  settings: Settings | null,
  data: DataAccount | null,
  fields: Fields,
): Coverage {
  if (data !== null) {
    const account = data.account ?? null
    if (account === null || name === undefined || name === 'all' || name === account) return dataCoverage(name, settings, data)
    return { ...coverage(name, settings, null, fields), names: null }
  }
  if (settings === null) return UNKNOWN
  const names = settings.accounts.map((account) => account.name)
  if (name === undefined) {
    if (settings.accounts.length > 1) {
      const message = `tetik.yaml has ${names.length} accounts, and the rule names none`
      fields.fault('id', 'missing-account', message, `\`account:\` is one of ${names.join(', ')}, or \`all\``)
      return UNKNOWN
    }
    return covering(settings.accounts, settings)
  }
  if (name === 'all') return covering(settings.accounts, settings)
  const account = settings.accounts.find((account) => account.name === name)
  if (account === undefined) {
    const hint =
      didYouMean(name, [...names, 'all']) ??
      (names.length === 0 ? 'tetik.yaml has no accounts' : `tetik.yaml has ${names.join(', ')}`)
    fields.fault('account', 'unknown-account', `there is no account \`${name}\``, hint)
    return UNKNOWN
  }
  return covering([account], settings)
}

const covering = (accounts: readonly Account[], { groups }: Settings): Coverage =>
  accounts.length === 0
    ? UNKNOWN
    : { accounts: accounts.map((account) => accountVocabulary(account, groups)), names: accounts.map((account) => account.name) }

/** With `--data`, the account's values in `tetik.yaml` still apply, but the currency is the data's. */
function dataCoverage(name: string | undefined, settings: Settings | null, data: DataAccount): Coverage {
  const own = (settings?.accounts ?? []).filter(
    (account) => account.name === (data.account ?? name) || (name === undefined && settings?.accounts.length === 1),
  )
  const vocabulary =
    own[0] === undefined ? { name: 'of the data', currency: null, values: null } : accountVocabulary(own[0], settings?.groups)
  return { accounts: [{ ...vocabulary, currency: data.currency }], names: null }
}

/**
 * Returns the values that any of the accounts has, for text that applies to all of them. Whether the account of a certain rule
 * has a value is checked where the text is used. Null if no account is known.
 */
export function everyAccount(settings: Settings | null): readonly AccountVocabulary[] | null {
  if (settings === null || settings.accounts.length === 0) return null
  const values = Object.assign(
    {},
    ...settings.accounts.map((account) => accountVocabulary(account).values),
  ) as AccountVocabulary['values']
  return [{ name: 'tetik.yaml', currency: null, values }]
}
