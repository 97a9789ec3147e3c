/** Launch specs by key and version: those loaded from `specs/`, and every one that was ever applied. */

import type { Launch } from '../../engine/launch/launch.js'
import { canonicalJson } from '../base/json.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export interface LaunchSpec {
  readonly launch: Launch
  /** The file's text, or what was posted. */
  readonly text: string
}

export interface StoredLaunch extends LaunchSpec {
  readonly isLoaded: boolean
  readonly storedAt: number
}

export interface LaunchSetChange {
  /** Keys of launches that were not loaded before. */
  readonly added: readonly string[]
  /** Keys of launches that are loaded with another version than before. */
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Keeps a version, so that the store alone says what was applied. The file of a loaded one says where it and its media are: the
 * same spec posted from elsewhere does not change that.
 */
export async function storeLaunch(store: Store, spec: LaunchSpec, storedAt: number): Promise<void> {
  const row = { ...columnsOf(spec), stored_at: storedAt }
  const { key, version } = spec.launch
  await store.db
    .insertInto('launches')
    .values({ key, version, loaded: 0, ...row })
    .onConflict((conflict) => conflict.columns(['key', 'version']).doUpdateSet(row).where('launches.loaded', '=', 0))
    .execute()
}

/** Loads a whole set in place of the one before. What the old ones made at Meta stays as it is. */
export function replaceLaunches(store: Store, specs: readonly LaunchSpec[], loadedAt: number): Promise<LaunchSetChange> {
  return inTransaction(store, async (transaction) => {
    const { db } = transaction
    const rows = await db.selectFrom('launches').select(['key', 'version']).where('loaded', '=', 1).execute()
    const before = new Map(rows.map(({ key, version }) => [key, version]))
    const now = new Map(specs.map(({ launch }) => [launch.key, launch.version]))
    await db.updateTable('launches').set({ loaded: 0 }).where('loaded', '=', 1).execute()
    for (const spec of specs) {
      const { key, version } = spec.launch
      await storeLaunch(transaction, spec, loadedAt)
      await db.updateTable('launches').set({ loaded: 1 }).where('key', '=', key).where('version', '=', version).execute()
    }
    const keys = [...now.keys()].sort()
    return {
      added: keys.filter((key) => !before.has(key)),
      changed: keys.filter((key) => before.has(key) && before.get(key) !== now.get(key)),
      removed: [...before.keys()].filter((key) => !now.has(key)).sort(),
    }
  })
}

/** The one that `launch: <key>` means in a rule. */
export async function findLoadedLaunch(store: Store, key: string): Promise<StoredLaunch | undefined> {
  const row = await store.db.selectFrom('launches').selectAll().where('key', '=', key).where('loaded', '=', 1).executeTakeFirst()
  return row === undefined ? undefined : storedLaunch(row)
}

export async function findLaunchVersion(store: Store, key: string, version: string): Promise<StoredLaunch | undefined> {
  const row = await store.db
    .selectFrom('launches')
    .selectAll()
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst()
  return row === undefined ? undefined : storedLaunch(row)
}

/** The loaded one, else the version that was stored last. */
export async function findLaunch(store: Store, key: string): Promise<StoredLaunch | undefined> {
  const row = await store.db
    .selectFrom('launches')
    .selectAll()
    .where('key', '=', key)
    .orderBy('loaded', 'desc')
    .orderBy('stored_at', 'desc')
    .orderBy('version')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : storedLaunch(row)
}

const columnsOf = ({ launch, text }: LaunchSpec) => ({
  account: launch.account,
  file: launch.file,
  spec_text: text,
  launch_json: canonicalJson(launch),
})

const storedLaunch = (row: Row<'launches'>): StoredLaunch => ({
  launch: JSON.parse(row.launch_json) as Launch,
  text: row.spec_text,
  isLoaded: row.loaded === 1,
  storedAt: row.stored_at,
})
