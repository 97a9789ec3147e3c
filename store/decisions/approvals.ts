/**
 * Approvals: questions and their answers. An approval is answered once, by an authenticated person; later answers
 * change nothing. Workflows only read the answers.
 */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'
import { countChange } from './decisions.js'

export type Approval = Row<'approvals'>
export type ApprovalAnswer = 'approved' | 'rejected' | 'expired' | 'withdrawn'

/** @param step the index of the step in `then`, or `rule` if the rule as a whole asks */
export const approvalId = (decision: string, step: number | 'rule'): string => `${decision}-${step}`

export interface NewApproval {
  /** See `approvalId`. */
  readonly id: string
  readonly decision: string
  readonly account: string
  /** The values that the approved change depends on, at the time of asking, by field. */
  readonly values: Readonly<Record<string, string | null>>
  readonly askedAt: number
  readonly expiresAt: number
}

/** Stores the question; returns the existing row if the id already exists. */
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
 * Stores the answer.
 *
 * @param by a recipient's name, or `api:<who>`; null if it expired or was withdrawn
 * @returns the current approval, which has another answer if one was given before
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

/** Returns the approvals of a decision, oldest first. */
export const approvalsOfDecision = (store: Store, decision: string): Promise<Approval[]> =>
  store.db.selectFrom('approvals').selectAll().where('decision', '=', decision).orderBy('asked_at').orderBy('id').execute()

/**
 * Takes back an answer that could not be signalled to the workflow, unless the approval has another answer by now.
 *
 * @param to `waiting` if it may be answered again, `withdrawn` if nothing waits for the answer any more
 * @returns the current approval
 */
export function takeBackAnswer(
  store: Store,
  given: Pick<Approval, 'id' | 'state' | 'answered_at'>,
  to: { readonly state: 'waiting' | 'withdrawn'; readonly at: number },
): Promise<Approval | undefined> {
  return inTransaction(store, async (transaction) => {
    const row = await transaction.db
      .updateTable('approvals')
      .set({ state: to.state, answered_by: null, answered_at: to.state === 'waiting' ? null : to.at })
      .where('id', '=', given.id)
      .where('state', '=', given.state)
      .where('answered_at', 'is', given.answered_at)
      // An answer that the workflow has already read is final.
      .$if(to.state === 'waiting', (query) =>
        query.where('decision', 'in', (row) =>
          row.selectFrom('decisions').select('decisions.id').where('decisions.progress', '=', 'waiting'),
        ),
      )
      .returning('decision')
      .executeTakeFirst()
    if (row !== undefined) await countChange(transaction.db, row.decision)
    return await findApproval(transaction, given.id)
  })
}

/** Returns answers that the workflow which asked has not read yet, earliest first. */
export const unheardAnswers = (
  store: Store,
  account: string,
  before: number,
): Promise<{ id: string; workflow: string | null }[]> =>
  store.db
    .selectFrom('approvals')
    .innerJoin('decisions', 'decisions.id', 'approvals.decision')
    .select(['approvals.id', 'decisions.workflow_id as workflow'])
    .where('approvals.account', '=', account)
    .where('approvals.state', 'in', ['approved', 'rejected'])
    .where('approvals.answered_at', '<', before)
    .where('decisions.progress', '=', 'waiting')
    .orderBy('approvals.answered_at')
    .orderBy('approvals.id')
    .execute()
