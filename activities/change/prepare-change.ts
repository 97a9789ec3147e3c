/**
 * A person's change through our API, panel or command, before it is applied. The request is in the store, written by
 * the part that authenticated the person; only its id comes from Temporal. Guardrails are for rules, not for people: a change is
 * refused only if Meta itself refuses it, or if somebody changed the value since the request.
 */

import { ApplicationFailure } from '@temporalio/common'

import { changeInWords, fieldInWords } from '../../engine/change/in-words.js'
import {
  decodeValue,
  encodeValue,
  type LedgerValue,
  sameValue,
  targetOf,
  valueInWords,
  valueOf,
} from '../../engine/change/ledger-value.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { findMutation } from '../../store/decisions/mutations.js'
import { findRequest, refuseRequest, type RequestedChange } from '../../store/decisions/requested-changes.js'
import { earlierSent } from '../../store/decisions/superseding.js'
import { TRIED_FOR } from '../base/change-times.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { attempt } from '../base/map-errors.js'
import { CLOCKS_DIFFER, editedAt, mayHaveArrivedAfter, wasEditedAfter } from '../ledger/edited-since.js'
import { readEntityNow } from '../sync/save-entity.js'
import { type ChangeActivities, type ChangeReadActivities, type PreparedChange } from './contract.js'
import { intendRequested } from './intend-requested.js'
import { notMade } from './not-made.js'
import { prepareApproved } from './prepare-approved.js'

export const prepareChange =
  (dependencies: ActivityDependencies): ChangeReadActivities['prepareChange'] =>
  ({ mutation: id }) =>
    attempt(async () => {
      const { store, now } = dependencies
      const request = await findRequest(store, id)
      if (request === undefined) return await preparedBefore(dependencies, id)
      const prepared = await prepare(dependencies, request)
      if (prepared.kind === 'refused') await refuseRequest(store, id, { note: prepared.note, at: now() })
      return prepared
    })

/** Records why a change could not be prepared at all. */
export const refuseChange =
  ({ store, now }: ActivityDependencies): ChangeActivities['refuseChange'] =>
  async ({ request, note }) => {
    await refuseRequest(store, request, { note, at: now() })
  }

/**
 * Handles a change without a request, as an earlier tetik started it: it continues only if the ledger has it already.
 *
 * @throws ApplicationFailure `unknown-request`
 */
async function preparedBefore(dependencies: ActivityDependencies, id: string): Promise<PreparedChange> {
  const written = await findMutation(dependencies.store, id)
  if (written?.decision === null) return { kind: 'change', ...changeInWords(written, accountOf(dependencies, written.account)) }
  throw ApplicationFailure.nonRetryable(`The store has no request for the change ${id}.`, 'unknown-request')
}

async function prepare(dependencies: ActivityDependencies, request: RequestedChange): Promise<PreparedChange> {
  const { store, now } = dependencies
  const { level, entity_id: entityId, field, target } = request
  if (request.refusal !== null) return notMade(request.refusal)
  const account = accountOf(dependencies, request.account)
  const written = await findMutation(store, request.id)
  if (written !== undefined) return { kind: 'change', ...changeInWords({ field, before: written.before, target }, account) }
  const { entity } = await readEntityNow(dependencies, dependencies.meta(account), account.name, { level, id: entityId })
  const before = valueOf(entity, field)
  const words = fieldInWords(field)
  if (before.kind === 'unset') {
    return notMade(`“${entity.name}” has no ${words} of its own: its budget is of the other kind, or belongs to the campaign.`)
  }
  const isUndone = request.restores_from !== null && !sameValue(decodeValue(field, request.restores_from), before)
  if (isUndone || (await wasChangedSinceAsked(store, request, entity, before, now()))) {
    const is = valueInWords(before, { language: 'en', currency: account.currency })
    return notMade(`Somebody has edited “${entity.name}” since: its ${words} is ${is} now.`)
  }
  if (request.approved_before !== null) return await prepareApproved(dependencies, request, { account, entity, before })
  return await intendRequested(store, request, account, { before: encodeValue(before), edited: editedAt(entity), at: now() })
}

/**
 * Whether somebody outside changed the field after the request, which may have waited for a worker or for Meta and then is no
 * longer the latest change. Even a field with its old value may have been changed and changed back.
 */
async function wasChangedSinceAsked(
  store: Store,
  request: RequestedChange,
  entity: Entity,
  before: LedgerValue,
  now: number,
): Promise<boolean> {
  const { requested_at: at, known, field } = request
  const edited = editedAt(entity)
  // An edit that is later by less than the clocks may differ counts as earlier than the request.
  if (known === null || edited === null || edited <= at + CLOCKS_DIFFER) return false
  if (sameValue(decodeValue(field, known), before))
    return await wasEditedAfter(store, request, { edited: at + CLOCKS_DIFFER, at }, entity, now)
  const ours = await earlierSent(store, request, at - TRIED_FOR)
  return !ours.some((earlier) => sameValue(targetOf(earlier), before) && mayHaveArrivedAfter(earlier, at - CLOCKS_DIFFER))
}
