/**
 * Checks a person's change against the guardrails. They refuse rules but only warn people, who then decide; a person's change is
 * refused only if Meta refuses it.
 */

import type { Account, Group } from '../../engine/account/account.js'
import { sameValue, targetOf, valueOf } from '../../engine/change/ledger-value.js'
import { HOUR } from '../../engine/clock/zone.js'
import { freeze } from '../../engine/guardrail/account.js'
import { ceiling, dailyChange, groupBudget, step } from '../../engine/guardrail/budget.js'
import type { ProposedChange } from '../../engine/guardrail/context.js'
import { lastAdset, learning, protect } from '../../engine/guardrail/entity.js'
import { reasonText } from '../../engine/message/reason.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { loadSnapshot } from '../guardrails/account-snapshot.js'
import { accountFacts, contextAt, entityHistory } from '../guardrails/guardrail-facts.js'

/** Guardrails that count what rules did, or decide whether rules may act now, do not concern people. */
const WARNS = [freeze, protect, learning, lastAdset, step, dailyChange, ceiling, groupBudget]

/** Returns a sentence in English for each guardrail that would refuse the change if a rule made it. */
export async function personWarnings(
  store: Store,
  account: Account,
  groups: readonly Group[],
  entity: Entity,
  change: { readonly field: 'status' | 'daily_budget' | 'lifetime_budget'; readonly target: string },
  now: number,
): Promise<string[]> {
  const proposed = proposedOf(entity, change)
  if (proposed === null) return []
  const facts = await accountFacts(store, account, now, null, null, groups)
  const snapshot = await loadSnapshot(store, account.name, now, null)
  const history = await entityHistory(store, account, entity, now)
  const context = contextAt(facts, snapshot, { pace: HOUR, restsOnResults: false }, entity, history)
  const options = { language: 'en', currency: account.currency, zone: account.timezone } as const
  return WARNS.flatMap((guardrail) => {
    const refusal = guardrail(proposed, context)
    // Without a ceiling rules may not raise any budget at all, which is no reason against this raise.
    return refusal === null || refusal.reason.code === 'ceiling-missing' ? [] : [reasonText(refusal.reason, options)]
  })
}

/** Returns null if nothing would change. */
function proposedOf(
  entity: Entity,
  change: { readonly field: 'status' | 'daily_budget' | 'lifetime_budget'; readonly target: string },
): ProposedChange | null {
  const [before, after] = [valueOf(entity, change.field), targetOf(change)]
  if (sameValue(before, after)) return null
  if (after.kind === 'status') return after.status === 'PAUSED' ? { kind: 'pause' } : { kind: 'start', ownPause: false }
  if (after.kind !== 'budget' || before.kind !== 'budget') return null
  return { kind: 'budget', field: after.field, before: before.amount, target: after.amount }
}
