/** Looks through the pages of the store while it is in use: at start, and every hour. */

import { noteDamage } from '../../store/base/damage.js'
import { quickFaults } from '../../store/base/integrity.js'
import type { Store } from '../../store/base/store.js'

const CHECK_EVERY = 3_600_000

const checks = new WeakMap<Store, { readonly at: number; readonly done: Promise<void> }>()

/**
 * What it finds is known afterwards (`knownDamage`). A check of within the last hour counts.
 *
 * @returns settles when the last check is done; never rejects, since a file that cannot be read just now is somebody else's finding
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
