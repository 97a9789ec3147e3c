/**
 * A person's change through our API, panel or command, before it is applied. What is asked for is in the store, written by
 * whoever checked who asks; only its id comes from Temporal. Guardrails are for rules, not for people: only what Meta itself
 * refuses is refused, and what somebody changed since it was asked for.
 */

import { ApplicationFailure } from '@temporalio/common'

import { ledgerText } from '../engine/action/ledger-text.js'
import type { Entity } from '../store/entities.js'
import { findMutation } from '../store/mutations.js'
import { findRequest, refuseRequest } from '../store/requested-changes.js'
import type { RequestedChange } from '../store/requested-changes.js'
import type { Store } from '../store/store.js'
import { earlierSent } from '../store/superseding.js'
import { attempt } from './attempt.js'
import { changeInWords } from './change-in-words.js'
import { TRIED_FOR } from './change-times.js'
import type { MainActivities, MetaReadActivities, PreparedChange } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { CLOCKS_DIFFER, editedAt, mayHaveArrivedAfter, wasEditedAfter } from './edited-since.js'
import { fieldInWords } from './field-claim.js'
import { intendRequested } from './intend-requested.js'
import { valueOf } from './outside-changes.js'
import { prepareApproved } from './prepare-approved.js'
import { keepReading } from './save-entity.js'

export const prepareChange =
  (dependencies: ActivityDependencies): MetaReadActivities['prepareChange'] =>
  ({ mutation: id }) =>
    attempt(async () => {
      const { store, now } = dependencies
      const request = await findRequest(store, id)
      if (request === undefined) return await preparedBefore(dependencies, id)
      const prepared = await prepare(dependencies, request)
      if (prepared.kind === 'refused') await refuseRequest(store, id, { note: prepared.note, at: now() })
      return prepared
    })

/** Of a change that could not be prepared at all. */
export const refuseChange =
  ({ store, now }: ActivityDependencies): MainActivities['refuseChange'] =>
  async ({ request, note }) => {
    await refuseRequest(store, request, { note, at: now() })
  }

/**
 * Of an earlier tetik, which wrote no requests: only what is in the ledger already goes on.
 *
 * @throws ApplicationFailure `unknown-request`
 */
async function preparedBefore(dependencies: ActivityDependencies, id: string): Promise<PreparedChange> {
  const written = await findMutation(dependencies.store, id)
  if (written?.decision === null) return { kind: 'change', ...changeInWords(written, accountOf(dependencies, written.account)) }
  throw ApplicationFailure.nonRetryable(`Nobody asked for the change ${id}, as far as the store knows.`, 'unknown-request')
}

async function prepare(dependencies: ActivityDependencies, request: RequestedChange): Promise<PreparedChange> {
  const { store, now } = dependencies
  const { level, entity_id: entityId, field, target } = request
  if (request.refusal !== null) return refused(request.refusal)
  const account = accountOf(dependencies, request.account)
  const written = await findMutation(store, request.id)
  if (written !== undefined) return { kind: 'change', ...changeInWords({ field, before: written.before, target }, account) }
  const askedAt = now()
  const node = await dependencies.meta(account).readEntity(level as 'adset', entityId)
  const entity = await keepReading(store, account.name, node, askedAt)
  const before = valueOf(entity, field)
  const words = fieldInWords(field)
  if (before === null) {
    return refused(`“${entity.name}” has no ${words} of its own: its budget is of the other kind or elsewhere.`)
  }
  const isUndone = request.restores_from !== null && request.restores_from !== before
  if (isUndone || (await wasChangedSinceAsked(store, request, entity, before, now()))) {
    const is = ledgerText(field, before, { language: 'en', currency: account.currency })
    return refused(`Somebody has edited “${entity.name}” since: its ${words} is ${is} now.`)
  }
  if (request.approved_before !== null) return await prepareApproved(dependencies, request, { account, entity, before })
  return await intendRequested(store, request, account, { before, edited: editedAt(entity), at: now() })
}

/**
 * Whether somebody outside changed the field after the request, which then is no longer the last word: it can have waited for a
 * worker or for Meta. A field that is as it was may have been changed and changed back.
 */
async function wasChangedSinceAsked(
  store: Store,
  request: RequestedChange,
  entity: Entity,
  before: string,
  now: number,
): Promise<boolean> {
  const { requested_at: at, known } = request
  const edited = editedAt(entity)
  // An edit within that time of the request counts as before it.
  if (known === null || edited === null || edited <= at + CLOCKS_DIFFER) return false
  if (known === before) return await wasEditedAfter(store, request, { edited: at + CLOCKS_DIFFER, at }, entity, now)
  const ours = await earlierSent(store, request, at - TRIED_FOR)
  return !ours.some((earlier) => earlier.target === before && mayHaveArrivedAfter(earlier, at - CLOCKS_DIFFER))
}

const refused = (note: string): PreparedChange => ({ kind: 'refused', note, reason: null, tellOwner: false })
