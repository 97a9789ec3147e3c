/**
 * A suggested change that a person said yes to. It is checked again: the value must still be what it was, and guardrails stand
 * above it as above a rule's. Asking them and writing to the ledger are one transaction.
 */

import { refusalOf } from '../engine/action/guardrail.js'
import type { ProposedChange } from '../engine/action/guardrail-context.js'
import { reasonText } from '../engine/action/reason.js'
import type { Account } from '../engine/account/account.js'
import { HOUR } from '../engine/clock/zone.js'
import type { Entity } from '../store/entities.js'
import { inTransaction } from '../store/transaction.js'
import { healthToday } from './account-health.js'
import { loadSnapshot } from './account-snapshot.js'
import type { RequestedChange } from '../store/requested-changes.js'
import type { PreparedChange } from './contracts.js'
import type { ActivityDependencies } from './dependencies.js'
import { editedAt } from './edited-since.js'
import { accountFacts, contextAt, entityHistory } from './guardrail-facts.js'
import { intendRequested } from './intend-requested.js'
import { NO_PERSON, NOBODY } from './person-changes.js'

/** @param entity as it was just read */
export async function prepareApproved(
  dependencies: ActivityDependencies,
  request: RequestedChange,
  { account, entity, before }: { readonly account: Account; readonly entity: Entity; readonly before: string },
): Promise<PreparedChange> {
  const { id: mutation, field, target, approved_before: expected } = request
  const refused = (note: string): PreparedChange => ({ kind: 'refused', note, reason: null, tellOwner: false })
  if (before !== expected) {
    return refused(`“${entity.name}” is no longer as it was when this was suggested: its ${field.replace('_', ' ')} is another.`)
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
    const refusal = refusalOf(changeOf(field, before, target), contextAt(facts, snapshot, pace, entity, history))
    if (refusal !== null) {
      return refused(reasonText(refusal.reason, { language: 'en', currency: account.currency, zone: account.timezone }))
    }
    return await intendRequested(transaction, request, account, { before, edited: editedAt(entity), at: now })
  })
}

function changeOf(field: RequestedChange['field'], before: string, target: string): ProposedChange {
  switch (field) {
    case 'status':
      return target === 'PAUSED' ? { kind: 'pause' } : { kind: 'start', ownPause: false }
    case 'name':
      return { kind: 'rename' }
    case 'labels':
      return { kind: 'label' }
    case 'bid_amount':
      return { kind: 'bid', before: Number(before), target: Number(target) }
    case 'daily_budget':
    case 'lifetime_budget':
      return { kind: 'budget', field, before: Number(before), target: Number(target) }
  }
}
