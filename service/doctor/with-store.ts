import { existsSync } from 'node:fs'

import { openStore, type Store } from '../../store/base/store.js'
import type { Finding } from './finding.js'

/** Runs a check on the store. Returns no findings if there is no store yet, or if it cannot be opened, which `checkStore` reports. */
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
