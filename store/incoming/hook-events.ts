/** Events from outside, stored with their JSON, so that a rule's conditions and messages can read it later. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type HookEvent = Row<'hook_events'>

/**
 * Stores an event; returns the existing row if the id already exists.
 *
 * @param event.id unique across all hooks: `<hook>/<the sender's id>`
 */
export async function keepHookEvent(
  store: Store,
  event: { readonly id: string; readonly hook: string; readonly payload: unknown; readonly receivedAt: number },
): Promise<{ event: HookEvent; isNew: boolean }> {
  const { numInsertedOrUpdatedRows } = await store.db
    .insertInto('hook_events')
    .values({
      id: event.id,
      hook: event.hook,
      payload_json: JSON.stringify(event.payload),
      received_at: event.receivedAt,
      started_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return { event: (await findHookEvent(store, event.id))!, isNew: numInsertedOrUpdatedRows === 1n }
}

/** Signatures are stored as rows among the events, with an id that begins with a space, which no event's id does. */
const SIGNATURE = ' signature '
/** The hooks of these need not be remembered: checking the signature itself shows if it belongs to another hook or is too old. */
const PASSING = `${SIGNATURE}for now `

/**
 * Returns the hook that first received a signed call, which never changes, and its event: the stored one if it was stored at
 * `since` or later, else the given one, which is then stored.
 *
 * @param signature.digest hexadecimal digest of the signature
 * @param signature.passing whether the signature itself covers its hook and time, so that its row may be deleted with the events
 */
export async function eventOfSignature(
  store: Store,
  signature: {
    readonly hook: string
    readonly digest: string
    readonly passing: boolean
    readonly event: string
    readonly at: number
    readonly since: number
  },
): Promise<{ readonly hook: string; readonly event: string }> {
  const { hook, digest, passing, event, at, since } = signature
  const id = `${passing ? PASSING : SIGNATURE}${digest}`
  const values = { payload_json: JSON.stringify({ event }), received_at: at }
  await store.db
    .insertInto('hook_events')
    .values({ id, hook, ...values, started_at: null })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(values).where('hook_events.received_at', '<', since).where('hook_events.hook', '=', hook),
    )
    .execute()
  const kept = (await findHookEvent(store, id))!
  return { hook: kept.hook, event: (JSON.parse(kept.payload_json) as { event: string }).event }
}

/** Stores that the evaluation of the event's rules was started: the same event again does nothing. */
export async function markHookEventStarted(store: Store, id: string, at: number): Promise<void> {
  await store.db.updateTable('hook_events').set({ started_at: at }).where('id', '=', id).where('started_at', 'is', null).execute()
}

export const findHookEvent = (store: Store, id: string): Promise<HookEvent | undefined> =>
  store.db.selectFrom('hook_events').selectAll().where('id', '=', id).executeTakeFirst()

/**
 * Deletes events from before `before`, except those of stored decisions, and the hooks of signatures that do not themselves cover
 * their hook and time.
 */
export async function forgetHookEvents(store: Store, before: number): Promise<void> {
  await store.db
    .deleteFrom('hook_events')
    .where('received_at', '<', before)
    .where((row) => row.or([row('id', 'not like', `${SIGNATURE}%`), row('id', 'like', `${PASSING}%`)]))
    .where((row) =>
      row.not(row.exists(row.selectFrom('decisions').select('decisions.id').whereRef('decisions.event', '=', 'hook_events.id'))),
    )
    .execute()
}
