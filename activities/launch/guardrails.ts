/**
 * The guardrails of a launch, checked before anything is created and again before it is set active. All of them apply to a rule's
 * launch; those about new spend apply to a person's. They refuse a launch, and never adjust an amount.
 */

import type { Account } from '../../engine/account/account.js'
import { HOUR } from '../../engine/clock/zone.js'
import type { GuardrailContext, GuardrailName, ProposedChange, Refusal } from '../../engine/guardrail/context.js'
import { GUARDRAILS } from '../../engine/guardrail/guardrail.js'
import type { LaunchPlan } from '../../engine/launch/launch-plan.js'
import { reasonOf } from '../../engine/message/reason.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import type { AccountSnapshot } from '../guardrails/account-snapshot.js'
import { type AccountFacts, contextAt, entityHistory, guardrailContext } from '../guardrails/guardrail-facts.js'
import type { LaunchEntities } from './budgets.js'

/** The guardrails that apply when a person's launch sets something active. The others apply to rules only. */
const FOR_PEOPLE: readonly GuardrailName[] = [
  'stop',
  'breaker',
  'freeze',
  'actions-per-hour',
  'actions-per-day',
  'ceiling',
  'group-budget',
]

interface Judged {
  readonly account: Account
  readonly facts: AccountFacts
  readonly snapshot: AccountSnapshot
  /** The rule whose step this is; null for a person's launch. */
  readonly rule: Rule | null
}

/**
 * Returns why the launch may not be carried out, or null if it may.
 *
 * @param entities as `layLaunchOver` returns them. The snapshot is changed by this check
 */
export async function launchRefusal(
  store: Store,
  judged: Judged,
  plan: LaunchPlan,
  entities: LaunchEntities,
): Promise<Refusal | null> {
  const { rule, snapshot, account } = judged
  const roots = rootsOf(plan.publish, entities)
  if (rule === null && roots.length === 0) return null
  const check = async (change: ProposedChange, entity: Entity): Promise<Refusal | null> => {
    const context = await contextOf(store, judged, entity)
    if (change.kind === 'start' && account.guardrails.ceiling === null && context.budgets.startAdds !== 0) {
      return { guardrail: 'ceiling', reason: reasonOf('ceiling-missing') }
    }
    return firstRefusal(change, context, rule === null ? FOR_PEOPLE : null)
  }
  const campaign = entities.get('campaign')
  // Creating objects counts as a change: a protected account is protected from it too.
  if (rule !== null && campaign !== undefined) {
    const refusal = await check({ kind: 'duplicate' }, campaign)
    if (refusal !== null) return refusal
  }
  for (const { entity, change } of budgetChangesOf(plan, entities)) {
    const refusal = await check(change, entity)
    if (refusal !== null) return refusal
    const { target } = change
    snapshot.replace({ ...entity, ...(change.field === 'daily_budget' ? { dailyBudget: target } : { lifetimeBudget: target }) })
  }
  const started = new Set(plan.publish.map((key) => entities.get(key)?.id))
  for (const root of roots) {
    // The objects below that start at the same time count with it.
    for (const beneath of snapshot.beneath(root)) {
      if (started.has(beneath.id)) snapshot.replace({ ...beneath, status: 'ACTIVE' })
    }
    const changed = snapshot.find(root.level, root.id) ?? root
    const refusal = await check({ kind: 'start', ownPause: false }, changed)
    if (refusal !== null) return refusal
    snapshot.replace({ ...changed, status: 'ACTIVE' })
  }
  return null
}

/** Returns the topmost of the objects to be set active: those without a parent among them. */
export function rootsOf(publish: readonly string[], entities: LaunchEntities): Entity[] {
  const found = publish.map((key) => entities.get(key)).filter((entity) => entity !== undefined)
  const ids = new Set(found.map(({ id }) => id))
  return found.filter(({ level, campaignId, adsetId }) => {
    if (level === 'campaign') return true
    return !ids.has(campaignId) && (level === 'adset' || adsetId === null || !ids.has(adsetId))
  })
}

interface BudgetChange {
  readonly entity: Entity
  readonly change: Extract<ProposedChange, { kind: 'budget' }>
}

/** Returns the budget changes of existing objects, to which the same guardrails apply as to a rule's. */
function budgetChangesOf(plan: LaunchPlan, entities: LaunchEntities): BudgetChange[] {
  return plan.objects.flatMap(({ object, action, changes }) => {
    const entity = entities.get(object.key)
    if (action !== 'update' || entity === undefined) return []
    return changes.flatMap(({ field, before, after }): BudgetChange[] => {
      if (field !== 'daily_budget' && field !== 'lifetime_budget') return []
      const [was, target] = [Number(before), Number(after)]
      return was > 0 && target > 0 ? [{ entity, change: { kind: 'budget', field, before: was, target } }] : []
    })
  })
}

async function contextOf(store: Store, { account, facts, snapshot, rule }: Judged, entity: Entity): Promise<GuardrailContext> {
  const history = await entityHistory(store, account, entity, facts.now)
  if (rule !== null) return guardrailContext(facts, snapshot, rule, entity, history)
  return contextAt(facts, snapshot, { pace: HOUR, restsOnResults: false }, entity, history)
}

function firstRefusal(change: ProposedChange, context: GuardrailContext, only: readonly GuardrailName[] | null): Refusal | null {
  for (const [name, guardrail] of Object.entries(GUARDRAILS)) {
    if (only !== null && !only.includes(name as GuardrailName)) continue
    const refusal = guardrail(change, context)
    if (refusal !== null) return refusal
  }
  return null
}
