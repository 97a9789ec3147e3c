/** Idempotency keys of writes through the API: the same request again gets the same answer and changes nothing. */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'

export type KeyState =
  /** Carry the request out, then `finishKey` or `releaseKey`. */
  | { readonly kind: 'new' }
  /** The same request is being carried out right now. */
  | { readonly kind: 'in-flight' }
  /** The key was used for another request. */
  | { readonly kind: 'other-request' }
  | { readonly kind: 'answered'; readonly status: number; readonly response: unknown }

/**
 * Takes a key for a request.
 *
 * @param take.requestHash SHA-256 of method, path and body
 * @param take.abandonedBefore a request that began before this time and has no answer is assumed to have died with its process:
 *   it may be carried out again, so doing it twice must be harmless
 */
export function takeKey(
  store: Store,
  take: { readonly key: string; readonly requestHash: string; readonly at: number; readonly abandonedBefore: number },
): Promise<KeyState> {
  return inTransaction(store, async ({ db }) => {
    const known = await db.selectFrom('idempotency_keys').selectAll().where('key', '=', take.key).executeTakeFirst()
    if (known === undefined) {
      await db
        .insertInto('idempotency_keys')
        .values({ key: take.key, request_hash: take.requestHash, status: null, response_json: null, created_at: take.at })
        .execute()
      return { kind: 'new' }
    }
    if (known.request_hash !== take.requestHash) return { kind: 'other-request' }
    if (known.status !== null) {
      return { kind: 'answered', status: known.status, response: JSON.parse(known.response_json ?? 'null') as unknown }
    }
    if (known.created_at >= take.abandonedBefore) return { kind: 'in-flight' }
    await db.updateTable('idempotency_keys').set({ created_at: take.at }).where('key', '=', take.key).execute()
    return { kind: 'new' }
  })
}

/** Stores the answer for repeated requests. */
export async function finishKey(store: Store, key: string, status: number, response: unknown): Promise<void> {
  await store.db
    .updateTable('idempotency_keys')
    .set({ status, response_json: JSON.stringify(response ?? null) })
    .where('key', '=', key)
    .execute()
}

/** Releases a key whose request did nothing, so that it may be tried again. */
export async function releaseKey(store: Store, key: string): Promise<void> {
  await store.db.deleteFrom('idempotency_keys').where('key', '=', key).where('status', 'is', null).execute()
}

/** Deletes keys from before `before`. */
export async function forgetKeys(store: Store, before: number): Promise<void> {
  await store.db.deleteFrom('idempotency_keys').where('created_at', '<', before).execute()
}
