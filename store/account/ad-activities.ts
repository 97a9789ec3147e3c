/** The entries of Meta's activity log that were read. */

import type { Store } from '../base/store.js'
import type { NewRow, Row } from '../tables/tables.js'

export type AdActivity = Row<'ad_activities'>

/** Stores entries; existing ones stay as they are. Returns how many are new. */
export async function saveActivities(store: Store, rows: readonly NewRow<'ad_activities'>[]): Promise<number> {
  let added = 0
  // SQLite limits the number of values in one statement.
  for (let first = 0; first < rows.length; first += 500) {
    const { numInsertedOrUpdatedRows } = await store.db
      .insertInto('ad_activities')
      .values(rows.slice(first, first + 500))
      .onConflict((conflict) => conflict.columns(['account', 'id']).doNothing())
      .executeTakeFirstOrThrow()
    added += Number(numInsertedOrUpdatedRows ?? 0)
  }
  return added
}

/** Returns the time of the newest stored entry, in epoch milliseconds; null if there is none. */
export async function newestActivity(store: Store, account: string): Promise<number | null> {
  const { at } = await store.db
    .selectFrom('ad_activities')
    .select(({ fn }) => fn.max('at').as('at'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow()
  return at
}

/** Returns entries about one object, of these types, between two times (inclusive), newest first. */
export const activitiesOf = (
  store: Store,
  question: {
    readonly account: string
    readonly object: string
    readonly types: readonly string[]
    readonly since: number
    readonly until: number
  },
): Promise<AdActivity[]> =>
  store.db
    .selectFrom('ad_activities')
    .selectAll()
    .where('account', '=', question.account)
    .where('object_id', '=', question.object)
    .where('event_type', 'in', question.types)
    .where('at', '>=', question.since)
    .where('at', '<=', question.until)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
