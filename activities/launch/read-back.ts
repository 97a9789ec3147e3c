/** Reads an object back after it was created or changed: a step is done only if Meta returns the fields as they were set. */

import { ApplicationFailure, sleep } from '@temporalio/activity'

import type { CreatableKind } from '../../connectors/meta/launch-object.js'
import type { JsonObject } from '../../engine/launch/json.js'
import type { LaunchObject } from '../../engine/launch/launch-object.js'
import type { FieldDrift } from '../../engine/launch/launch-plan.js'
import { differencesAtMeta } from '../../engine/launch/plan/plan.js'
import { resolveRefs } from '../../engine/launch/refs.js'
import { objectInWords } from '../../engine/launch/words.js'
import { standingObjects } from '../../store/launches/launch-objects.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { LaunchRun } from './run.js'

/** Right after a write, Meta may still return the old values: the object is read this many times, a second apart. */
const READ_BACKS = 3

/**
 * Returns the object as Meta has it, once the given fields have the values that were set.
 *
 * @param applied in the form of `LaunchObject.fields`
 * @throws ApplicationFailure `not-visible-yet`, which is retried; `read-back-differs`, which names the fields
 */
export async function readBack(
  dependencies: ActivityDependencies,
  launch: LaunchRun,
  object: LaunchObject,
  id: string,
  applied: JsonObject,
): Promise<JsonObject> {
  const client = dependencies.meta(launch.account)
  let differs: readonly FieldDrift[] | null = null
  for (let attempt = 1; attempt <= READ_BACKS; attempt += 1) {
    if (attempt > 1) await sleep('1s')
    const live = (await client.readObject(object.kind as CreatableKind, id)) as JsonObject | null
    if (live === null) continue
    differs = await differencesOf(dependencies, launch, object, { applied, live })
    if (differs.length === 0) return live
  }
  if (differs === null) {
    throw ApplicationFailure.retryable(`Meta does not show the ${objectInWords(object)} (${id}) yet.`, 'not-visible-yet')
  }
  const fields = differs.map(({ field, live }) => `${field} is ${JSON.stringify(live)}`).join(', ')
  throw ApplicationFailure.nonRetryable(
    `The ${objectInWords(object)} (${id}) does not have the values at Meta that were set: ${fields}.`,
    'read-back-differs',
  )
}

/** Returns the fields whose values at Meta differ from those that were set. */
export async function differencesOf(
  { store }: Pick<ActivityDependencies, 'store'>,
  { run }: LaunchRun,
  { kind }: Pick<LaunchObject, 'kind'>,
  { applied, live }: { readonly applied: JsonObject; readonly live: JsonObject },
): Promise<readonly FieldDrift[]> {
  const rows = await standingObjects(store, { account: run.account, launch: run.launch })
  // Meta returns another address of the thumbnail each time.
  const named = resolveRefs(applied, (ref) => (ref.kind === '$thumbnail' ? null : (rows.get(ref.key)?.meta_id ?? null)))
  return differencesAtMeta(kind, named as JsonObject, live)
}
