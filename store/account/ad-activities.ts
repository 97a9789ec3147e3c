/** Meta's activity log, as far as it was read. */

import type { Store } from '../base/store.js'
import type { NewRow, Row } from '../tables/tables.js'

export type AdActivity = Row<'ad_activities'>

/** Keeps entries; those that are known stay as they are. @returns how many are new */
export async function saveActivities(store: Store, rows: readonly NewRow<'ad_activities'>[]): Promise<number> {
  let added = 0
  // SQLite takes a limited number of values in one statement.
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

/** When the newest entry that is known happened, epoch milliseconds; null for none. */
export async function newestActivity(store: Store, account: string): Promise<number | null> {
  const { at } = await store.db
    .selectFrom('ad_activities')
    .select(({ fn }) => fn.max('at').as('at'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow()
  return at
}

/** Entries about one object, of some types, within a time (both ends in); the newest first. */
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
