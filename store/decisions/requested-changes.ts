/**
 * Changes that people requested. A request is stored by the part that authenticated them, before its workflow is started: somebody
 * with access to Temporal can name a request, but not say what it asks for.
 */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'
import { nextOrder } from './change-order.js'

export type RequestedChange = Row<'requested_changes'>
export type ChangeRequest = Omit<RequestedChange, 'order_number' | 'refusal' | 'refused_at' | 'warnings_json'> & {
  readonly warnings?: readonly string[]
}

/** Writes the request down, the latest of its field. Where the id exists already, its row is returned and nothing is written. */
export function requestChange(store: Store, request: ChangeRequest): Promise<RequestedChange> {
  return inTransaction(store, async (transaction) => {
    const written = await findRequest(transaction, request.id)
    if (written !== undefined) return written
    const { warnings = [], ...asked } = request
    const order_number = await nextOrder(transaction)
    const row = { ...asked, order_number, refusal: null, refused_at: null, warnings_json: JSON.stringify(warnings) }
    await transaction.db.insertInto('requested_changes').values(row).execute()
    return row
  })
}

export const findRequest = (store: Store, id: string): Promise<RequestedChange | undefined> =>
  store.db.selectFrom('requested_changes').selectAll().where('id', '=', id).executeTakeFirst()

/**
 * Writes down why it was not even begun. The first reason stays, and what is in the ledger already is not refused here.
 *
 * @returns the request as it is now
 */
export function refuseRequest(
  store: Store,
  id: string,
  refusal: { readonly note: string; readonly at: number },
): Promise<RequestedChange | undefined> {
  return inTransaction(store, async (transaction) => {
    await transaction.db
      .updateTable('requested_changes')
      .set({ refusal: refusal.note, refused_at: refusal.at })
      .where('id', '=', id)
      .where('refusal', 'is', null)
      .where('id', 'not in', (row) => row.selectFrom('mutations').select('id').where('id', '=', id))
      .execute()
    return await findRequest(transaction, id)
  })
}

/**
 * Forgets a request whose workflow was not started, so that it takes nobody's place. One that is in the ledger stays: its
 * workflow was started all the same.
 */
export async function withdrawRequest(store: Store, id: string): Promise<void> {
  await store.db
    .deleteFrom('requested_changes')
    .where('id', '=', id)
    .where('refusal', 'is', null)
    .where('id', 'not in', (row) => row.selectFrom('mutations').select('id').where('id', '=', id))
    .execute()
}

/** Requests from before a moment of which nobody wrote down how they ended, the earliest first. */
export const unsettledRequests = (store: Store, account: string, before: number): Promise<RequestedChange[]> =>
  store.db
    .selectFrom('requested_changes')
    .selectAll()
    .where('account', '=', account)
    .where('requested_at', '<', before)
    .where('refusal', 'is', null)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('mutations')
            .select('mutations.id')
            .whereRef('mutations.id', '=', 'requested_changes.id')
            // Unknown with an error: its tries are over, and readings settle it.
            .where((made) =>
              made.or([
                made('mutations.outcome', 'not in', ['intended', 'unknown']),
                made('mutations.error_json', 'is not', null),
              ]),
            ),
        ),
      ),
    )
    .orderBy('order_number')
    .execute()
