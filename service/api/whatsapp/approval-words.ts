/**
 * Answers to approvals. The API authenticates the sender and stores the answer; the signal only makes the waiting workflow read
 * the store. Temporal authenticates nobody, so a signal alone decides nothing.
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
 * Stores the answer and signals the workflow. Repeating the same answer is harmless.
 *
 * @returns the stored approval; it has the other answer if that was given before
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
    if (await signalWorkflow(context, given)) return given
  } catch (error) {
    // A caller who gets an error must be able to give another answer, unless the workflow has already read this one.
    const left = await takeBackAnswer(store, given, { state: 'waiting', at: now() })
    if (left?.state === answer) return left
    throw error
  }
  const settled = await takeBackAnswer(store, given, { state: 'withdrawn', at: now() })
  if (settled !== undefined && settled.state !== 'withdrawn') return settled
  throw new ProblemError('nothing-to-approve', 'Its carry-out has ended, so it no longer waits for an answer.')
}

/** Signals the workflow again, in case the process that stored the answer was killed before it did. */
export async function remind(context: ApiContext, approval: Approval): Promise<void> {
  await signalWorkflow(context, approval).catch(() => false)
}

/** Takes the tap of an approval button as an answer, if the sender may approve for the account. */
export async function takeWord(context: ApiContext, event: WhatsAppEvent): Promise<void> {
  if (event.kind !== 'message' || event.content.type !== 'button') return
  const pressed = readApprovalButton(event.content.id)
  const approval = pressed === null ? undefined : await findApproval(context.store, pressed.approval)
  if (pressed === null || approval === undefined || approval.state !== 'waiting') return
  const number = await senderNumber(context.store, event)
  const by = approversOf(context.settings(), approval.account).find((recipient) => isAt(context, recipient, number))
  if (by === undefined) {
    context.logError(
      `Somebody who may not approve for ${approval.account} answered the approval ${approval.id} on WhatsApp; the answer was ignored.`,
    )
    return
  }
  try {
    await answerQuestion(context, approval, pressed.answer, by.name)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem !== 'nothing-to-approve') throw error
    context.logError(`The approval ${approval.id} no longer waits: the answer of ${by.name} was ignored.`)
  }
}

/** @returns false if the workflow has ended */
async function signalWorkflow({ store, temporal }: ApiContext, approval: Approval): Promise<boolean> {
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
    // The variable with the recipient's number is not set.
    return false
  }
}
