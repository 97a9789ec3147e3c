/** Reading the store for a check that has nothing to say where there is none. */

import { existsSync } from 'node:fs'

import { openStore, type Store } from '../../store/base/store.js'
import type { Finding } from './finding.js'

/** @returns no findings where there is no store yet, or where it cannot be opened: the check of the store itself says why */
export async function withStore(file: string, check: (store: Store) => Promise<Finding[]>): Promise<Finding[]> {
  if (file === ':memory:' || !existsSync(file)) return []
  let store: Store
  try {
    store = await openStore(file)
  } catch {
    return []
  }
  try {
    return await check(store)
  } finally {
    await store.close()
  }
}
