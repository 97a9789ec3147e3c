/** Signals a carry-out to read its answer from the store: the process that stored it may have been killed before signalling. */

import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow'

import { approvalAnswered } from './base/contracts.js'

export async function remindOfAnswer(workflow: string, approval: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflow).signal(approvalAnswered, { approval })
  } catch (error) {
    // A carry-out that has ended needs no signal.
    if (isCancellation(error)) throw error
  }
}
