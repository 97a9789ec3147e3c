/**
 * Every time that a message was handed to WhatsApp. Sending is not idempotent: where an answer was lost, the message may have
 * arrived, and whatever is sent after it may be a repeat.
 */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type Send = Row<'sends'>

/** Writes a sending down before it is made; its outcome is not known yet. */
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

/** WhatsApp took it, or refused it for certain. An answer that came by webhook before stays. */
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

/** A report names our message and an id that no answer gave: it is about the sending whose answer was lost, the earliest of them. */
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

/** The latest sending of a message whose outcome is not known; undefined where each is known. */
export const lastOpenSend = (store: Store, message: string): Promise<Send | undefined> =>
  store.db
    .selectFrom('sends')
    .selectAll()
    .where('message', '=', message)
    .where('outcome', '=', 'unknown')
    .orderBy('id', 'desc')
    .executeTakeFirst()

/** In the order in which they were made. */
export const sendsOfMessage = (store: Store, message: string): Promise<Send[]> =>
  store.db.selectFrom('sends').selectAll().where('message', '=', message).orderBy('id').execute()
