/** Imports an account's automated rules from Meta, for the command line. */

import { ownerOf } from '../../activities/base/dependencies.js'
import type { Account, Settings } from '../../engine/account/account.js'
import { loadSettings } from '../../engine/account/load.js'
import { type ImportedRules, importRules } from '../../engine/import-rules/import-rules.js'
import { openClients } from '../clients/clients.js'
import { readProjectFiles } from '../rules/project-files.js'
import { loadServiceSettings, type ServiceSettings } from '../settings/settings.js'

/** The given name and `tetik.yaml` do not identify an account. */
export class NoAccountError extends Error {
  override readonly name = 'NoAccountError'
}

/**
 * @param name of an account in `tetik.yaml`; may be null if there is only one
 * @throws NoAccountError, MetaError
 */
export async function importFromMeta(
  name: string | null,
  service: ServiceSettings = loadServiceSettings(),
): Promise<ImportedRules & { readonly account: string }> {
  const settings = await settingsOf(service.folder)
  const account = accountOf(settings, name)
  const clients = openClients(service)
  try {
    const rules = await clients.meta(account).listAdRules(account.id)
    const recipient = ownerOf(settings, account.name)?.name ?? null
    return { account: account.name, ...importRules(rules, { account: account.name, currency: account.currency, recipient }) }
  } finally {
    await clients.close()
  }
}

async function settingsOf(folder: string): Promise<Settings> {
  const { settings } = await readProjectFiles(folder)
  const read = settings === null ? null : loadSettings(settings.path, settings.text).settings
  if (read !== null) return read
  throw new NoAccountError(
    settings === null
      ? `There is no tetik.yaml in ${folder}; it lists the accounts.`
      : 'tetik.yaml has errors; run `tetik check`, which shows them.',
  )
}

function accountOf({ accounts }: Settings, name: string | null): Account {
  const [only, ...others] = accounts
  const found = name === null && others.length === 0 ? only : accounts.find((account) => account.name === name)
  if (found !== undefined) return found
  const names = accounts.map((account) => account.name).join(', ')
  if (name === null)
    throw new NoAccountError(`Name the account with --account; tetik.yaml has: ${names === '' ? 'none' : names}.`)
  throw new NoAccountError(`tetik.yaml has no account "${name}"; it has: ${names === '' ? 'none' : names}.`)
}
