/** Whether webhooks reach us: a report that does not come means something only where the way is known to be open. */

import type { Store } from '../base/store.js'

/** A webhook whose signature is right came by this way. */
export async function recordWebhookWay(store: Store, way: 'whatsapp', at: number): Promise<void> {
  await store.db
    .insertInto('webhook_ways')
    .values({ way, last_at: at })
    .onConflict((conflict) => conflict.column('way').doUpdateSet({ last_at: at }).where('webhook_ways.last_at', '<', at))
    .execute()
}

/** When a webhook last came by this way; null where none ever did. */
export async function lastWebhookAt(store: Store, way: 'whatsapp'): Promise<number | null> {
  const row = await store.db.selectFrom('webhook_ways').select('last_at').where('way', '=', way).executeTakeFirst()
  return row?.last_at ?? null
}
