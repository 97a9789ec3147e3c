/** Has a carry-out look at an answer in the store: whoever wrote it down may have been killed before it said so. */

import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow'

import { approvalAnswered } from './base/contracts.js'

export async function remindOfAnswer(workflow: string, approval: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflow).signal(approvalAnswered, { approval })
  } catch (error) {
    // One that ended meanwhile needs no word.
    if (isCancellation(error)) throw error
  }
}
