/** The events for which an account's rules must still be evaluated, in the order of their arrival. */

import type { Store } from '../base/store.js'

/**
 * Adds an event for each account. Called in the transaction that stores the event, so that no accepted event is lost. Adding it
 * again changes nothing.
 */
export async function queueEvent(
  { db }: Store,
  event: { readonly id: string; readonly accounts: readonly string[]; readonly receivedAt: number },
): Promise<void> {
  for (const account of event.accounts) {
    await db
      .insertInto('events_to_evaluate')
      .values({ account, event: event.id, received_at: event.receivedAt, evaluated_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Returns the ids of the oldest waiting events, except those in `without`. */
export async function waitingEvents(
  { db }: Store,
  account: string,
  { without, most }: { readonly without: readonly string[]; readonly most: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('events_to_evaluate')
    .select('event')
    .where('account', '=', account)
    .where('evaluated_at', 'is', null)
    .$if(without.length > 0, (query) => query.where('event', 'not in', without))
    .orderBy('received_at')
    .orderBy('event')
    .limit(most)
    .execute()
  return rows.map(({ event }) => event)
}

/** Whether an event that arrived before `before` is still waiting. */
export async function isEventForgotten({ db }: Store, account: string, before: number): Promise<boolean> {
  const row = await db
    .selectFrom('events_to_evaluate')
    .select('event')
    .where('account', '=', account)
    .where('evaluated_at', 'is', null)
    .where('received_at', '<', before)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Marks an event as evaluated or given up. Returns whether it was waiting until now. */
export async function settleEvent({ db }: Store, account: string, event: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('events_to_evaluate')
    .set({ evaluated_at: at })
    .where('account', '=', account)
    .where('event', '=', event)
    .where('evaluated_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
