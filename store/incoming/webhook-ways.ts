/** When webhooks last reached us: a missing status report means something only if webhooks are known to arrive. */

import type { Store } from '../base/store.js'

/** Records that a webhook with a valid signature arrived from this source. */
export async function recordWebhookWay(store: Store, way: 'whatsapp', at: number): Promise<void> {
  await store.db
    .insertInto('webhook_ways')
    .values({ way, last_at: at })
    .onConflict((conflict) => conflict.column('way').doUpdateSet({ last_at: at }).where('webhook_ways.last_at', '<', at))
    .execute()
}

/** Returns when a webhook last arrived from this source; null if none ever did. */
export async function lastWebhookAt(store: Store, way: 'whatsapp'): Promise<number | null> {
  const row = await store.db.selectFrom('webhook_ways').select('last_at').where('way', '=', way).executeTakeFirst()
  return row?.last_at ?? null
}
