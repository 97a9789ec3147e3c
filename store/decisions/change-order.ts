/** Order numbers for changes. Changes of one field are ordered by them, whether a rule or a person requested the change. */

import type { Store } from '../base/store.js'

/** Returns the next number. Call it within the transaction that writes the change, so that numbers and rows have the same order. */
export async function nextOrder({ db }: Store): Promise<number> {
  const { value } = await db
    .updateTable('counters')
    .set((counter) => ({ value: counter('value', '+', 1) }))
    .where('name', '=', 'change-order')
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
