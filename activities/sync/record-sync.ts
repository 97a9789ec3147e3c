/** Every sync ends in the store: finished, or with the sentence that says why it did not. */

import { beginSync, failSync, finishSync, type SyncKind } from '../../store/account/syncs.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'

export interface Sync {
  readonly account: string
  readonly kind: SyncKind
  /** First and last account day, both in; null for structure. */
  readonly since: string | null
  readonly until: string | null
  /** It knows of what happened before. */
  readonly startedAt: number
}

export async function recordSync({ store, now }: ActivityDependencies, sync: Sync): Promise<void> {
  await finishSync(store, await beginSync(store, sync), now())
}

/**
 * Runs a sync's work and writes down where it fails.
 *
 * @throws ApplicationFailure whatever `work` threw
 */
export async function syncing<T>({ store }: ActivityDependencies, sync: Sync, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const failure = failureOf(error)
    // A report that only has to be asked for again is no failure.
    if (failure.type !== 'not-ready') await failSync(store, await beginSync(store, sync), failure.message)
    throw failure
  }
}
