/** The stop switch, for one account or for all. */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type Stop = Row<'stops'>

/** Stands for every account. */
export const ALL_ACCOUNTS = '*'

/**
 * Stops an account's rules, or with `*` everybody's. If they are stopped already, the first stop remains.
 *
 * @returns whether the stop is new
 */
export function stopRules(
  store: Store,
  stop: { readonly account: string; readonly reason: string; readonly stoppedBy: string; readonly since: number },
): Promise<boolean> {
  return inTransaction(store, async ({ db }) => {
    const last = await db
      .selectFrom('stops')
      .select(['since', 'resumed_at'])
      .where('account', '=', stop.account)
      .orderBy('since', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last?.resumed_at === null) return false
    await db
      .insertInto('stops')
      .values({
        account: stop.account,
        reason: stop.reason,
        stopped_by: stop.stoppedBy,
        // A stop within the millisecond of the last one counts all the same.
        since: Math.max(stop.since, (last?.since ?? 0) + 1),
        resumed_at: null,
      })
      .execute()
    return true
  })
}

/** @returns whether a stop of just this account (or of `*`) was standing */
export async function resumeRules(store: Store, account: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('stops')
    // The clock may have gone backwards; an end before the beginning would be refused.
    .set((row) => ({ resumed_at: row.fn<number>('max', [row.val(at), row.ref('since')]) }))
    .where('account', '=', account)
    .where('resumed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The stop that holds this account back, its own before everybody's; undefined where it may go on. */
export const standingStop = (store: Store, account: string): Promise<Stop | undefined> =>
  store.db
    .selectFrom('stops')
    .selectAll()
    .where('account', 'in', [account, ALL_ACCOUNTS])
    .where('resumed_at', 'is', null)
    .orderBy('account', 'desc')
    .limit(1)
    .executeTakeFirst()

/**
 * The stop that came over what was written down at `since`: one that is on, or that began after, whether it was resumed or not.
 * What waited when the switch was thrown does not wake with the resume.
 */
export const stopOver = (store: Store, account: string, since: number): Promise<Stop | undefined> =>
  store.db
    .selectFrom('stops')
    .selectAll()
    .where('account', 'in', [account, ALL_ACCOUNTS])
    .where((eb) => eb.or([eb('resumed_at', 'is', null), eb('since', '>=', since)]))
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()

/** When somebody last let the account's rules go on, by its own stop or everybody's; null for never. */
export async function lastResumed(store: Store, account: string): Promise<number | null> {
  const row = await store.db
    .selectFrom('stops')
    .select(({ fn }) => fn.max('resumed_at').as('at'))
    .where('account', 'in', [account, ALL_ACCOUNTS])
    .executeTakeFirst()
  return row?.at ?? null
}

/** The stop of just this account, or of `*`. */
export const stopOf = (store: Store, account: string): Promise<Stop | undefined> =>
  store.db.selectFrom('stops').selectAll().where('account', '=', account).where('resumed_at', 'is', null).executeTakeFirst()

export const standingStops = (store: Store): Promise<Stop[]> =>
  store.db.selectFrom('stops').selectAll().where('resumed_at', 'is', null).orderBy('account').execute()
