/** Who holds an entity paused. It may start again when nobody does. */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type PauseHold = Row<'pause_holds'>

/**
 * Writes down that `holder` (a rule's id, or `api:<who>`) holds the entity paused. Who holds it already goes on holding it.
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
        // Held, let go and held again within one millisecond is two holds all the same.
        since: Math.max(hold.since, (last?.since ?? 0) + 1),
        released_at: null,
      })
      .execute()
    return true
  })
}

/**
 * Releases `holder`'s hold. `held` is whether there was one, `others` are those who still hold the entity: it may start only
 * when there are none.
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

/** Those who hold the entity paused now, the first one first. */
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

/** Everything that one holder holds paused in an account. */
export const heldBy = (store: Store, account: string, holder: string): Promise<PauseHold[]> =>
  store.db
    .selectFrom('pause_holds')
    .selectAll()
    .where('account', '=', account)
    .where('holder', '=', holder)
    .where('released_at', 'is', null)
    .orderBy('since')
    .orderBy('entity_id')
    .execute()

/** Releases all holds on an entity, when a person or `start: any` started it. @returns how many there were */
export const releaseAllPauses = (store: Store, account: string, entityId: string, at: number): Promise<number> =>
  releasePauses(store, account, entityId, { at, except: [] })

/** The same, but for the holds of some. @returns how many there were */
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

/** Who holds which entities of the account paused. */
export const openHolds = (store: Store, account: string): Promise<Pick<PauseHold, 'entity_id' | 'holder'>[]> =>
  store.db
    .selectFrom('pause_holds')
    .select(['entity_id', 'holder'])
    .where('account', '=', account)
    .where('released_at', 'is', null)
    .execute()
