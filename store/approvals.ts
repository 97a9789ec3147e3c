/** What waits for somebody's word, and the word that was given. An approval is answered once; later words change nothing. */

import { countChange } from './decisions.js'
import type { Store } from './store.js'
import type { Row } from './tables.js'
import { inTransaction } from './transaction.js'

export type Approval = Row<'approvals'>
export type ApprovalAnswer = 'approved' | 'rejected' | 'expired' | 'withdrawn'

export interface NewApproval {
  /** `<decision>-<step>` */
  readonly id: string
  readonly decision: string
  readonly account: string
  /** The values at the moment of asking that the approved change rests on, by field. */
  readonly values: Readonly<Record<string, string | null>>
  readonly askedAt: number
  readonly expiresAt: number
}

/** Writes down what is asked; where the id stands already, what stands is given back. */
export function openApproval(store: Store, approval: NewApproval): Promise<Approval> {
  return inTransaction(store, async (transaction) => {
    const { db } = transaction
    const { id, decision, account, values, askedAt, expiresAt } = approval
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('approvals')
      .values({
        id,
        decision,
        account,
        state: 'waiting',
        values_json: JSON.stringify(values),
        asked_at: askedAt,
        expires_at: expiresAt,
        answered_by: null,
        answered_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) await countChange(db, decision)
    return (await findApproval(transaction, id))!
  })
}

/**
 * Writes down the answer.
 *
 * @param by a recipient's name, or `api:<who>`; null where time or the rule ended it
 * @returns the approval as it stands now: with another answer where one had been given before
 */
export function answerApproval(
  store: Store,
  id: string,
  answer: { readonly state: ApprovalAnswer; readonly by: string | null; readonly at: number },
): Promise<Approval | undefined> {
  return inTransaction(store, async (transaction) => {
    const row = await transaction.db
      .updateTable('approvals')
      .set({ state: answer.state, answered_by: answer.by, answered_at: answer.at })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .returning('decision')
      .executeTakeFirst()
    if (row !== undefined) await countChange(transaction.db, row.decision)
    return await findApproval(transaction, id)
  })
}

export const findApproval = (store: Store, id: string): Promise<Approval | undefined> =>
  store.db.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst()

/** The oldest first. */
export const approvalsOfDecision = (store: Store, decision: string): Promise<Approval[]> =>
  store.db.selectFrom('approvals').selectAll().where('decision', '=', decision).orderBy('asked_at').orderBy('id').execute()
