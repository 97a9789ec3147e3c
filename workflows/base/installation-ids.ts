/** The ids of this installation's workflows, as a running workflow knows them: by its own task queue. */

import { workflowInfo } from '@temporalio/workflow'

import { namesOfQueue, type WorkflowIds } from '../../temporal.config.js'

export const ownIds = (): WorkflowIds => namesOfQueue(workflowInfo().taskQueue).ids
