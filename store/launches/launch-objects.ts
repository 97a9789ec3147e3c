/** The objects of launches. A row is written before the create call, so that a retry after a crash knows what was begun. */

import type { JsonObject } from '../../engine/launch/json.js'
import type { LaunchObject } from '../../engine/launch/launch-object.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type LaunchObjectRow = Row<'launch_objects'>

export const objectId = (run: string, key: string): string => `${run}/${key}`

/** A launch in an account. */
interface Owner {
  readonly account: string
  readonly launch: string
}

/** Returns the objects that exist, by key. */
export async function standingObjects(store: Store, { account, launch }: Owner): Promise<Map<string, LaunchObjectRow>> {
  const rows = await store.db
    .selectFrom('launch_objects')
    .selectAll()
    .where('account', '=', account)
    .where('launch', '=', launch)
    .where('state', '=', 'standing')
    .orderBy('key')
    .execute()
  return new Map(rows.map((row) => [row.key, row]))
}

/** Returns the objects that were begun and may not exist, oldest first. */
export const openObjects = (store: Store, { account, launch }: Owner): Promise<LaunchObjectRow[]> =>
  store.db
    .selectFrom('launch_objects')
    .selectAll()
    .where('account', '=', account)
    .where('launch', '=', launch)
    .where('state', 'in', ['intended', 'sent'])
    .orderBy('attempted_at')
    .orderBy('key')
    .execute()

/** Returns the objects that a run created or may have created, in the order in which it began them. */
export const objectsOfRun = (store: Store, run: string): Promise<LaunchObjectRow[]> =>
  store.db.selectFrom('launch_objects').selectAll().where('run', '=', run).orderBy('attempted_at').orderBy('id').execute()

export const findObject = (store: Store, id: string): Promise<LaunchObjectRow | undefined> =>
  store.db.selectFrom('launch_objects').selectAll().where('id', '=', id).executeTakeFirst()

/** Returns media with the same bytes that any launch of the account has uploaded. */
export const standingMedia = (
  store: Store,
  account: string,
  kind: 'image' | 'video',
  sha256: string,
): Promise<LaunchObjectRow | undefined> =>
  store.db
    .selectFrom('launch_objects')
    .selectAll()
    .where('account', '=', account)
    .where('kind', '=', kind)
    .where('state', 'in', ['standing', 'replaced'])
    .where('fields_json', '=', JSON.stringify({ sha256 }))
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Returns those of the ids that a row has, so that they are not taken for the object of a lost answer. */
export async function knownIds(store: Store, account: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await store.db
    .selectFrom('launch_objects')
    .select('meta_id')
    .where('account', '=', account)
    .where('meta_id', 'in', ids)
    .execute()
  return new Set(rows.map(({ meta_id: id }) => id!))
}

/**
 * Stores an object before it is created; returns the existing row if this run stored it before.
 *
 * @throws StoreError if another run is creating it: two runs of one launch never overlap
 */
export async function intendObject(
  store: Store,
  intention: Owner & { readonly run: string; readonly object: LaunchObject; readonly at: number },
): Promise<LaunchObjectRow> {
  const { account, launch, run, object, at } = intention
  const id = objectId(run, object.key)
  await store.db
    .insertInto('launch_objects')
    .values({
      id,
      account,
      launch,
      run,
      key: object.key,
      kind: object.kind,
      parent: object.parent,
      name: object.name,
      state: 'intended',
      meta_id: null,
      fields_json: JSON.stringify(object.fields),
      read_back_json: null,
      upload_json: null,
      attempted_at: at,
      sent_at: null,
      published_at: null,
      error_json: null,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return (await findObject(store, id))!
}

type Change = Partial<Omit<LaunchObjectRow, 'id' | 'account' | 'launch' | 'key' | 'kind' | 'run' | 'state' | 'updated_at'>>

/** Records that a create call is being sent: from now on the object may exist at Meta. */
export const markSent = (store: Store, id: string, at: number): Promise<void> =>
  update(store, id, { state: 'sent', sent_at: at, updated_at: at })

/** Records that the create call created nothing: Meta refused it or was not reached. */
export const markUnsent = (store: Store, id: string, error: unknown, at: number): Promise<void> =>
  update(store, id, { state: 'intended', sent_at: null, error_json: JSON.stringify(error), updated_at: at })

/** Stores details of an object: its id, the progress of its upload. */
export const keepOfObject = (store: Store, id: string, change: Change, at: number): Promise<void> =>
  update(store, id, { ...change, updated_at: at })

/** Records that the object exists at Meta. An earlier object with the same key becomes `replaced`. */
export function markStanding(
  store: Store,
  row: Pick<LaunchObjectRow, 'id' | 'account' | 'launch' | 'key'>,
  found: { readonly metaId: string; readonly readBack: JsonObject | null; readonly at: number },
): Promise<void> {
  const { metaId, readBack, at } = found
  return inTransaction(store, async (transaction) => {
    await transaction.db
      .updateTable('launch_objects')
      .set({ state: 'replaced', updated_at: at })
      .where('account', '=', row.account)
      .where('launch', '=', row.launch)
      .where('key', '=', row.key)
      .where('state', '=', 'standing')
      .where('id', '!=', row.id)
      .execute()
    await update(transaction, row.id, {
      state: 'standing',
      meta_id: metaId,
      error_json: null,
      updated_at: at,
      ...(readBack === null ? {} : { read_back_json: JSON.stringify(readBack) }),
    })
  })
}

/** Records that the object was never created or no longer exists (`absent`), or that a rollback deleted it (`deleted`). */
export const markGone = (store: Store, id: string, state: 'absent' | 'deleted', at: number): Promise<void> =>
  update(store, id, { state, updated_at: at })

async function update(
  store: Store,
  id: string,
  change: Change & { readonly state?: LaunchObjectRow['state']; readonly updated_at: number },
): Promise<void> {
  await store.db.updateTable('launch_objects').set(change).where('id', '=', id).execute()
}
