/** The stop switch, for one account or for all. */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type Stop = Row<'stops'>

/** Stands for every account. */
export const ALL_ACCOUNTS = '*'

/**
 * Stops an account's rules, or with `*` those of all accounts. If they are already stopped, the first stop remains.
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
        // A second stop within the same millisecond counts too.
        since: Math.max(stop.since, (last?.since ?? 0) + 1),
        resumed_at: null,
      })
      .execute()
    return true
  })
}

/** Ends the stop of exactly this account (or of `*`). Returns false if there was none. */
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

/** Returns the current stop of the account, or else that of all accounts; undefined if there is neither. */
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
 * Returns the stop that applies to something written at `since`: a current stop, or one that began later, even if it was resumed.
 * What was waiting at the stop must not continue after the resume.
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

/** Returns when somebody last resumed the account's rules or those of all accounts; null if never. */
export async function lastResumed(store: Store, account: string): Promise<number | null> {
  const row = await store.db
    .selectFrom('stops')
    .select(({ fn }) => fn.max('resumed_at').as('at'))
    .where('account', 'in', [account, ALL_ACCOUNTS])
    .executeTakeFirst()
  return row?.at ?? null
}

/** Returns the current stop of exactly this account, or of `*`. */
export const stopOf = (store: Store, account: string): Promise<Stop | undefined> =>
  store.db.selectFrom('stops').selectAll().where('account', '=', account).where('resumed_at', 'is', null).executeTakeFirst()

export const standingStops = (store: Store): Promise<Stop[]> =>
  store.db.selectFrom('stops').selectAll().where('resumed_at', 'is', null).orderBy('account').execute()
