/**
 * Numbers on WhatsApp and the user ids that belong to them, and when each last wrote to us. Rights belong to a number: somebody who
 * shows only a user id has those of the number with which the id was last seen.
 */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'

/** WhatsApp's customer service window, in milliseconds (Cloud API, "Sending messages": customer service windows). */
export const CUSTOMER_SERVICE_WINDOW = 24 * 60 * 60 * 1000

/**
 * Stores that somebody wrote to us.
 *
 * @param waId the phone number's digits, without `+`
 */
export async function recordInbound(store: Store, waId: string, at: number): Promise<void> {
  await store.db
    .insertInto('contacts')
    .values({ wa_id: waId, last_inbound_at: at, user_id: null, linked_at: null })
    .onConflict((conflict) =>
      conflict
        .column('wa_id')
        .doUpdateSet((row) => ({ last_inbound_at: row.ref('excluded.last_inbound_at') }))
        .where((eb) =>
          eb.or([
            eb('contacts.last_inbound_at', 'is', null),
            eb('contacts.last_inbound_at', '<', eb.ref('excluded.last_inbound_at')),
          ]),
        ),
    )
    .execute()
}

/** Returns until when free text may be sent to this number; null if it never wrote to us. */
export async function windowOpenUntil(store: Store, waId: string): Promise<number | null> {
  const row = await store.db.selectFrom('contacts').select('last_inbound_at').where('wa_id', '=', waId).executeTakeFirst()
  const last = row?.last_inbound_at ?? null
  return last === null ? null : last + CUSTOMER_SERVICE_WINDOW
}

/**
 * Links a number and a user id that WhatsApp reported together: from `at` on they belong to the same person. Older reports than the
 * stored one are ignored, because webhooks arrive late and in any order. If a link was removed at the same time, it stays removed.
 *
 * @param link.at WhatsApp's time of the report, epoch milliseconds
 */
export function linkUserId(store: Store, link: { readonly waId: string; readonly userId: string; readonly at: number }) {
  const { waId, userId, at } = link
  return inTransaction(store, async ({ db }) => {
    const known = await db.selectFrom('contacts').selectAll().where('wa_id', '=', waId).executeTakeFirst()
    const holder = await db.selectFrom('contacts').selectAll().where('user_id', '=', userId).executeTakeFirst()
    const isOld = (row: typeof known): boolean => row !== undefined && row.user_id !== userId && (row.linked_at ?? 0) >= at
    if (isOld(known) || (holder !== undefined && holder.wa_id !== waId && (holder.linked_at ?? 0) >= at)) return
    if (known?.user_id === userId && (known.linked_at ?? 0) >= at) return
    if (holder !== undefined && holder.wa_id !== waId) {
      await db.updateTable('contacts').set({ user_id: null, linked_at: at }).where('wa_id', '=', holder.wa_id).execute()
    }
    await db
      .insertInto('contacts')
      .values({ wa_id: waId, last_inbound_at: null, user_id: userId, linked_at: at })
      .onConflict((conflict) => conflict.column('wa_id').doUpdateSet({ user_id: userId, linked_at: at }))
      .execute()
  })
}

/** Removes the links of an old user id or number, because the person got another one. */
export async function dropUserId(
  store: Store,
  old: { readonly userId: string | null; readonly waId: string | null; readonly at: number },
): Promise<void> {
  const { userId, waId, at } = old
  if (userId === null && waId === null) return
  await store.db
    .updateTable('contacts')
    .set({ user_id: null, linked_at: at })
    .where((eb) =>
      eb.or([...(userId === null ? [] : [eb('user_id', '=', userId)]), ...(waId === null ? [] : [eb('wa_id', '=', waId)])]),
    )
    .where((eb) => eb.or([eb('linked_at', 'is', null), eb('linked_at', '<=', at)]))
    .execute()
}

/** Returns the digits of the number that is linked to a user id; null if there is none. */
export async function numberOfUserId(store: Store, userId: string): Promise<string | null> {
  const row = await store.db.selectFrom('contacts').select('wa_id').where('user_id', '=', userId).executeTakeFirst()
  return row?.wa_id ?? null
}
