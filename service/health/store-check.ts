/** Checks the pages of the store while it is in use, at start and every hour. */

import { noteDamage } from '../../store/base/damage.js'
import { quickFaults } from '../../store/base/integrity.js'
import type { Store } from '../../store/base/store.js'

const CHECK_EVERY = 3_600_000

const checks = new WeakMap<Store, { readonly at: number; readonly done: Promise<void> }>()

/**
 * Checks the store's pages, unless they were checked within the last hour. `knownDamage` returns the result.
 *
 * @returns resolves when the check is done; never rejects: a file that cannot be read is reported elsewhere
 */
export function checkStorePages(store: Store, now: number): Promise<void> {
  const last = checks.get(store)
  if (last !== undefined && Math.abs(now - last.at) < CHECK_EVERY) return last.done
  const done = look(store.file, now).catch(() => undefined)
  checks.set(store, { at: now, done })
  return done
}

async function look(file: string, now: number): Promise<void> {
  if (file === ':memory:') return
  const faults = await quickFaults(file)
  if (faults.length > 0) noteDamage(file, faults.join('; '), now)
}
