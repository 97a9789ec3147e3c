/** A person's change, written to the ledger before it is applied. */

import type { Account } from '../engine/account/account.js'
import { intendMutation } from '../store/mutations.js'
import type { RequestedChange } from '../store/requested-changes.js'
import type { Store } from '../store/store.js'
import { changeInWords } from './change-in-words.js'
import type { PreparedChange } from './contracts.js'

/** @param found what the field was when it was just read, and the moment of writing */
export async function intendRequested(
  store: Store,
  { id, made_by, level, entity_id, field, target, order_number }: RequestedChange,
  account: Account,
  { before, at }: { readonly before: string; readonly at: number },
): Promise<PreparedChange> {
  await intendMutation(store, {
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
    order_number,
  })
  return { kind: 'change', ...changeInWords({ field, before, target }, account) }
}
