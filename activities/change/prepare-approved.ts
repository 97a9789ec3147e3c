/**
 * A suggested change that a person applied. It is checked again: the value must still be what it was, and guardrails apply
 * as to a rule's change. Checking them and writing to the ledger are one transaction.
 */

import type { Account } from '../../engine/account/account.js'
import { amountOf, decodeValue, encodeValue, type LedgerValue, sameValue, targetOf } from '../../engine/change/ledger-value.js'
import { HOUR } from '../../engine/clock/zone.js'
import type { ProposedChange } from '../../engine/guardrail/context.js'
import { refusalOf } from '../../engine/guardrail/guardrail.js'
import { reasonText } from '../../engine/message/reason.js'
import type { Entity } from '../../store/account/entities.js'
import { inTransaction } from '../../store/base/transaction.js'
import type { RequestedChange } from '../../store/decisions/requested-changes.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { healthToday } from '../facts/account-health.js'
import { loadSnapshot } from '../guardrails/account-snapshot.js'
import { accountFacts, contextAt, entityHistory } from '../guardrails/guardrail-facts.js'
import { editedAt } from '../ledger/edited-since.js'
import { NO_PERSON, NOBODY } from '../ledger/person-changes.js'
import type { PreparedChange } from './contract.js'
import { intendRequested } from './intend-requested.js'
import { notMade } from './not-made.js'

/** @param entity as it was just read */
export async function prepareApproved(
  dependencies: ActivityDependencies,
  request: RequestedChange,
  { account, entity, before }: { readonly account: Account; readonly entity: Entity; readonly before: LedgerValue },
): Promise<PreparedChange> {
  const { id: mutation, field, approved_before: expected } = request
  if (!sameValue(before, decodeValue(field, expected))) {
    return notMade(`“${entity.name}” is no longer as it was when this was suggested: its ${field.replace('_', ' ')} has changed.`)
  }
  const now = dependencies.now()
  const today = await healthToday(dependencies, account, now)
  return await inTransaction(dependencies.store, async (transaction) => {
    const snapshot = await loadSnapshot(transaction, account.name, now, mutation)
    snapshot.replace(entity)
    const facts = await accountFacts(transaction, account, now, today, mutation, dependencies.settings().groups)
    // `hands_off` keeps rules away from what people decided; applying a suggestion is a person’s decision too.
    const history = { ...(await entityHistory(transaction, account, entity, now)), personChanges: NO_PERSON, changedBy: NOBODY }
    const pace = { pace: HOUR, restsOnResults: true }
    const refusal = refusalOf(changeOf(before, targetOf(request)), contextAt(facts, snapshot, pace, entity, history))
    if (refusal !== null) {
      return notMade(reasonText(refusal.reason, { language: 'en', currency: account.currency, zone: account.timezone }))
    }
    return await intendRequested(transaction, request, account, {
      before: encodeValue(before),
      edited: editedAt(entity),
      at: now,
    })
  })
}

/** @throws TypeError for a value that no suggestion sets */
function changeOf(before: LedgerValue, target: LedgerValue): ProposedChange {
  switch (target.kind) {
    case 'status':
      return target.status === 'PAUSED' ? { kind: 'pause' } : { kind: 'start', ownPause: false }
    case 'name':
      return { kind: 'rename' }
    case 'labels':
      return { kind: 'label' }
    case 'bid':
      return { kind: 'bid', before: amountOf(before), target: target.amount }
    case 'budget':
      return { kind: 'budget', field: target.field, before: amountOf(before) ?? 0, target: target.amount }
    default:
      throw new TypeError(`No suggestion sets a value of the kind ${target.kind}.`)
  }
}
