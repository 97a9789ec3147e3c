/** Launch specs by key and version: those loaded from `specs/`, and every version that was ever planned or applied. */

import type { LaunchSpec } from '../../engine/launch/launch-spec.js'
import { canonicalJson } from '../base/json.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { RuleSetChange } from '../rules/rules.js'
import type { Row } from '../tables/tables.js'

export interface LaunchSpecRow {
  readonly spec: LaunchSpec
  /** The text of the file, or of the request that posted the spec. */
  readonly text: string
  /** Whether it is loaded from `specs/`, so that rules may launch it. */
  readonly isLoaded: boolean
}

export type NewLaunchSpecRow = Omit<LaunchSpecRow, 'isLoaded'>

/** Keys of specs. */
export type LaunchSetChange = Pick<RuleSetChange, 'added' | 'changed' | 'removed'>

/**
 * Stores a version of a spec, so that the store alone shows what was applied. If that version is loaded, its row is not changed:
 * its file and its media stay where they are, even if the same spec is posted from somewhere else.
 */
export async function storeLaunch(store: Store, row: NewLaunchSpecRow, storedAt: number): Promise<void> {
  const columns = { ...columnsOf(row), stored_at: storedAt }
  const { key, version } = row.spec
  await store.db
    .insertInto('launches')
    .values({ key, version, loaded: 0, ...columns })
    .onConflict((conflict) => conflict.columns(['key', 'version']).doUpdateSet(columns).where('launches.loaded', '=', 0))
    .execute()
}

/** Replaces the set of loaded specs. Objects at Meta are not changed, even if their spec is no longer loaded. */
export function replaceLaunches(store: Store, specs: readonly NewLaunchSpecRow[], loadedAt: number): Promise<LaunchSetChange> {
  return inTransaction(store, async (transaction) => {
    const { db } = transaction
    const rows = await db.selectFrom('launches').select(['key', 'version']).where('loaded', '=', 1).execute()
    const before = new Map(rows.map(({ key, version }) => [key, version]))
    const now = new Map(specs.map(({ spec }) => [spec.key, spec.version]))
    await db.updateTable('launches').set({ loaded: 0 }).where('loaded', '=', 1).execute()
    for (const row of specs) {
      const { key, version } = row.spec
      await storeLaunch(transaction, row, loadedAt)
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

/** Returns the loaded spec, which is the one that a rule's `launch: <key>` applies. */
export async function findLoadedLaunch(store: Store, key: string): Promise<LaunchSpecRow | undefined> {
  const row = await store.db.selectFrom('launches').selectAll().where('key', '=', key).where('loaded', '=', 1).executeTakeFirst()
  return row === undefined ? undefined : specRow(row)
}

export async function findLaunchVersion(store: Store, key: string, version: string): Promise<LaunchSpecRow | undefined> {
  const row = await store.db
    .selectFrom('launches')
    .selectAll()
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst()
  return row === undefined ? undefined : specRow(row)
}

/** Returns the loaded version of the spec, or the version stored last if none is loaded. */
export async function findLaunch(store: Store, key: string): Promise<LaunchSpecRow | undefined> {
  const row = await store.db
    .selectFrom('launches')
    .selectAll()
    .where('key', '=', key)
    .orderBy('loaded', 'desc')
    .orderBy('stored_at', 'desc')
    .orderBy('version')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : specRow(row)
}

const columnsOf = ({ spec, text }: NewLaunchSpecRow) => ({
  account: spec.account,
  file: spec.file,
  spec_text: text,
  launch_json: canonicalJson(spec),
})

const specRow = (row: Row<'launches'>): LaunchSpecRow => ({
  spec: JSON.parse(row.launch_json) as LaunchSpec,
  text: row.spec_text,
  isLoaded: row.loaded === 1,
})
