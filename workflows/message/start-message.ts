/** Starts a message's own workflow, which outlives the workflow that starts it. */

import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild } from '@temporalio/workflow'

import type { MessageToSend } from '../../activities/messages/contract.js'
import { ownIds } from '../base/installation-ids.js'
import { ACCOUNT, ACTION } from '../base/search-attributes.js'
import { sendMessage } from './send-message.js'

/** Starts sending the message. Does nothing if it was started before: its workflow id is unique, so it is sent once. */
export async function startMessage({ summary, ...message }: MessageToSend): Promise<void> {
  try {
    await startChild(sendMessage, {
      args: [message],
      workflowId: ownIds().message(message.message),
      parentClosePolicy: ParentClosePolicy.ABANDON,
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
