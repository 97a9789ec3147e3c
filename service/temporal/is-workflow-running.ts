/** Whether a workflow is still there, as Temporal says. */

import { type Client, WorkflowNotFoundError } from '@temporalio/client'

/** False for one that is closed, however it ended, and for one that Temporal does not have. Rejects where it does not answer. */
export async function isRunning({ workflow }: Client, id: string): Promise<boolean> {
  try {
    return (await workflow.getHandle(id).describe()).status.name === 'RUNNING'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
