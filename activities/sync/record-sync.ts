/** Records every sync in the store: as finished, or as failed with the reason. */

import { beginSync, failSync, finishSync, type SyncKind } from '../../store/account/syncs.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'

export interface Sync {
  readonly account: string
  readonly kind: SyncKind
  /** First and last account day, inclusive; null for structure. */
  readonly since: string | null
  readonly until: string | null
  /** Epoch milliseconds; the sync contains what happened before. */
  readonly startedAt: number
}

export async function recordSync({ store, now }: ActivityDependencies, sync: Sync): Promise<void> {
  await finishSync(store, await beginSync(store, sync), now())
}

/**
 * Runs a sync's work, and records it as failed if it throws.
 *
 * @throws ApplicationFailure made from the error of `work`
 */
export async function syncing<T>({ store }: ActivityDependencies, sync: Sync, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const failure = failureOf(error)
    // A report that is not ready yet is not a failure.
    if (failure.type !== 'not-ready') await failSync(store, await beginSync(store, sync), failure.message)
    throw failure
  }
}
