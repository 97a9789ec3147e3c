/** The API's process: opens the store, reads `tetik.yaml`, connects to Temporal, and listens. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Settings } from '../../engine/account/account.js'
import { DEFAULT_SETTINGS, loadSettings } from '../../engine/account/load.js'
import { phoneNumberOf } from '../../engine/account/phone.js'
import { installationId } from '../../store/base/installation.js'
import { openProjectStore } from '../operations/project-store.js'
import type { Part } from '../process/child-process.js'
import { readProjectFiles, UnreadableFileError } from '../rules/project-files.js'
import { watchRules } from '../rules/rule-watch.js'
import { reloadRules } from '../rules/rules.js'
import { apiToken } from '../settings/api-token.js'
import type { ServiceSettings } from '../settings/settings.js'
import { connectClient } from '../temporal/connection.js'
import { ProblemError } from './http/problem.js'
import { startApi } from './start-api.js'

/** Milliseconds; a reload reads the schedules of all accounts one by one. */
const RELOAD_LIMIT = 20_000

/**
 * Starts the API on its port; Temporal need not be running yet.
 *
 * @throws StoreError, or the system's error if the port is in use
 */
export async function runApi(settings: ServiceSettings, warn: (line: string) => void): Promise<Part> {
  const store = await openProjectStore(settings)
  let active: Settings = DEFAULT_SETTINGS
  const readSettings = async (): Promise<void> => {
    try {
      active = (await settingsOf(settings.folder)) ?? active
    } catch (error) {
      warn(`tetik.yaml could not be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await readSettings()
  const installation = await installationId(store)
  const api = await startApi({
    store,
    installation,
    host: settings.host,
    port: settings.port,
    connect: () => connectClient(settings.temporal, installation),
    settings: () => active,
    recipientOf: (waId) => active.recipients.find((one) => phoneNumberOf(one, settings.variables) === `+${waId}`) ?? null,
    reloadRules: async (temporal) => {
      const reload = await temporal
        .use((client) => reloadRules({ store, temporal: client, folder: settings.folder, now: Date.now }), RELOAD_LIMIT)
        .catch((error: unknown) => {
          if (error instanceof UnreadableFileError) throw new ProblemError('unavailable', error.message)
          throw error
        })
      if (reload.settings !== null) active = reload.settings
      return reload
    },
    token: apiToken(settings),
    whatsapp: settings.whatsapp,
    variables: settings.variables,
    temporalUi:
      settings.temporal.uiUrl === null ? null : { url: settings.temporal.uiUrl, namespace: settings.temporal.namespace },
    panelFolder: builtPanel(),
    logError: warn,
  }).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  const files = watchRules(settings.folder, readSettings, warn)
  return {
    stop: async () => {
      await files.close()
      await api.close()
      await store.close()
    },
  }
}

/** Returns null if `tetik.yaml` is missing, empty or has errors: the last valid settings then stay active, as in the worker. */
async function settingsOf(folder: string): Promise<Settings | null> {
  const { settings: file } = await readProjectFiles(folder)
  const settings = file === null ? null : loadSettings(file.path, file.text).settings
  return settings === null || settings.accounts.length === 0 ? null : settings
}

/** The panel's folder: next to the code in dist/, or the last build when running from source. Null if there is none. */
function builtPanel(): string | null {
  const folders = ['../../panel/', '../../dist/panel/'].map((path) => fileURLToPath(new URL(path, import.meta.url)))
  return folders.find((folder) => existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'assets'))) ?? null
}
