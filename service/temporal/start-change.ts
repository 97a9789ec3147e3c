/**
 * A person's change, stored and then started: Temporal gets only its id. The caller has authenticated the person,
 * as the API and the command on this machine do.
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
  /** The request's own id, which is also the ledger's key: the same request twice is one change. */
  readonly id: string
  readonly account: string
  readonly madeBy: Author
  readonly level: RequestedChange['level']
  readonly entityId: string
  readonly field: RequestedChange['field']
  /** ACTIVE or PAUSED, minor units as digits, a name, or a JSON list of labels. */
  readonly target: string
  /** Of an undo: nothing is done where the value is no longer this one. No guardrail is asked. */
  readonly restoresFrom?: string
  /** Of a suggestion that was approved: guardrails are asked, and nothing is done where the value is no longer this one. */
  readonly approvedBefore?: string
  /** What the guardrails would refuse a rule for, a sentence each: kept with the request. */
  readonly warnings?: readonly string[]
}

/**
 * Writes the request down and starts its workflow, unless that was done before.
 *
 * @throws whatever Temporal's client throws where it was not started; the request is then forgotten, and may be made again
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
      // The same request again is the same change, whether the first run goes on or is done. One that failed because the request
      // had been forgotten may run again: what it did is in the ledger.
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

/** The request as the store keeps it; where its id exists already, as it was written then. */
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

/** Without amounts: here nobody knows the account's currency, and minor units are for machines. */
function summaryOf({ level, entity_id: id, field, target }: RequestedChange): string {
  const isMoney = /_budget$|^bid_amount$/.test(field)
  return `${level} ${id}: ${isMoney ? `a new ${field.replaceAll('_', ' ')}` : `${field} → ${target}`}`
}
