/** Who holds the pause of an entity. It may start again when nobody does. */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type PauseHold = Row<'pause_holds'>

/**
 * Stores that `holder` (a rule's id, `person`, or `api:<who>`) holds the entity's pause. An existing hold stays as it is.
 *
 * @returns whether the hold is new
 */
export function holdPause(
  store: Store,
  hold: { account: string; entityId: string; holder: string; decision: string | null; since: number },
): Promise<boolean> {
  return inTransaction(store, async ({ db }) => {
    const last = await db
      .selectFrom('pause_holds')
      .select(['since', 'released_at'])
      .where('account', '=', hold.account)
      .where('entity_id', '=', hold.entityId)
      .where('holder', '=', hold.holder)
      .orderBy('since', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last?.released_at === null) return false
    await db
      .insertInto('pause_holds')
      .values({
        account: hold.account,
        entity_id: hold.entityId,
        holder: hold.holder,
        decision: hold.decision,
        // Holding, releasing and holding again within one millisecond still makes two holds.
        since: Math.max(hold.since, (last?.since ?? 0) + 1),
        released_at: null,
      })
      .execute()
    return true
  })
}

/**
 * Releases `holder`'s hold.
 *
 * @returns `held`: whether there was one; `others`: the remaining holds, without which the entity may start
 */
export function releasePause(
  store: Store,
  hold: { account: string; entityId: string; holder: string; at: number },
): Promise<{ held: boolean; others: PauseHold[] }> {
  return inTransaction(store, async (transaction) => {
    const { numUpdatedRows } = await transaction.db
      .updateTable('pause_holds')
      // The clock may have gone backwards; an end before the beginning would be refused.
      .set((row) => ({ released_at: row.fn<number>('max', [row.val(hold.at), row.ref('since')]) }))
      .where('account', '=', hold.account)
      .where('entity_id', '=', hold.entityId)
      .where('holder', '=', hold.holder)
      .where('released_at', 'is', null)
      .executeTakeFirst()
    return { held: numUpdatedRows > 0n, others: await pauseHolders(transaction, hold.account, hold.entityId) }
  })
}

/** Returns the current holds of the entity's pause, oldest first. */
export const pauseHolders = (store: Store, account: string, entityId: string): Promise<PauseHold[]> =>
  store.db
    .selectFrom('pause_holds')
    .selectAll()
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where('released_at', 'is', null)
    .orderBy('since')
    .orderBy('holder')
    .execute()

/** Releases all holds on an entity that a person or `start: any` started. Returns how many there were. */
export const releaseAllPauses = (store: Store, account: string, entityId: string, at: number): Promise<number> =>
  releasePauses(store, account, entityId, { at, except: [] })

/** Releases all holds on an entity except those of some holders. Returns how many it released. */
export async function releasePauses(
  store: Store,
  account: string,
  entityId: string,
  { at, except }: { readonly at: number; readonly except: readonly string[] },
): Promise<number> {
  const { numUpdatedRows } = await store.db
    .updateTable('pause_holds')
    // The clock may have gone backwards; an end before the beginning would be refused.
    .set((row) => ({ released_at: row.fn<number>('max', [row.val(at), row.ref('since')]) }))
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where('released_at', 'is', null)
    .$if(except.length > 0, (query) => query.where('holder', 'not in', except))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Returns all current holds in the account. */
export const openHolds = (store: Store, account: string): Promise<Pick<PauseHold, 'entity_id' | 'holder'>[]> =>
  store.db
    .selectFrom('pause_holds')
    .select(['entity_id', 'holder'])
    .where('account', '=', account)
    .where('released_at', 'is', null)
    .execute()
