/** Opens the store for reading only: nothing is created, migrated or written. */

import Database from 'better-sqlite3'
import { Kysely } from 'kysely'

import type { Tables } from '../tables/tables.js'
import { StoreDialect } from './dialect.js'
import { storeErrorOf } from './error.js'
import type { Store } from './store.js'

/**
 * Opens the store for reading while others use it. Its tables may be those of another version, so queries may fail.
 *
 * @param file the path of an existing file
 * @throws StoreError if it cannot be opened as a store
 */
export async function openStoreReadOnly(file: string): Promise<Store> {
  let sqlite: Database.Database | undefined
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true })
    const db = new Kysely<Tables>({ dialect: new StoreDialect(sqlite) })
    // Opening a file that is not a database succeeds; only a query fails.
    await db.selectFrom('entities').select('id').limit(1).execute()
    const version = sqlite
    return {
      db,
      file,
      dataVersion: () => String(version.pragma('data_version', { simple: true })),
      close: () => db.destroy(),
    }
  } catch (error) {
    sqlite?.close()
    throw storeErrorOf(error, file)
  }
}
