/** `tetik undo`, with the project's store, Meta and Temporal. */

import { WorkflowFailedError } from '@temporalio/client'

import { loadSettings } from '../../engine/account/load.js'
import { installationId } from '../../store/base/installation.js'
import type { Store } from '../../store/base/store.js'
import { findDecision } from '../../store/decisions/decisions.js'
import { openClients } from '../clients/clients.js'
import { readProjectFiles } from '../rules/project-files.js'
import { loadServiceSettings, type ServiceSettings } from '../settings/settings.js'
import { connectClient, type TetikClient } from '../temporal/connection.js'
import { startChange, type WantedChange } from '../temporal/start-change.js'
import { openProjectStore } from './project-store.js'
import { planUndo, type UndoItem } from './undo.js'

/** The decision or its account does not exist. */
class UndoError extends Error {
  override readonly name = 'UndoError'
}

export interface UndoResult {
  readonly decision: string
  readonly rule: string
  readonly items: readonly (UndoItem & {
    /** Null if the undo was only shown. */
    readonly restored: boolean | null
  })[]
}

/** How long the command waits for a change at Meta, milliseconds. The change continues afterwards. */
const PATIENCE = 60_000

/** @param carryOut false to show the plan and change nothing */
export async function undoFromCommand(
  decision: string,
  carryOut: boolean,
  service: ServiceSettings = loadServiceSettings(),
): Promise<UndoResult> {
  const store = await openProjectStore(service)
  const clients = openClients(service)
  try {
    const found = await findDecision(store, decision)
    if (found === undefined) throw new UndoError(`There is no decision ${decision}; old ones are deleted.`)
    const { settings: file } = await readProjectFiles(service.folder)
    const settings = file === null ? null : loadSettings(file.path, file.text).settings
    const account = settings?.accounts.find(({ name }) => name === found.account)
    if (account === undefined) throw new UndoError(`tetik.yaml has no account "${found.account}", or has errors.`)
    const plan = await planUndo(store, account, clients.meta(account), decision, {
      groups: settings?.groups ?? [],
      now: Date.now(),
    })
    const changes = plan.flatMap(({ change }) => change ?? [])
    const done = carryOut && changes.length > 0 ? await restore(service, store, changes) : new Map<string, string | null>()
    const items = plan.map((item) => {
      const why = item.change === null ? undefined : done.get(item.change.id)
      if (why === undefined) return { ...item, restored: carryOut && item.change !== null ? false : null }
      return { ...item, restored: why === null, because: why }
    })
    return { decision, rule: found.rule, items }
  } finally {
    await clients.close()
    await store.close()
  }
}

/** Makes the changes one by one, latest first. @returns by request: null if done, else why not */
async function restore(
  service: ServiceSettings,
  store: Store,
  changes: readonly WantedChange[],
): Promise<Map<string, string | null>> {
  const client = await connectClient(service.temporal, await installationId(store))
  try {
    const done = new Map<string, string | null>()
    for (const change of changes) done.set(change.id, await apply(client, store, change))
    return done
  } finally {
    await client.connection.close()
  }
}

async function apply(client: TetikClient, store: Store, change: WantedChange): Promise<string | null> {
  const workflowId = client.names.ids.change(change.id)
  const { refusal } = await startChange(store, client, change, Date.now())
  if (refusal !== null) return refusal
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`it is still in progress (${workflowId} in Temporal); check that the worker is running`),
      PATIENCE,
    )
  })
  try {
    return await Promise.race([
      late,
      client.workflow
        .getHandle(workflowId)
        .result()
        .then(() => null),
    ])
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error
    return error.cause?.message ?? 'its workflow was ended in Temporal'
  } finally {
    clearTimeout(timer)
  }
}
