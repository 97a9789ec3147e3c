/** The ids of this installation's workflows, derived from the running workflow's task queue. */

import { workflowInfo } from '@temporalio/workflow'

import { namesOfQueue, type WorkflowIds } from '../../temporal.config.js'

export const ownIds = (): WorkflowIds => namesOfQueue(workflowInfo().taskQueue).ids
