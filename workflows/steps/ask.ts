/** The step `ask`, and the question before the first step of a rule in `mode: ask`. */

import type { AskingStep, CarryOutStep } from '../../activities/carry-out/contract.js'
import { recheckApproval, waitForApproval } from './approval.js'
import type { CarryOutContext } from './context.js'
import type { Ending } from './ending.js'

export async function takeAsk(context: CarryOutContext, _step: CarryOutStep, index: number): Promise<Ending | null> {
  const ending = await approve(context, index)
  if (ending === null) context.table.end(index, 'approved')
  return ending
}

/** Continues only if someone approves, and what was asked about has not changed in the meantime. */
export async function approve(context: CarryOutContext, step: AskingStep): Promise<Ending | null> {
  const { decision } = context.input
  const answer = await waitForApproval({ decision, step }, context.answered, context.stop)
  if (!('approval' in answer)) return answer
  context.notes.push(answer.note)
  await context.record('running', `${answer.note}.`)
  await context.readForNow()
  return await recheckApproval(decision, answer.approval)
}
