/**
 * Stores a person's change and starts its workflow, which gets only its id. The caller (the API, or a command on this machine) has
 * authenticated the person.
 */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'

import { type Author, encodeAuthor } from '../../engine/change/author.js'
import { encodeValue, valueOf } from '../../engine/change/ledger-value.js'
import { findEntity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { requestChange, type RequestedChange, withdrawRequest } from '../../store/decisions/requested-changes.js'
import { type ApplyChangeInput, WORKFLOW_TYPES } from '../../workflows/base/contracts.js'
import { ACCOUNT } from '../../workflows/base/search-attributes.js'
import type { TetikClient } from './connection.js'

export interface WantedChange {
  /** The request's id, also the ledger's key: repeating a request is the same change. */
  readonly id: string
  readonly account: string
  readonly madeBy: Author
  readonly level: RequestedChange['level']
  readonly entityId: string
  readonly field: RequestedChange['field']
  /** ACTIVE or PAUSED, minor units as digits, a name, or a JSON list of labels. */
  readonly target: string
  /** Of an undo: nothing is done if the value is no longer this one. Guardrails are not checked. */
  readonly restoresFrom?: string
  /** Of an applied suggestion: guardrails are checked, and nothing is done if the value is no longer this one. */
  readonly approvedBefore?: string
  /** What guardrails would refuse a rule, one sentence each; stored with the request. */
  readonly warnings?: readonly string[]
}

/**
 * Stores the request and starts its workflow, unless that was done before.
 *
 * @throws the error of Temporal's client if it was not started; the request is then deleted and can be repeated
 */
export async function startChange(
  store: Store,
  temporal: TetikClient,
  wanted: WantedChange,
  now: number,
): Promise<RequestedChange> {
  const request = await writeDownChange(store, wanted, now)
  if (request.refusal !== null) return request
  const input: ApplyChangeInput = { request: request.id }
  try {
    await temporal.workflow.start(WORKFLOW_TYPES.applyChange, {
      workflowId: temporal.names.ids.change(request.id),
      taskQueue: temporal.names.queues.main,
      args: [input],
      // A repeated request is the same change, whether its workflow is running or done. If the workflow failed because the request
      // had been deleted, it may run again: what it did is in the ledger.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      staticSummary: summaryOf(request),
      typedSearchAttributes: new TypedSearchAttributes([{ key: ACCOUNT, value: request.account }]),
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
      await withdrawRequest(store, request.id)
      throw error
    }
  }
  return request
}

/** Stores the request and returns it; if its id already exists, returns the existing row. */
export async function writeDownChange(store: Store, wanted: WantedChange, now: number): Promise<RequestedChange> {
  const { id, account, madeBy, level, entityId, field, target, restoresFrom, approvedBefore, warnings = [] } = wanted
  const entity = await findEntity(store, level, entityId)
  return await requestChange(store, {
    id,
    account,
    made_by: encodeAuthor(madeBy),
    level,
    entity_id: entityId,
    field,
    target,
    known: (entity !== undefined && encodeValue(valueOf(entity, field))) || null,
    restores_from: restoresFrom ?? null,
    approved_before: approvedBefore ?? null,
    requested_at: now,
    warnings,
  })
}

/** Returns a summary without amounts: the currency is not known here, and people do not read minor units. */
function summaryOf({ level, entity_id: id, field, target }: RequestedChange): string {
  const isMoney = /_budget$|^bid_amount$/.test(field)
  return `${level} ${id}: ${isMoney ? `a new ${field.replaceAll('_', ' ')}` : `${field} → ${target}`}`
}
