/** Events from outside: each is kept with its JSON, so that a rule's conditions and messages can read it later. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type HookEvent = Row<'hook_events'>

/**
 * Keeps an event; returns the existing row if the id already exists.
 *
 * @param event.id unique over all hooks: `<hook>/<the sender's id>`
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

/** Rows of signatures are kept among the events, under an id that begins with a blank, which no event's id does. */
const SIGNATURE = ' signature '
/** Of these the hook need not be remembered: the check of the signature finds by itself that it is another hook's, or too old. */
const PASSING = `${SIGNATURE}for now `

/**
 * The hook that a signed call first came to, which never changes, and the event that it has been since `since`, else the event
 * given, which it is from now on.
 *
 * @param signature.digest hex, of the signature
 * @param signature.passing whether the signature alone says what it is good for, so that it may be forgotten with the events
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

/** Its rules were set going: the same event again does nothing. */
export async function markHookEventStarted(store: Store, id: string, at: number): Promise<void> {
  await store.db.updateTable('hook_events').set({ started_at: at }).where('id', '=', id).where('started_at', 'is', null).execute()
}

export const findHookEvent = (store: Store, id: string): Promise<HookEvent | undefined> =>
  store.db.selectFrom('hook_events').selectAll().where('id', '=', id).executeTakeFirst()

/**
 * Forgets events of before `before`, but for those that a decision that is kept was made for, and for the hooks of signatures
 * that say by themselves neither their hook nor their time.
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
