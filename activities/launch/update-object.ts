/**
 * Changes one object of a launch in place: the fields that changed in the file and, if the run overwrites drift, those that somebody
 * changed at Meta. It reads the object first, writes what differs, and reads it back. Budgets and bids go through the ledger like
 * any other change: one at a time per field, and a later change is never overwritten.
 */

import { ApplicationFailure } from '@temporalio/activity'

import type { CreatableKind } from '../../connectors/meta/launch-object.js'
import { encodeAuthor } from '../../engine/change/author.js'
import { launchFieldMutation } from '../../engine/change/mutation-id.js'
import type { Json, JsonObject } from '../../engine/launch/json.js'
import type { PlannedObject } from '../../engine/launch/launch-plan.js'
import { findMutation, intendMutation, type Mutation } from '../../store/decisions/mutations.js'
import { keepOfObject, type LaunchObjectRow, standingObjects } from '../../store/launches/launch-objects.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { attempt } from '../base/map-errors.js'
import { stopNote } from '../base/stop-note.js'
import { applyField } from '../change/apply-field.js'
import type { LaunchMutationActivities, ObjectOutcome } from './contract.js'
import { differencesOf, readBack } from './read-back.js'
import { resolveFields } from './references.js'
import { changingRun, type LaunchRun, plannedObject } from './run.js'
import { keepLaunched } from './save-launched.js'

export const updateLaunchObject =
  (dependencies: ActivityDependencies): LaunchMutationActivities['updateLaunchObject'] =>
  ({ account, run, key }) =>
    attempt(async () => {
      const launch = await changingRun(dependencies, { account, run })
      return await change(dependencies, launch, plannedObject(launch, key))
    })

async function change(dependencies: ActivityDependencies, launch: LaunchRun, one: PlannedObject): Promise<ObjectOutcome> {
  const { store, now } = dependencies
  const { run, account } = launch
  const { object } = one
  const existing = await standingObjects(store, { account: account.name, launch: run.launch })
  const row = existing.get(object.key)
  const client = dependencies.meta(account)
  const id = row?.meta_id ?? null
  const live = id === null ? null : ((await client.readObject(object.kind as CreatableKind, id)) as JsonObject | null)
  if (row === undefined || id === null || live === null) {
    throw ApplicationFailure.nonRetryable(
      `${object.key} no longer exists at Meta. Apply the launch again to create a new one.`,
      'gone',
    )
  }
  const wanted = wantedFields(one, run.overwriteDrift)
  const applied = appliedAfter(row, one, wanted)
  const differs = new Set(
    (await differencesOf(dependencies, launch, object, { applied: wanted, live })).map(({ field }) => field),
  )
  const toSet = Object.fromEntries(Object.entries(wanted).filter(([field]) => differs.has(field)))
  const stopped = Object.keys(toSet).length === 0 || run.decision === null ? null : await stopNote(store, account.name)
  if (stopped !== null) throw ApplicationFailure.nonRetryable(stopped, 'stopped')
  const changed: ChangedObject = { object, id, live, wanted, toSet: await resolveFields(toSet, existing, client) }
  const wasSent = await sendFields(dependencies, launch, changed)
  if (wasSent) {
    const after = await readBack(dependencies, launch, object, id, wanted)
    await keepRow(dependencies, row, { applied, name: object.name, live: after, changed: Object.keys(toSet) })
    await keepLaunched(dependencies, account, { kind: object.kind, id })
    return { id, outcome: 'changed' }
  }
  // An earlier attempt sent the change, or somebody made the same change by hand.
  await keepRow(dependencies, row, { applied, name: object.name, live, changed: Object.keys(wanted) })
  await keepOfObject(store, row.id, { error_json: null }, now())
  return { id, outcome: 'unchanged' }
}

/** Returns the fields to set, in the form of `LaunchObject.fields`. */
function wantedFields({ object, changes, drift }: PlannedObject, overwriteDrift: boolean): JsonObject {
  const fields = new Map<string, Json>()
  for (const { field, after } of changes) fields.set(field, after)
  if (overwriteDrift) {
    for (const { field } of drift) {
      const value = object.fields[field]
      if (value !== undefined && value !== null) fields.set(field, value)
    }
  }
  return Object.fromEntries(fields)
}

/** Returns `fields_json` after this update: the fields set before and now, without those that were removed from the file. */
function appliedAfter(row: LaunchObjectRow, { object, changes }: PlannedObject, wanted: JsonObject): JsonObject {
  const all = { ...(JSON.parse(row.fields_json) as JsonObject), ...wanted }
  const gone = new Set(changes.filter(({ field }) => object.fields[field] === undefined).map(({ field }) => field))
  return Object.fromEntries(Object.entries(all).filter(([field]) => !gone.has(field)))
}

async function keepRow(
  { store, now }: ActivityDependencies,
  row: LaunchObjectRow,
  after: { readonly applied: JsonObject; readonly name: string; readonly live: JsonObject; readonly changed: readonly string[] },
): Promise<void> {
  // Fields that were not set now keep their earlier read-back, so that an outside change of them still shows as drift.
  const before = row.read_back_json === null ? after.live : (JSON.parse(row.read_back_json) as JsonObject)
  const set = Object.fromEntries(Object.entries(after.live).filter(([field]) => after.changed.includes(field)))
  const change = {
    name: after.name,
    fields_json: JSON.stringify(after.applied),
    read_back_json: JSON.stringify({ ...before, ...set }),
  }
  await keepOfObject(store, row.id, change, now())
}

/** Fields that rules change too, which the ledger orders. The bid comes first, because its strategy has to be sent with it. */
const LEDGER_FIELDS = ['bid_amount', 'daily_budget', 'lifetime_budget'] as const

interface ChangedObject {
  readonly object: PlannedObject['object']
  readonly id: string
  readonly live: JsonObject
  /** All fields that this update sets. */
  readonly wanted: JsonObject
  /** Those of them that Meta does not have yet, without references. */
  readonly toSet: JsonObject
}

/**
 * Sets budgets and bids through the ledger, one by one. The other fields are sent with the first of them.
 *
 * @returns whether anything was sent
 */
async function sendFields(dependencies: ActivityDependencies, launch: LaunchRun, changed: ChangedObject): Promise<boolean> {
  const { object, id, toSet, live, wanted } = changed
  const client = dependencies.meta(launch.account)
  const isInLedger = (field: string): boolean =>
    (object.kind === 'campaign' || object.kind === 'adset') && (LEDGER_FIELDS as readonly string[]).includes(field)
  let open = Object.fromEntries(Object.entries(toSet).filter(([field]) => !isInLedger(field)))
  let wasSent = false
  const send = async (fields: JsonObject): Promise<void> => {
    wasSent = true
    const along = open
    open = {}
    await client.updateObject(id, { ...fields, ...along })
  }
  for (const field of LEDGER_FIELDS) {
    const target = toSet[field] ?? wanted[field]
    if (!isInLedger(field) || (typeof target !== 'string' && typeof target !== 'number')) continue
    // If Meta already has the value, only a change that an earlier attempt wrote to the ledger has to be settled.
    const written = await findMutation(dependencies.store, launchFieldMutation(launch.run.id, object.key, field))
    if (toSet[field] === undefined && written === undefined) continue
    const mutation = written ?? (await intend(dependencies, launch, changed, { field, before: amountText(live[field]), target }))
    await applyField(dependencies, client, mutation, () => send({ [field]: target }))
  }
  if (Object.keys(open).length > 0) await send({})
  return wasSent
}

async function intend(
  { store, now }: ActivityDependencies,
  { run, account, spec }: LaunchRun,
  { object, id }: ChangedObject,
  change: { readonly field: string; readonly before: string; readonly target: string | number },
): Promise<Mutation> {
  const { mutation } = await intendMutation(store, {
    id: launchFieldMutation(run.id, object.key, change.field),
    decision: null,
    account: account.name,
    made_by: run.decision === null ? run.madeBy : encodeAuthor({ kind: 'launch', key: spec.key }),
    level: object.kind as 'campaign' | 'adset',
    entity_id: id,
    field: change.field,
    before: change.before,
    target: String(change.target),
    intended_at: now(),
  })
  return mutation
}

const amountText = (amount: Json | undefined): string =>
  typeof amount === 'string' || typeof amount === 'number' ? String(amount) : ''
