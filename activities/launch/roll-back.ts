/** Deletes what one run of a launch created, in reverse order. Objects of other runs are not touched. */

import { ApplicationFailure } from '@temporalio/activity'

import { MetaError } from '../../connectors/connector-error.js'
import type { CreatableKind } from '../../connectors/meta/launch-object.js'
import type { JsonObject } from '../../engine/launch/json.js'
import {
  findObject,
  type LaunchObjectRow,
  markGone,
  objectId,
  objectsOfRun,
  standingObjects,
} from '../../store/launches/launch-objects.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { attempt } from '../base/map-errors.js'
import type { LaunchMutationActivities, LaunchStoreActivities } from './contract.js'
import { findMade } from './find-object.js'
import { isRunning, type LaunchRun, readRun } from './run.js'

/** Media stay in the account's library: they cost nothing, and the next run uses them. */
const isMedia = ({ kind }: Pick<LaunchObjectRow, 'kind'>): boolean => kind === 'image' || kind === 'video'

export const planRollback =
  ({ store }: ActivityDependencies): LaunchStoreActivities['planRollback'] =>
  async ({ run }) => {
    const rows = (await objectsOfRun(store, run)).filter((row) => !isMedia(row))
    return {
      keys: rows
        .filter(({ state }) => state === 'standing' || state === 'sent' || state === 'intended')
        .map(({ key }) => key)
        .reverse(),
    }
  }

export const rollBackLaunchObject =
  (dependencies: ActivityDependencies): LaunchMutationActivities['rollBackLaunchObject'] =>
  ({ account, run, key }) =>
    attempt(async () => {
      const launch = await readRun(dependencies, { account, run })
      if (!launch.run.rollback || !isRunning(launch.run)) {
        throw ApplicationFailure.nonRetryable(
          `The launch run ${run} was not started with a rollback, or has ended: nothing is deleted.`,
          'not-asked',
        )
      }
      const row = await findObject(dependencies.store, objectId(run, key))
      return row === undefined ? { outcome: 'absent' } : await deleteCreated(dependencies, launch, row)
    })

async function deleteCreated(
  dependencies: ActivityDependencies,
  launch: LaunchRun,
  row: LaunchObjectRow,
): Promise<{ outcome: 'deleted' | 'absent' | 'in-use' }> {
  const { store, now } = dependencies
  const client = dependencies.meta(launch.account)
  const id = row.meta_id ?? (await findMade(dependencies, launch.account, client, row))
  if (id === null) {
    await markGone(store, row.id, 'absent', now())
    return { outcome: 'absent' }
  }
  if (row.kind === 'creative' && (await isUsedElsewhere(dependencies, launch, id))) return { outcome: 'in-use' }
  if ((await client.readObject(row.kind as CreatableKind, id)) !== null) {
    try {
      await client.deleteObject(id)
    } catch (error) {
      if (!(error instanceof MetaError) || error.kind !== 'not-found') throw error
    }
  }
  await markGone(store, row.id, 'deleted', now())
  return { outcome: 'deleted' }
}

/** Whether an ad of another run uses the creative: an existing ad may have been switched to it, and deleting it would stop that ad. */
async function isUsedElsewhere(
  { store, meta }: ActivityDependencies,
  { account, run }: LaunchRun,
  creative: string,
): Promise<boolean> {
  const existing = await standingObjects(store, { account: account.name, launch: run.launch })
  for (const row of existing.values()) {
    if (row.kind !== 'ad' || row.run === run.id) continue
    const live = (await meta(account).readObject('ad', row.meta_id!)) as JsonObject | null
    const used = live?.['creative'] as { readonly creative_id?: unknown } | undefined
    if (used?.creative_id === creative) return true
  }
  return false
}
