/**
 * Every attempt to send a message to WhatsApp. Sending is not idempotent: if an answer was lost, the message may have
 * arrived, and any later sending may be a repeat.
 */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type Send = Row<'sends'>

/** Stores a sending before it is made, with unknown outcome. */
export async function beginSend(
  store: Store,
  { message, at, form }: { readonly message: string; readonly at: number; readonly form: 'text' | 'template' },
): Promise<Send> {
  const isRepeat = (await lastOpenSend(store, message)) !== undefined
  return await store.db
    .insertInto('sends')
    .values({ message, at, form, is_repeat: isRepeat ? 1 : 0, outcome: 'unknown', wamid: null, error_json: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Stores that WhatsApp accepted the sending or certainly refused it. An outcome that a webhook reported earlier stays. */
export async function endSend(
  store: Store,
  id: number,
  end: { readonly outcome: 'accepted'; readonly wamid: string } | { readonly outcome: 'refused'; readonly error: unknown },
): Promise<void> {
  const change = end.outcome === 'accepted' ? { wamid: end.wamid } : { error_json: JSON.stringify(end.error) }
  await store.db
    .updateTable('sends')
    .set({ outcome: end.outcome, ...change })
    .where('id', '=', id)
    .where('outcome', '=', 'unknown')
    .execute()
}

/** Stores an id from a status report that no answer had contained: it must belong to the earliest sending whose answer was lost. */
export async function claimWamid(store: Store, message: string, wamid: string): Promise<void> {
  const known = await store.db.selectFrom('sends').select('id').where('wamid', '=', wamid).executeTakeFirst()
  if (known !== undefined) return
  const open = await store.db
    .selectFrom('sends')
    .select('id')
    .where('message', '=', message)
    .where('outcome', '=', 'unknown')
    .orderBy('id')
    .executeTakeFirst()
  if (open === undefined) return
  await store.db.updateTable('sends').set({ outcome: 'accepted', wamid }).where('id', '=', open.id).execute()
}

/** Returns the latest sending of a message with unknown outcome; undefined if all outcomes are known. */
export const lastOpenSend = (store: Store, message: string): Promise<Send | undefined> =>
  store.db
    .selectFrom('sends')
    .selectAll()
    .where('message', '=', message)
    .where('outcome', '=', 'unknown')
    .orderBy('id', 'desc')
    .executeTakeFirst()

/** Returns the sendings of a message, oldest first. */
export const sendsOfMessage = (store: Store, message: string): Promise<Send[]> =>
  store.db.selectFrom('sends').selectAll().where('message', '=', message).orderBy('id').execute()
