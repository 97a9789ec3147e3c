/** Which events an account's rules have still to be evaluated for, in the order in which they came. */

import type { Store } from '../base/store.js'

/** Written with the event itself, so that none is accepted and forgotten; a second time changes nothing. */
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

/** The oldest that wait, without those named. */
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

/** Whether one that came before `before` still waits. */
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

/** It was evaluated, or cannot be: it waits no longer. @returns whether it waited until now */
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
