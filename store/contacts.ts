/** When people last wrote to us: WhatsApp takes free text only within 24 hours of it. */

import type { Store } from './store.js'

/** WhatsApp's customer service window, milliseconds (Cloud API, "Sending messages": customer service windows). */
export const CUSTOMER_SERVICE_WINDOW = 24 * 60 * 60 * 1000

/** @param waId the phone number's digits, without `+` */
export async function recordInbound(store: Store, waId: string, at: number): Promise<void> {
  await store.db
    .insertInto('contacts')
    .values({ wa_id: waId, last_inbound_at: at })
    .onConflict((conflict) =>
      conflict
        .column('wa_id')
        .doUpdateSet((row) => ({ last_inbound_at: row.ref('excluded.last_inbound_at') }))
        .whereRef('excluded.last_inbound_at', '>', 'contacts.last_inbound_at'),
    )
    .execute()
}

/** Until when free text may be sent to this number; null where it never wrote to us. */
export async function windowOpenUntil(store: Store, waId: string): Promise<number | null> {
  const row = await store.db.selectFrom('contacts').select('last_inbound_at').where('wa_id', '=', waId).executeTakeFirst()
  return row === undefined ? null : row.last_inbound_at + CUSTOMER_SERVICE_WINDOW
}
