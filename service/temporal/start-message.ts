/** Starts the workflow that sends a stored message, from outside of workflows. */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'

import type { MessageToSend } from '../../activities/messages/contract.js'
import { WORKFLOW_TYPES } from '../../workflows/base/contracts.js'
import { ACCOUNT, ACTION } from '../../workflows/base/search-attributes.js'
import type { TetikClient } from './connection.js'

/** Starts the message's only workflow; does nothing if it was started before. */
export async function startMessage(temporal: TetikClient, { summary, ...message }: MessageToSend): Promise<void> {
  try {
    await temporal.workflow.start(WORKFLOW_TYPES.sendMessage, {
      workflowId: temporal.names.ids.message(message.message),
      taskQueue: temporal.names.queues.main,
      args: [message],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: summary,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: ACCOUNT, value: message.account },
        { key: ACTION, value: 'whatsapp' },
      ]),
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
