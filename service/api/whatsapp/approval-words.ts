/**
 * Answers to approvals. The sender was authenticated here, and the answer is written to the store first; the workflow that asked is
 * only signalled to look. Temporal does not authenticate anybody, so a signal decides nothing.
 */

import { WorkflowNotFoundError } from '@temporalio/client'

import { phoneOf } from '../../../activities/base/dependencies.js'
import { approversOf } from '../../../activities/carry-out/ask-approval.js'
import type { WhatsAppEvent } from '../../../connectors/whatsapp/webhook-event.js'
import type { Recipient } from '../../../engine/account/account.js'
import { readApprovalButton } from '../../../engine/message/approval-text.js'
import { answerApproval, type Approval, findApproval, takeBackAnswer } from '../../../store/decisions/approvals.js'
import { findDecision } from '../../../store/decisions/decisions.js'
import { approvalAnswered } from '../../../workflows/base/contracts.js'
import type { ApiContext } from '../http/context.js'
import { ProblemError } from '../http/problem.js'
import { senderNumber } from './sender.js'

/**
 * Stores the answer and signals the workflow. The same answer again counts once.
 *
 * @returns the approval as it is then: with another answer if one had been given before
 * @throws ProblemError `temporal-unavailable` if the workflow could not be signalled, in which case nothing is stored;
 *   `nothing-to-approve` if the approval is not waiting
 */
export async function answerQuestion(
  context: ApiContext,
  approval: Approval,
  answer: 'approved' | 'rejected',
  by: string,
): Promise<Approval> {
  const { store, now } = context
  const given = (await answerApproval(store, approval.id, { state: answer, by, at: now() })) ?? approval
  if (given.state !== answer) return given
  try {
    if (await tell(context, given)) return given
  } catch (error) {
    // A caller who gets an error must be able to answer otherwise, unless the workflow has read the answer already.
    const left = await takeBackAnswer(store, given, { state: 'waiting', at: now() })
    if (left?.state === answer) return left
    throw error
  }
  const settled = await takeBackAnswer(store, given, { state: 'withdrawn', at: now() })
  if (settled !== undefined && settled.state !== 'withdrawn') return settled
  throw new ProblemError('nothing-to-approve', 'Its carrying out is over, so nobody waits for an answer any more.')
}

/** Signals the workflow again, in case the process that stored the answer was killed before it did. */
export async function remind(context: ApiContext, approval: Approval): Promise<void> {
  await tell(context, approval).catch(() => false)
}

/** A button of ours that somebody tapped. Who may not approve for the account is not heard. */
export async function takeWord(context: ApiContext, event: WhatsAppEvent): Promise<void> {
  if (event.kind !== 'message' || event.content.type !== 'button') return
  const pressed = readApprovalButton(event.content.id)
  const approval = pressed === null ? undefined : await findApproval(context.store, pressed.approval)
  if (pressed === null || approval === undefined || approval.state !== 'waiting') return
  const number = await senderNumber(context.store, event)
  const by = approversOf(context.settings(), approval.account).find((recipient) => isAt(context, recipient, number))
  if (by === undefined) {
    context.logError(
      `A WhatsApp reply on the approval ${approval.id} came from somebody who may not approve for ${approval.account}.`,
    )
    return
  }
  try {
    await answerQuestion(context, approval, pressed.answer, by.name)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem !== 'nothing-to-approve') throw error
    context.logError(`Nobody waits for the approval ${approval.id} any more: the answer of ${by.name} does nothing.`)
  }
}

/** @returns false where nobody waits for it any more */
async function tell({ store, temporal }: ApiContext, approval: Approval): Promise<boolean> {
  const workflow = (await findDecision(store, approval.decision))?.workflow_id
  if (workflow == null) return false
  try {
    const answered = { approval: approval.id }
    await temporal.use((client) => client.workflow.getHandle(workflow).signal(approvalAnswered, answered), 3_000)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

function isAt({ variables }: ApiContext, recipient: Recipient, digits: string | null): boolean {
  try {
    return digits !== null && phoneOf({ variables }, recipient) === `+${digits}`
  } catch {
    // A recipient whose number is not set is at no number.
    return false
  }
}
