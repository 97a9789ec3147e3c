/** The stop switch from the command line: writes to the store, and notifies through Temporal if that answers soon. */

import { userInfo } from 'node:os'

import type { Settings } from '../../engine/account/account.js'
import { DEFAULT_SETTINGS, loadSettings } from '../../engine/account/load.js'
import { installationId } from '../../store/base/installation.js'
import type { Store } from '../../store/base/store.js'
import { ALL_ACCOUNTS } from '../../store/rules/stops.js'
import { readProjectFiles } from '../rules/project-files.js'
import { loadServiceSettings, type ServiceSettings } from '../settings/settings.js'
import { openProjectStore } from './project-store.js'
import { releaseSwitch, type ResumeResult, type StopResult, throwSwitch } from './stop-switch.js'

/** The command names an account that is not in `tetik.yaml`. */
class UnknownAccountError extends Error {
  override readonly name = 'UnknownAccountError'
}

/** @param account null for every account */
export async function stopFromCommand(account: string | null, reason: string): Promise<StopResult> {
  const service = loadServiceSettings()
  const settings = await settingsOf(service.folder, account)
  const store = await openProjectStore(service)
  try {
    return await throwSwitch(
      { store, settings, now: Date.now, temporal: (work) => withTemporal(service, store, work) },
      { accounts: [account ?? ALL_ACCOUNTS], reason, by: `command line: ${userName()}` },
    )
  } finally {
    await store.close()
  }
}

/** @param account null ends every stop */
export async function resumeFromCommand(account: string | null): Promise<ResumeResult> {
  const service = loadServiceSettings()
  await settingsOf(service.folder, account)
  const store = await openProjectStore(service)
  try {
    return await releaseSwitch({ store, now: Date.now }, account)
  } finally {
    await store.close()
  }
}

/** If `tetik.yaml` cannot be read or has errors, all accounts can still be stopped, but one cannot: its name cannot be checked. */
async function settingsOf(folder: string, account: string | null): Promise<Settings> {
  const settings = await read(folder).catch(() => null)
  if (account === null) return settings ?? DEFAULT_SETTINGS
  if (settings === null)
    throw new UnknownAccountError(
      'tetik.yaml is missing or has errors, so the account’s name cannot be checked; leave it out to cover all accounts.',
    )
  if (settings.accounts.some(({ name }) => name === account)) return settings
  const names = settings.accounts.map(({ name }) => name).join(', ')
  throw new UnknownAccountError(`tetik.yaml has no account "${account}"; it has: ${names === '' ? 'none' : names}.`)
}

async function read(folder: string): Promise<Settings | null> {
  const { settings } = await readProjectFiles(folder)
  return settings === null ? DEFAULT_SETTINGS : loadSettings(settings.path, settings.text).settings
}

type Work = Parameters<Parameters<typeof throwSwitch>[0]['temporal']>[0]

/** Runs `work` with a client of Temporal, for a command that writes to the store. Rejects if Temporal does not answer. */
export async function withTemporal(service: ServiceSettings, store: Store, work: Work): Promise<void> {
  const { askInstance } = await import('../process/single-instance-lock.js')
  // If no server is running, connecting would only wait for its timeout.
  if (!service.temporal.external && (await askInstance(service.stateFolder)) === null) throw new Error('tetik is not running.')
  const { connectClient } = await import('../temporal/connection.js')
  const client = await connectClient(service.temporal, await installationId(store))
  try {
    await client.connection.withDeadline(Date.now() + 10_000, () => work(client))
  } finally {
    await client.connection.close()
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
