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

/** Stores the request with the next order number. Returns the existing row if the id already exists. */
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
 * Stores why a request was never started. The first reason stays. A request that is already in the ledger is not refused here.
 *
 * @returns the current request
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
 * Deletes a request whose workflow could not be started, so that it does not supersede other changes. A request that is in the
 * ledger stays, because its workflow did start.
 */
export async function withdrawRequest(store: Store, id: string): Promise<void> {
  await store.db
    .deleteFrom('requested_changes')
    .where('id', '=', id)
    .where('refusal', 'is', null)
    .where('id', 'not in', (row) => row.selectFrom('mutations').select('id').where('id', '=', id))
    .execute()
}

/** Returns requests from before a moment whose outcome was never recorded, earliest first. */
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
            // Unknown with an error: its attempts are over, and readings settle it.
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
