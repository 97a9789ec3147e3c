/** Which accounts a rule covers, and what they lend to its expressions. */

import type { Account, Settings } from '../../account/account.js'
import { accountVocabulary } from '../../account/vocabulary.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'
import type { AccountVocabulary } from '../../expression/read/vocabulary.js'

/** What is known of the account whose rows a `--data` file holds. */
export interface DataAccount {
  /** ISO 4217, or null where nothing says it. */
  readonly currency: string | null
  /** The account of `tetik.yaml` whose rows they are, where that is said: rules of others are read for their own. */
  readonly account?: string | null
}

/** Null where nothing says which accounts are meant, so that nothing about them is checked. */
export interface Coverage {
  readonly accounts: readonly AccountVocabulary[] | null
  /** Names, for what must be known of each; null too where a `--data` file stands for them. */
  readonly names: readonly string[] | null
}

const UNKNOWN: Coverage = { accounts: null, names: null }

/** `name` is what the rule says under `account:`. Faults are told at that key, or at the id where there is none. */
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
      didYouMean(name, [...names, 'all']) ?? (names.length === 0 ? 'tetik.yaml has none' : `tetik.yaml has ${names.join(', ')}`)
    fields.fault('account', 'unknown-account', `there is no account \`${name}\``, hint)
    return UNKNOWN
  }
  return covering([account], settings)
}

const covering = (accounts: readonly Account[], { groups }: Settings): Coverage =>
  accounts.length === 0
    ? UNKNOWN
    : { accounts: accounts.map((account) => accountVocabulary(account, groups)), names: accounts.map((account) => account.name) }

/** The values of an account that `tetik.yaml` has still count; its currency is that of the data. */
function dataCoverage(name: string | undefined, settings: Settings | null, data: DataAccount): Coverage {
  const own = (settings?.accounts ?? []).filter(
    (account) => account.name === (data.account ?? name) || (name === undefined && settings?.accounts.length === 1),
  )
  const vocabulary =
    own[0] === undefined ? { name: 'of the data', currency: null, values: null } : accountVocabulary(own[0], settings?.groups)
  return { accounts: [{ ...vocabulary, currency: data.currency }], names: null }
}

/**
 * What any of the accounts lends, for text that stands for all of them: whether the very account of a rule has it is seen where
 * the text is used. Null where no account is known.
 */
export function everyAccount(settings: Settings | null): readonly AccountVocabulary[] | null {
  if (settings === null || settings.accounts.length === 0) return null
  const values = Object.assign(
    {},
    ...settings.accounts.map((account) => accountVocabulary(account).values),
  ) as AccountVocabulary['values']
  return [{ name: 'tetik.yaml', currency: null, values }]
}
