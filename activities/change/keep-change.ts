/**
 * Meta may still make an earlier, unanswered change of a field after a later change was confirmed, because a request can outlive
 * the connection that sent it. The latest change is therefore checked again until no earlier one can arrive any more.
 */

import { changeInWords } from '../../engine/change/in-words.js'
import { type LedgerField, sameValue, targetOf, valueOf } from '../../engine/change/ledger-value.js'
import { restoringMutation } from '../../engine/change/mutation-id.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { findMutation, intendMutation, type Mutation } from '../../store/decisions/mutations.js'
import { earlierSent, laterChanges } from '../../store/decisions/superseding.js'
import { MAY_ARRIVE } from '../base/change-times.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { attempt } from '../base/map-errors.js'
import { isHeldByStops, stopNote } from '../base/stop-note.js'
import { wasEditedByHand } from '../ledger/author-of.js'
import { editedAt } from '../ledger/edited-since.js'
import { readEntityNow } from '../sync/save-entity.js'
import { readActivityLog } from '../sync/sync-activity-log.js'
import { type ChangeReadActivities, type CheckedKept } from './contract.js'

/** Returns earlier changes of the field to another value that Meta may still make after `now`. */
export async function mayArrive(store: Store, change: Mutation, now: number): Promise<Mutation[]> {
  const { target, before, sent_at: sent } = change
  return (await earlierSent(store, change, now - MAY_ARRIVE)).filter((earlier) => {
    // It has arrived if the later change found its value, or if it was answered before the later change was sent.
    const { answered_at: answered } = earlier
    const hasArrived = earlier.target === before || (answered !== null && (sent === null || answered <= sent))
    return earlier.target !== target && !hasArrived
  })
}

export const checkKept =
  (dependencies: ActivityDependencies): ChangeReadActivities['checkKept'] =>
  ({ mutation }) =>
    attempt(() => check(dependencies, mutation))

async function check(dependencies: ActivityDependencies, id: string): Promise<CheckedKept> {
  const { store, now } = dependencies
  const kept = await findMutation(store, id)
  if (kept === undefined || (kept.outcome !== 'confirmed' && kept.outcome !== 'unchanged')) return { kind: 'over' }
  const isLast = async (transaction: Store): Promise<boolean> =>
    (await laterChanges(transaction, kept)).every(({ target }) => target === kept.target)
  const open = await mayArrive(store, kept, now())
  if (open.length === 0 || !(await isLast(store))) return { kind: 'over' }
  const account = accountOf(dependencies, kept.account)
  const client = dependencies.meta(account)
  const { entity } = await readEntityNow(dependencies, client, account.name, { level: kept.level, id: kept.entity_id })
  const value = valueOf(entity, kept.field as LedgerField)
  if (sameValue(value, targetOf(kept))) return { kind: 'kept' }
  const arrived = open.find((change) => sameValue(targetOf(change), value))
  // Any other value was set by somebody else, and is now the latest change.
  if (arrived === undefined) return { kind: 'over' }
  // A person may have set the same value: Meta's activity log shows it, in whole seconds, unless it lags behind.
  const since = Math.floor((kept.sent_at ?? kept.intended_at) / 1_000) * 1_000
  await readActivityLog(dependencies, client, account, since)
  const byHand = await wasEditedByHand(store, account.name, kept.entity_id, kept.field as LedgerField, { since, until: now() })
  if (byHand) return { kind: 'over' }
  return await inTransaction(store, async (transaction) => {
    if (!(await isLast(transaction))) return { kind: 'over' }
    if (isHeldByStops(kept) && (await stopNote(transaction, kept.account)) !== null) return { kind: 'over' }
    const { decision, made_by, level, entity_id, field, target } = kept
    const { mutation } = await intendMutation(transaction, {
      // The id contains the number of the change that arrived: it arrives once and is corrected once.
      id: restoringMutation(id, arrived.order_number),
      account: account.name,
      intended_at: now(),
      before: arrived.target,
      edited_when_prepared: editedAt(entity),
      ...{ decision, made_by, level, entity_id, field, target },
    })
    return { kind: 'restore', mutation: mutation.id, ...changeInWords(mutation, account) }
  })
}
