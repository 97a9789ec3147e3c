/**
 * What a decision needs of each due rule: its evaluated entities, the rule's state for each, and the carry-outs still running.
 */

import type { Account } from '../../engine/account/account.js'
import { findBudget } from '../../engine/change/budget.js'
import { dayOf, startOfDay } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import { evaluateRule, judgeWanted, prepareRule } from '../../engine/rule/evaluate/evaluate.js'
import { withRatioParts } from '../../engine/rule/evaluate/ratio-parts.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { ClaimTarget } from '../../engine/rule/state/claim.js'
import type { UnselectedEntity } from '../../engine/rule/state/priority-hold.js'
import { type RuleInTick, selectedEntity, type SelectedEntity } from '../../engine/rule/state/tick.js'
import type { Store } from '../../store/base/store.js'
import { countFirings } from '../../store/decisions/decisions.js'
import type { AccountSnapshot } from '../guardrails/account-snapshot.js'
import type { ActedOn } from './acted-on.js'
import type { StatesInTick } from './states-in-tick.js'

type WithoutState<One> = Omit<One, 'state' | 'isCarryingOut'>

/** A rule of the tick with its evaluated entities, before its states were read. */
export interface EvaluatedRule {
  readonly rule: Rule
  /** The start of the account's day that is evaluated, in epoch milliseconds. */
  readonly dayBegan: number
  readonly selected: readonly WithoutState<SelectedEntity>[]
  /** The other entities of its scope. `wanted` is null if the rule has not acted on the entity. */
  readonly unselected: readonly WithoutState<UnselectedEntity>[]
}

/** Evaluates every rule's entities. This is the slow part of a tick; it changes nothing. */
export async function judgeRules(
  account: Account,
  rules: readonly Rule[],
  factsOf: (rule: Rule) => Facts,
  snapshot: AccountSnapshot,
  acted: ActedOn,
): Promise<EvaluatedRule[]> {
  const found: EvaluatedRule[] = []
  for (const rule of rules) {
    const facts = factsOf(rule)
    const prepared = prepareRule(rule)
    const selected = (await evaluateRule(prepared, facts)).map((evaluation) => ({
      ...evaluation,
      trace: evaluation.outcome === 'fire' ? withRatioParts(rule, evaluation.trace, facts, evaluation.entity) : evaluation.trace,
      budgetOwner: budgetOwner(rule, evaluation.entity.key, snapshot),
    }))
    const keys = new Set(selected.map(({ entity }) => entity.key))
    const leftOut = facts.entities(rule.scope).filter(({ key }) => !keys.has(key))
    const wanted = await judgeWanted(
      prepared,
      facts,
      leftOut.filter(({ key }) => acted.has(rule.id, key)),
    )
    const unselected = leftOut.map(({ scope, key }) => ({
      entity: { scope, key },
      budgetOwner: budgetOwner(rule, key, snapshot),
      wanted: wanted.get(key) ?? null,
    }))
    found.push({ rule, dayBegan: startOfDay(dayOf(facts.at, account.timezone), account.timezone), selected, unselected })
  }
  return found
}

/**
 * Adds the rules' states to what was evaluated. Call it within the transaction that records the tick: an event's tick and a
 * scheduled one may evaluate at the same time, and a carry-out may change a state; the one that records second must see what the
 * first did.
 */
export async function rulesInTick(
  store: Store,
  account: Account,
  evaluated: readonly EvaluatedRule[],
  states: StatesInTick,
): Promise<RuleInTick[]> {
  const found: RuleInTick[] = []
  for (const { rule, dayBegan, ...entities } of evaluated) {
    const own = states.of(rule)
    const selected = entities.selected.map((one) =>
      selectedEntity(one, {
        state: own.get(one.entity.key) ?? null,
        isCarryingOut: states.isCarryingOut(rule, one.entity.key),
        budgetOwner: one.budgetOwner,
      }),
    )
    const unselected = entities.unselected.flatMap((one) => {
      const state = own.get(one.entity.key)
      return state === undefined ? [] : [{ ...one, state, isCarryingOut: states.isCarryingOut(rule, one.entity.key) }]
    })
    const observedToo = rule.mode === 'observe'
    const fired = { account: account.name, rule: rule.id, since: dayBegan, observedToo }
    found.push({ rule, firedToday: await countFirings(store, fired), selected, unselected })
  }
  return found
}

/** Returns the entity whose budget the rule would change; null if the rule has no budget step or no budget was found. */
export function budgetOwner(rule: Rule, key: string, snapshot: AccountSnapshot): ClaimTarget | null {
  if (!rule.then.some(({ kind }) => kind === 'budget')) return null
  if (rule.scope !== 'campaign' && rule.scope !== 'adset' && rule.scope !== 'ad') return null
  const entity = snapshot.find(rule.scope, key)
  if (entity === null) return null
  const adset = entity.level === 'ad' ? snapshot.find('adset', entity.adsetId) : entity.level === 'adset' ? entity : null
  const campaign = snapshot.find('campaign', entity.campaignId)
  const found = findBudget(rule.scope, adset, campaign)
  if (found.kind === 'refused') return null
  const owner = found.level === 'adset' ? adset : campaign
  return owner === null ? null : { scope: found.level, key: owner.id }
}
