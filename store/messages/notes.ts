/** Notes for the panel: things that somebody should know and that no rule reports. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type Note = Row<'notes'>

/** Stores a note. The same id again increases its count, and shows it again if somebody has seen it. */
export async function writeNote(
  store: Store,
  note: {
    readonly id: string
    readonly kind: string
    readonly account: string | null
    readonly facts: Readonly<Record<string, string | null>>
    readonly at: number
  },
): Promise<void> {
  const { id, kind, account, facts, at } = note
  const facts_json = JSON.stringify(facts)
  await store.db
    .insertInto('notes')
    .values({ id, kind, account, facts_json, count: 1, first_at: at, last_at: at, seen_at: null })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({ facts_json, count: row('notes.count', '+', 1), last_at: at, seen_at: null })),
    )
    .execute()
}

/** Returns notes that nobody has seen yet, newest first. */
export const openNotes = (store: Store): Promise<Note[]> =>
  store.db.selectFrom('notes').selectAll().where('seen_at', 'is', null).orderBy('last_at', 'desc').limit(50).execute()

/** Marks a note as seen. Returns the current note; undefined if it does not exist. */
export async function markNoteSeen(store: Store, id: string, at: number): Promise<Note | undefined> {
  await store.db.updateTable('notes').set({ seen_at: at }).where('id', '=', id).where('seen_at', 'is', null).execute()
  return await store.db.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Deletes notes that were last written before `before`. */
export async function forgetNotes(store: Store, before: number): Promise<void> {
  await store.db.deleteFrom('notes').where('last_at', '<', before).execute()
}
