/** Words on what waits for approval: handed to the workflow that asked, which takes the first one. */

import { WorkflowNotFoundError } from '@temporalio/client'

import { approversOf } from '../../activities/ask-approval.js'
import { phoneOf } from '../../activities/dependencies.js'
import type { WhatsAppEvent } from '../../connectors/whatsapp/webhook-event.js'
import type { Recipient } from '../../engine/account/account.js'
import { readApprovalButton } from '../../engine/action/approval-text.js'
import { answerApproval, findApproval } from '../../store/approvals.js'
import type { Approval } from '../../store/approvals.js'
import { findDecision } from '../../store/decisions.js'
import { approvalAnswered } from '../../workflows/contracts.js'
import type { ApiContext } from './context.js'
import { ProblemError } from './problem.js'

/** Milliseconds between two looks at whether the workflow wrote the answer down. */
const LOOK_AGAIN = 100

/**
 * Gives the word to the workflow, and waits until it is written down or `context.changeWait` is over. Given twice, it counts once.
 *
 * @returns the approval as it stands then
 * @throws ProblemError `temporal-unavailable` where the word was not given, `nothing-to-approve` where nobody waits for it
 */
export async function giveWord(
  context: ApiContext,
  approval: Approval,
  answer: 'approved' | 'rejected',
  by: string,
): Promise<Approval> {
  if (!(await tell(context, approval, answer, by))) {
    const settled = await withdraw(context, approval)
    if (settled.state !== 'withdrawn') return settled
    throw new ProblemError('nothing-to-approve', 'Its carrying out is over, so nobody waits for a word on it any more.')
  }
  for (let waited = 0; ; waited += LOOK_AGAIN) {
    const found = await findApproval(context.store, approval.id)
    if (found === undefined || found.state !== 'waiting' || waited >= context.changeWait) return found ?? approval
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
  }
}

/** A button of ours that somebody tapped. Who may not approve for the account is not heard. */
export async function takeWord(context: ApiContext, event: WhatsAppEvent): Promise<void> {
  if (event.kind !== 'message' || event.content.type !== 'button') return
  const pressed = readApprovalButton(event.content.id)
  const approval = pressed === null ? undefined : await findApproval(context.store, pressed.approval)
  if (pressed === null || approval === undefined || approval.state !== 'waiting') return
  const by = approversOf(context.settings(), approval.account).find((recipient) => isAt(context, recipient, event.from))
  if (by === undefined) {
    context.logError(
      `A WhatsApp reply on the approval ${approval.id} came from somebody who may not approve for ${approval.account}.`,
    )
    return
  }
  if (await tell(context, approval, pressed.answer, by.name)) return
  const { state } = await withdraw(context, approval)
  context.logError(
    `Nobody waits for the approval ${approval.id} any more: it is ${state}, and the word of ${by.name} does nothing.`,
  )
}

/** What nobody waits for must not go on looking as if it did. An answer that was given in the meantime stands. */
async function withdraw({ store, now }: ApiContext, approval: Approval): Promise<Approval> {
  return (await answerApproval(store, approval.id, { state: 'withdrawn', by: null, at: now() })) ?? approval
}

/** @returns false where nobody waits for it any more */
async function tell({ store, temporal }: ApiContext, approval: Approval, answer: 'approved' | 'rejected', by: string) {
  const workflow = (await findDecision(store, approval.decision))?.workflow_id
  if (workflow == null) return false
  try {
    const word = { approval: approval.id, answer, by }
    await temporal.use((client) => client.workflow.getHandle(workflow).signal(approvalAnswered, word), 3_000)
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
