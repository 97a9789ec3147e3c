/** Webhooks may arrive more than once; each event is processed once. */

import type { Store } from '../base/store.js'

/** Takes an event for processing. Returns true for the first caller with this id, false for all later ones. */
export async function takeWebhookEvent(store: Store, id: string, receivedAt: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store.db
    .insertInto('webhook_events')
    .values({ id, received_at: receivedAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Deletes events from before `before`; WhatsApp retries for at most seven days. */
export async function forgetWebhookEvents(store: Store, before: number): Promise<void> {
  await store.db.deleteFrom('webhook_events').where('received_at', '<', before).execute()
}

export async function isWebhookEventTaken(store: Store, id: string): Promise<boolean> {
  const row = await store.db.selectFrom('webhook_events').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}
