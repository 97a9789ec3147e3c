/** Writes a person's change to the ledger before it is applied. */

import { ApplicationFailure } from '@temporalio/common'

import type { Account } from '../../engine/account/account.js'
import { changeInWords } from '../../engine/change/in-words.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { intendMutation } from '../../store/decisions/mutations.js'
import { findRequest, type RequestedChange } from '../../store/decisions/requested-changes.js'
import type { PreparedChange } from './contract.js'
import { notMade } from './not-made.js'

/**
 * Reads the request again in the same transaction, because it may have been withdrawn or refused while Meta was asked.
 *
 * @param found `before`: the field's value as just read; `edited`: Meta's date of the entity's last edit; `at`: the time of writing
 * @throws ApplicationFailure `unknown-request` if the request was withdrawn in the meantime
 */
export function intendRequested(
  store: Store,
  { id, made_by, level, entity_id, field, target }: RequestedChange,
  account: Account,
  { before, edited, at }: { readonly before: string; readonly edited: number | null; readonly at: number },
): Promise<PreparedChange> {
  return inTransaction(store, async (transaction) => {
    const request = await findRequest(transaction, id)
    if (request === undefined) {
      throw ApplicationFailure.nonRetryable(`The change ${id} was withdrawn before it was started.`, 'unknown-request')
    }
    if (request.refusal !== null) return notMade(request.refusal)
    await intendMutation(transaction, {
      id,
      decision: null,
      account: account.name,
      made_by,
      level,
      entity_id,
      field,
      before,
      target,
      intended_at: at,
      edited_when_prepared: edited,
      order_number: request.order_number,
    })
    return { kind: 'change', ...changeInWords({ field, before, target }, account) }
  })
}
