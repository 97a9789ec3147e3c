/** Runs several statements as one transaction: all of them take effect, or none. */

import type { Store } from './store.js'

/**
 * Runs `work` in a write transaction, or in the current one if there is one already. Other processes' writes wait meanwhile, so
 * `work` must await nothing but the store.
 */
export function inTransaction<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  if (store.db.isTransaction) return work(store)
  return store.db.transaction().execute((db) => work({ ...store, db }))
}
