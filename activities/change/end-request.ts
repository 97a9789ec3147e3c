/** Ends a person's change whose workflow no longer exists, so that nothing else records its outcome. */

import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { findMutation, settleMutation } from '../../store/decisions/mutations.js'
import { refuseRequest } from '../../store/decisions/requested-changes.js'

/**
 * A change that was not sent is refused, which also keeps an activity that is still running from sending it. A change that was sent
 * stays unknown until a reading shows its outcome.
 */
export function endRequest(store: Store, id: string, end: { readonly note: string; readonly at: number }): Promise<void> {
  return inTransaction(store, async (transaction) => {
    const error = { type: 'ended', message: end.note }
    const row = await findMutation(transaction, id)
    if (row === undefined) await refuseRequest(transaction, id, end)
    else if (row.outcome === 'intended') await settleMutation(transaction, id, { outcome: 'refused', error, at: end.at })
    else if (row.error_json === null) await settleMutation(transaction, id, { outcome: 'unknown', error, at: end.at })
  })
}
