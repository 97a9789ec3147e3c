/**
 * Creates one object of a launch at Meta, paused, exactly once. Creating is not idempotent there: the row is written before the
 * call, and each attempt first looks for the object of an earlier one. It creates the object only if none can exist.
 */

import { ApplicationFailure } from '@temporalio/activity'

import { MetaError } from '../../connectors/connector-error.js'
import type { CreatableKind } from '../../connectors/meta/launch-object.js'
import type { JsonObject } from '../../engine/launch/json.js'
import type { LaunchObject } from '../../engine/launch/launch-object.js'
import { recordSentStep } from '../../store/decisions/sent-steps.js'
import {
  intendObject,
  keepOfObject,
  type LaunchObjectRow,
  markSent,
  markStanding,
  markUnsent,
  standingObjects,
} from '../../store/launches/launch-objects.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { attempt } from '../base/map-errors.js'
import { stopNote } from '../base/stop-note.js'
import type { LaunchMutationActivities, ObjectOutcome } from './contract.js'
import { findMade } from './find-object.js'
import { readBack } from './read-back.js'
import { resolveFields } from './references.js'
import { changingRun, type LaunchRun, plannedObject } from './run.js'
import { keepLaunched } from './save-launched.js'

export const createLaunchObject =
  (dependencies: ActivityDependencies): LaunchMutationActivities['createLaunchObject'] =>
  ({ account, run, key }) =>
    attempt(async () => {
      const launch = await changingRun(dependencies, { account, run })
      return await create(dependencies, launch, plannedObject(launch, key).object)
    })

async function create(dependencies: ActivityDependencies, launch: LaunchRun, object: LaunchObject): Promise<ObjectOutcome> {
  const { store, now } = dependencies
  const { run, account } = launch
  const row = await intendObject(store, { account: account.name, launch: run.launch, run: run.id, object, at: now() })
  if (row.state === 'standing') return { id: row.meta_id!, outcome: 'found' }
  if (row.state !== 'intended' && row.state !== 'sent') {
    throw ApplicationFailure.nonRetryable(`${object.key} was created before and is gone.`, 'taken-back')
  }
  const found = row.meta_id ?? (await findMade(dependencies, account, dependencies.meta(account), row))
  const id = found ?? (await send(dependencies, launch, object, row))
  // Stored before anything else, so that a retry does not have to look for the object.
  await keepOfObject(store, row.id, { meta_id: id }, now())
  const live = await readBack(dependencies, launch, object, id, object.fields)
  checkPaused(live, object, id)
  await markStanding(store, row, { metaId: id, readBack: live, at: now() })
  await keepLaunched(dependencies, account, { kind: object.kind, id })
  return { id, outcome: found === null ? 'created' : 'found' }
}

async function send(
  dependencies: ActivityDependencies,
  { run, account }: LaunchRun,
  object: LaunchObject,
  row: LaunchObjectRow,
): Promise<string> {
  const { store, now } = dependencies
  const stopped = run.decision === null ? null : await stopNote(store, account.name)
  if (stopped !== null) throw ApplicationFailure.nonRetryable(stopped, 'stopped')
  const client = dependencies.meta(account)
  const existing = await standingObjects(store, { account: account.name, launch: run.launch })
  const fields = await resolveFields(object.fields, existing, client)
  if (run.decision !== null && run.step !== null) await recordSentStep(store, run.decision, run.step, now())
  await markSent(store, row.id, now())
  try {
    const paused: JsonObject = object.kind === 'creative' ? fields : { ...fields, status: 'PAUSED' }
    return (await client.createObject(account.id, object.kind as CreatableKind, paused)).id
  } catch (error) {
    const mayExist = !(error instanceof MetaError) || error.mayHaveBeenCarriedOut
    // If an earlier attempt sent the call and its answer was lost, that object may still appear.
    const wasSent = row.sent_at !== null
    if (!mayExist && !wasSent)
      await markUnsent(store, row.id, { type: error.kind, message: error.message.split('\n', 1)[0] }, now())
    throw error
  }
}

/** Checks that the object is paused: nothing may spend before everything exists. */
function checkPaused(live: JsonObject, object: LaunchObject, id: string): void {
  if (object.kind === 'creative' || live['status'] === 'PAUSED') return
  throw ApplicationFailure.nonRetryable(
    `${object.key} (${id}) was created paused, and its status at Meta is ${JSON.stringify(live['status'])}: somebody changed it. Check it in Ads Manager, and apply the launch again.`,
    'not-paused',
  )
}
