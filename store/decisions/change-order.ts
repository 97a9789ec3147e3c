/** Numbers that put changes of one field in order, whoever requests them. */

import type { Store } from '../base/store.js'

/** The next number. To be called within the transaction that writes the change, so that numbers and rows come in one order. */
export async function nextOrder({ db }: Store): Promise<number> {
  const { value } = await db
    .updateTable('counters')
    .set((counter) => ({ value: counter('value', '+', 1) }))
    .where('name', '=', 'change-order')
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
