/** The ledger of changes at Meta. A row is written before its change is sent, so that a retry finds the same target. */

import type { Settlement } from '../../engine/change/settlement.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { NewRow, Row } from '../tables/tables.js'
import { nextOrder } from './change-order.js'
import { countChange } from './decisions.js'

export type Mutation = Row<'mutations'>
export type Intention = Pick<
  NewRow<'mutations'>,
  'id' | 'account' | 'made_by' | 'level' | 'entity_id' | 'field' | 'before' | 'target' | 'intended_at'
> & {
  readonly decision?: string | null
  /** Meta's date of the entity's last edit, from the reading on which the change is based; absent if there was no reading. */
  readonly edited_when_prepared?: number | null
  /** For a person's change the number of its request; by default the next number. */
  readonly order_number?: number
}

/**
 * Writes an intended change. Returns the existing row if the id already exists: its target stays, even if a new computation would
 * give another.
 */
export function intendMutation(store: Store, intention: Intention): Promise<{ mutation: Mutation; isNew: boolean }> {
  return inTransaction(store, async (transaction) => {
    const { db } = transaction
    const { decision = null, order_number = await nextOrder(transaction) } = intention
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('mutations')
      .values({ ...intention, decision, order_number, outcome: 'intended', error_json: null, settled_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    const isNew = numInsertedOrUpdatedRows === 1n
    if (isNew && decision !== null) await countChange(db, decision)
    const mutation = await findMutation(transaction, intention.id)
    return { mutation: mutation!, isNew }
  })
}

/**
 * Stores the outcome of a change. `unknown` may still become another outcome; all others are final.
 *
 * @param settlement.editedAfter Meta's date of the entity's last edit, from the reading that confirmed the change
 * @returns false if the row is missing or already has a final outcome; then nothing is changed
 */
export function settleMutation(
  store: Store,
  id: string,
  settlement: { readonly outcome: Settlement; readonly error?: unknown; readonly at: number; readonly editedAfter?: number },
): Promise<boolean> {
  const { outcome, error, at, editedAfter = null } = settlement
  return inTransaction(store, async ({ db }) => {
    const row = await db
      .updateTable('mutations')
      .set((row) => ({
        outcome,
        error_json: error === undefined ? null : JSON.stringify(error),
        settled_at: at,
        edited_after: editedAfter,
        ...(outcome === 'confirmed' || outcome === 'unknown'
          ? { sent_at: row.fn.coalesce('sent_at', row.val(at)), last_sent_at: row.fn.coalesce('last_sent_at', row.val(at)) }
          : {}),
      }))
      .where('id', '=', id)
      .where('outcome', 'in', ['intended', 'unknown'])
      .returning('decision')
      .executeTakeFirst()
    if (row === undefined) return false
    if (row.decision !== null) await countChange(db, row.decision)
    return true
  })
}

/**
 * Marks a change as sent, right before it is sent: from here on it may have been made.
 *
 * @param sending.before the field's current value, which replaces the stored one
 * @param sending.edited Meta's date of the entity's last edit, as just read; the date of the first sending is kept
 * @returns false if it got a final outcome in the meantime, so that it must not be sent
 */
export async function markSent(
  store: Store,
  id: string,
  sending: { readonly at: number; readonly before: string; readonly edited: number | null },
): Promise<boolean> {
  const { at, before, edited } = sending
  const { numUpdatedRows } = await store.db
    .updateTable('mutations')
    .set((row) => ({
      outcome: 'unknown',
      before,
      error_json: null,
      settled_at: at,
      sent_at: row.fn.coalesce('sent_at', row.val(at)),
      last_sent_at: at,
      edited_before: row.fn.coalesce('edited_before', row.val(edited)),
    }))
    .where('id', '=', id)
    .where('outcome', 'in', ['intended', 'unknown'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Stores that Meta accepted the change: it is never sent again, and only readings decide its outcome. */
export async function markAnswered(store: Store, id: string, at: number): Promise<void> {
  await store.db.updateTable('mutations').set({ answered_at: at }).where('id', '=', id).execute()
}

/**
 * Sets a change back to `intended` that was marked as sent, if it is certain that Meta did not make it. Changes with a final outcome
 * stay as they are. If the row has an error, the change was given up in the meantime (marking it as sent had cleared earlier errors):
 * then it becomes `refused`, because nothing will retry it.
 */
export async function takeBackSending(store: Store, id: string, at: number): Promise<void> {
  await inTransaction(store, async (transaction) => {
    const row = await findMutation(transaction, id)
    if (row?.outcome !== 'unknown') return
    await unmarkSent(transaction, id)
    if (row.error_json === null) return
    await settleMutation(transaction, id, { outcome: 'refused', error: JSON.parse(row.error_json) as unknown, at })
  })
}

async function unmarkSent({ db }: Store, id: string): Promise<void> {
  await db
    .updateTable('mutations')
    .set({ outcome: 'intended', settled_at: null, sent_at: null, last_sent_at: null, edited_before: null })
    .where('id', '=', id)
    .execute()
}

/** Stores the id of a copy as soon as it was made. */
export async function keepResult(store: Store, id: string, result: string): Promise<void> {
  await store.db.updateTable('mutations').set({ result }).where('id', '=', id).execute()
}

export const findMutation = (store: Store, id: string): Promise<Mutation | undefined> =>
  store.db.selectFrom('mutations').selectAll().where('id', '=', id).executeTakeFirst()

export const mutationsOfDecision = (store: Store, decision: string): Promise<Mutation[]> =>
  store.db.selectFrom('mutations').selectAll().where('decision', '=', decision).orderBy('order_number').execute()

/** Returns unsettled changes of the account since a moment, without the row `except`. */
export const openMutations = (
  { db }: Store,
  account: string,
  { since, except }: { readonly since: number; readonly except: string | null },
): Promise<Pick<Mutation, 'entity_id' | 'field' | 'target'>[]> =>
  db
    .selectFrom('mutations')
    .select(['entity_id', 'field', 'target'])
    .where('account', '=', account)
    .where('outcome', 'in', ['intended', 'unknown'])
    .where('intended_at', '>', since)
    .$if(except !== null, (query) => query.where('id', '!=', except!))
    .execute()

/** Returns rows whose id begins with `<folder>/`, in the order in which they were intended. */
export const mutationsBelow = ({ db }: Store, folder: string): Promise<Mutation[]> =>
  db
    .selectFrom('mutations')
    .selectAll()
    .where('id', '>=', `${folder}/`)
    // `0` is the character after `/`.
    .where('id', '<', `${folder}0`)
    .orderBy('intended_at')
    .orderBy('id')
    .execute()
