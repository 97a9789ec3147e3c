/** Opening the store to look at it: nothing is made, migrated or written. */

import Database from 'better-sqlite3'
import { Kysely } from 'kysely'

import type { Tables } from '../tables/tables.js'
import { StoreDialect } from './dialect.js'
import { storeErrorOf } from './error.js'
import type { Store } from './store.js'

/**
 * The store for reading, while others work with it. Its tables may be those of another version, so that a query may fail.
 *
 * @param file the path of an existing file
 * @throws StoreError if it cannot be opened as a store
 */
export async function openStoreReadOnly(file: string): Promise<Store> {
  let sqlite: Database.Database | undefined
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true })
    const db = new Kysely<Tables>({ dialect: new StoreDialect(sqlite) })
    // A file that is no database only shows when it is asked something.
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
