/**
 * Questions that wait for an answer, and the answer. An approval is answered once, by an authenticated person; later answers
 * change nothing, and a workflow only reads the answer here.
 */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'
import { countChange } from './decisions.js'

export type Approval = Row<'approvals'>
export type ApprovalAnswer = 'approved' | 'rejected' | 'expired' | 'withdrawn'

/** @param step the step's place in `then`, or `rule` where the rule as a whole asks */
export const approvalId = (decision: string, step: number | 'rule'): string => `${decision}-${step}`

export interface NewApproval {
  /** See `approvalId`. */
  readonly id: string
  readonly decision: string
  readonly account: string
  /** The values at the moment of asking that the approved change rests on, by field. */
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
 * @param by a recipient's name, or `api:<who>`; null if time or the rule ended it
 * @returns the approval as it is now: with another answer if one had been given before
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

/**
 * Takes back an answer that could not be signalled to the workflow, unless it is another one by now.
 *
 * @param to `waiting`: it may be given again. `withdrawn`: nobody waits for it any more
 * @returns the approval as it is now
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
      // What the workflow has read already counts.
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

/** Answers of an account of which the workflow that asked has not heard yet, the earliest first. */
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
