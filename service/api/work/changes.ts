/** A person's change at Meta: stored, started as a workflow, and waited for up to a limit. */

import { WorkflowFailedError } from '@temporalio/client'

import { endRequest } from '../../../activities/change/end-request.js'
import { isWrittenByPerson } from '../../../engine/change/author.js'
import { findMutation, type Mutation } from '../../../store/decisions/mutations.js'
import { findRequest, type RequestedChange } from '../../../store/decisions/requested-changes.js'
import { temporalNames } from '../../../temporal.config.js'
import { startChange, type WantedChange } from '../../temporal/start-change.js'
import type { ApiContext } from '../http/context.js'
import { workflowUrl } from '../http/links.js'
import { ProblemError } from '../http/problem.js'
import type { Change } from '../shapes/change.js'

/**
 * Starts the change, unless a request with the same id has started it, and waits for its end.
 *
 * @returns the change when it is done, after `context.changeWait`, or when its outcome is unknown
 * @throws ProblemError `temporal-unavailable` if it was not started, `change-refused` or `change-superseded` if it was not made
 */
export async function carryOutChange(context: ApiContext, wanted: WantedChange): Promise<Change> {
  const { store, now } = context
  const request = await context.temporal.use((client) => startChange(store, client, wanted, now()))
  const hasEnded = request.refusal !== null || (await waitFor(context, request.id))
  let change = await changeOf(context, request.id)
  if (hasEnded && change?.state === 'running') {
    // Somebody ended the workflow in Temporal before it could store an outcome.
    await endRequest(store, request.id, { note: 'Its workflow was ended in Temporal.', at: now() })
    change = await changeOf(context, request.id)
  }
  const because = change?.because ?? 'It was not made.'
  if (change?.state === 'refused') throw new ProblemError('change-refused', because)
  if (change?.state === 'superseded') throw new ProblemError('change-superseded', because)
  return change ?? changeView(context, request, undefined)
}

/** Whether the workflow has ended. It was started, so a timeout here must not become `temporal-unavailable`. */
async function waitFor(context: ApiContext, request: string): Promise<boolean> {
  try {
    await context.temporal.use(
      ({ workflow, names }) => workflow.getHandle(names.ids.change(request)).result(),
      context.changeWait,
    )
    return true
  } catch (error) {
    if (error instanceof ProblemError && error.problem === 'temporal-unavailable') return false
    if (error instanceof WorkflowFailedError) return true
    throw error
  }
}

/** Returns the change as stored; undefined if there is none with this id. */
export async function changeOf(
  context: Pick<ApiContext, 'store' | 'temporalUi' | 'installation'>,
  id: string,
): Promise<Change | undefined> {
  const { store } = context
  const [request, row] = [await findRequest(store, id), await findMutation(store, id)]
  if (request !== undefined) return changeView(context, request, row)
  // Earlier versions stored no requests, only rows of the ledger.
  if (row === undefined || row.decision !== null || !isWrittenByPerson(row)) return undefined
  return changeView(context, { ...row, field: row.field as Change['field'], refusal: null, warnings_json: '[]' }, row)
}

type ChangeMeant = Pick<RequestedChange, 'id' | 'level' | 'entity_id' | 'field' | 'target' | 'refusal' | 'warnings_json'>

function changeView(
  context: Pick<ApiContext, 'temporalUi' | 'installation'>,
  meant: ChangeMeant,
  row: Mutation | undefined,
): Change {
  return {
    id: meant.id,
    state: meant.refusal === null ? stateOf(row) : 'refused',
    outcome: row?.outcome === 'confirmed' || row?.outcome === 'unchanged' ? row.outcome : null,
    because: meant.refusal ?? reasonOf(row),
    level: meant.level,
    entityId: meant.entity_id,
    field: meant.field,
    before: row?.before ?? null,
    target: meant.target,
    warnings: JSON.parse(meant.warnings_json) as string[],
    workflowUrl: workflowUrl(context, temporalNames(context.installation).ids.change(meant.id)),
  }
}

function stateOf(row: Mutation | undefined): Change['state'] {
  switch (row?.outcome) {
    case 'confirmed':
    case 'unchanged':
      return 'done'
    case 'refused':
    case 'superseded':
    case 'unknown':
      return row.outcome
    default:
      return 'running'
  }
}

function reasonOf(row: Mutation | undefined): string | null {
  if (row?.error_json == null) return null
  const { message } = JSON.parse(row.error_json) as { readonly message?: unknown }
  return typeof message === 'string' ? message : null
}
