/** Ends running carry-outs when the breaker stops their account's rules, as the stop switch does. */

import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow'

import type { CarryOutsToEnd } from '../../activities/base/contract.js'
import { ruleStopped } from './contracts.js'

export async function endCarryOuts({ workflows, reason }: CarryOutsToEnd): Promise<void> {
  for (const id of workflows) {
    try {
      await getExternalWorkflowHandle(id).signal(ruleStopped, { reason })
    } catch (error) {
      // A carry-out that has ended needs no signal.
      if (isCancellation(error)) throw error
    }
  }
}
