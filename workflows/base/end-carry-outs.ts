/** Ends carry-outs that are under way when their account's rules are stopped, as the stop switch does. */

import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow'

import type { CarryOutsToEnd } from '../../activities/base/contract.js'
import { ruleStopped } from './contracts.js'

export async function endCarryOuts({ workflows, reason }: CarryOutsToEnd): Promise<void> {
  for (const id of workflows) {
    try {
      await getExternalWorkflowHandle(id).signal(ruleStopped, { reason })
    } catch (error) {
      // One that ended meanwhile needs no word.
      if (isCancellation(error)) throw error
    }
  }
}
