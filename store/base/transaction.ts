/** Several questions and answers of the store as one: all of it happens, or nothing. */

import type { Store } from './store.js'

/**
 * Runs `work` in one write transaction; within one already, it joins that. Other processes' writes wait meanwhile, so `work`
 * must await nothing but the store.
 */
export function inTransaction<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  if (store.db.isTransaction) return work(store)
  return store.db.transaction().execute((db) => work({ ...store, db }))
}
