/** A person's change at Meta: started as a workflow, waited for as long as a caller likes to wait. */

import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client'
import { ApplicationFailure, defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common'

import { findMutation, type Mutation } from '../../store/mutations.js'
import { SEARCH_ATTRIBUTES, TASK_QUEUES, workflowIds } from '../../temporal.config.js'
import { type ApplyChangeInput, type ApplyChangeResult, WORKFLOW_TYPES } from '../../workflows/contracts.js'
import type { ApiContext } from './context.js'
import { workflowUrl } from './links.js'
import { ProblemError } from './problem.js'
import type { Change } from './shapes/change.js'

const ACCOUNT = defineSearchAttributeKey(SEARCH_ATTRIBUTES.account, SearchAttributeType.KEYWORD)

/**
 * Starts the change, unless a request with the same id did, and waits for its end.
 *
 * @returns the change as it stands when it is done, or when `context.changeWait` is over
 * @throws ProblemError `temporal-unavailable` where it was not started, `change-refused` where it was not made
 */
export async function carryOutChange(context: ApiContext, input: ApplyChangeInput): Promise<Change> {
  await context.temporal.use((client) => start(client, input))
  const result = await waitFor(context, input.request)
  if (result === null) return changeView(context, input, await findMutation(context.store, input.request))
  return {
    ...changeView(context, input, undefined),
    state: 'done',
    outcome: result.outcome,
    before: result.before,
    target: result.target,
  }
}

async function start(client: Client, input: ApplyChangeInput): Promise<void> {
  try {
    await client.workflow.start(WORKFLOW_TYPES.applyChange, {
      workflowId: workflowIds.change(input.request),
      taskQueue: TASK_QUEUES.main,
      args: [input],
      // The same request again, whether the first still runs or is over, is the same change.
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `${input.level} ${input.entityId}: ${input.field} → ${input.target}`,
      typedSearchAttributes: new TypedSearchAttributes([{ key: ACCOUNT, value: input.account }]),
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

/** Null where it is not over in time. It was started, so nothing here may say that it was not. */
async function waitFor(context: ApiContext, request: string): Promise<ApplyChangeResult | null> {
  try {
    return await context.temporal.use(
      ({ workflow }) => workflow.getHandle(workflowIds.change(request)).result() as Promise<ApplyChangeResult>,
      context.changeWait,
    )
  } catch (error) {
    if (error instanceof ProblemError && error.problem === 'temporal-unavailable') return null
    if (error instanceof WorkflowFailedError) throw refusal(error)
    throw error
  }
}

function refusal(error: WorkflowFailedError): ProblemError {
  const why = error.cause instanceof ApplicationFailure ? error.cause.message : 'Its workflow was ended in Temporal.'
  return new ProblemError('change-refused', why)
}

type ChangeMeant = Pick<ApplyChangeInput, 'request' | 'level' | 'entityId' | 'field' | 'target'>

/** The change as the ledger has it; without a row yet it has only just been started. */
export function changeView(context: Pick<ApiContext, 'temporalUi'>, meant: ChangeMeant, row: Mutation | undefined): Change {
  return {
    id: meant.request,
    state: stateOf(row),
    outcome: row?.outcome === 'confirmed' || row?.outcome === 'unchanged' ? row.outcome : null,
    level: meant.level,
    entityId: meant.entityId,
    field: meant.field,
    before: row?.before ?? null,
    target: row?.target ?? meant.target,
    workflowUrl: workflowUrl(context, workflowIds.change(meant.request)),
  }
}

function stateOf(row: Mutation | undefined): Change['state'] {
  switch (row?.outcome) {
    case 'confirmed':
    case 'unchanged':
      return 'done'
    case 'refused':
      return 'refused'
    case 'unknown':
      return 'unknown'
    default:
      return 'running'
  }
}
