/** Asks Temporal whether a workflow is running. */

import { type Client, WorkflowNotFoundError } from '@temporalio/client'

/** Whether a workflow is running: false if it has ended in any way or does not exist. Rejects if Temporal does not answer. */
export async function isRunning({ workflow }: Client, id: string): Promise<boolean> {
  try {
    return (await workflow.getHandle(id).describe()).status.name === 'RUNNING'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
