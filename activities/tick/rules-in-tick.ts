/**
 * What a decision needs of each due rule: its evaluated entities, the rule's state for each, and the carry-outs still running.
 */

import type { Account } from '../../engine/account/account.js'
import { findBudget } from '../../engine/change/budget.js'
import { dayOf, startOfDay } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import type { Evaluation } from '../../engine/rule/decision.js'
import { evaluateRule, judgeWanted, prepareRule } from '../../engine/rule/evaluate/evaluate.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { ClaimTarget } from '../../engine/rule/state/claim.js'
import { stateUnder } from '../../engine/rule/state/state.js'
import type { RuleInTick } from '../../engine/rule/state/tick.js'
import type { Truth } from '../../engine/value/value.js'
import type { Store } from '../../store/base/store.js'
import { countFirings, openDecisions } from '../../store/decisions/decisions.js'
import { ruleStates } from '../../store/rules/rule-states.js'
import { stateOfRow } from '../facts/rule-state-row.js'
import type { AccountSnapshot } from '../guardrails/account-snapshot.js'
import type { ActedOn } from './acted-on.js'

/** A rule of the tick with its evaluated entities, before its states were read. */
export interface JudgedRule {
  readonly rule: Rule
  /** The start of the account's day that is evaluated, in epoch milliseconds. */
  readonly dayBegan: number
  readonly judged: readonly JudgedEntity[]
  /** The other entities of its scope, which `where` does not select. */
  readonly others: readonly LeftOutEntity[]
}

interface LeftOutEntity {
  readonly key: string
  readonly budgetHolder: ClaimTarget | null
  /** The value of `when`, although `where` does not select the entity; null if it was not evaluated. */
  readonly wanted: Truth
}

interface JudgedEntity {
  readonly evaluation: Evaluation
  readonly clear: Truth
  readonly budgetHolder: ClaimTarget | null
}

/** Evaluates every rule's entities. This is the slow part of a tick; it changes nothing. */
export async function judgeRules(
  account: Account,
  rules: readonly Rule[],
  factsOf: (rule: Rule) => Facts,
  snapshot: AccountSnapshot,
  acted: ActedOn,
): Promise<JudgedRule[]> {
  const found: JudgedRule[] = []
  for (const rule of rules) {
    const facts = factsOf(rule)
    const prepared = prepareRule(rule)
    const results = await evaluateRule(prepared, facts)
    const judged = results.map(({ evaluation, clear }) => ({
      evaluation,
      clear,
      budgetHolder: budgetHolder(rule, evaluation.entity.key, snapshot),
    }))
    const keys = new Set(judged.map(({ evaluation }) => evaluation.entity.key))
    const leftOut = facts.entities(rule.scope).filter(({ key }) => !keys.has(key))
    const wanted = await judgeWanted(
      prepared,
      facts,
      leftOut.filter(({ key }) => acted.has(rule.id, key)),
    )
    const others = leftOut.map(({ key }) => ({
      key,
      budgetHolder: budgetHolder(rule, key, snapshot),
      wanted: wanted.get(key) ?? null,
    }))
    found.push({ rule, dayBegan: startOfDay(dayOf(facts.at, account.timezone), account.timezone), judged, others })
  }
  return found
}

/**
 * Adds the rules' states to what was evaluated. Call it within the transaction that records the tick: an event's tick and a
 * scheduled one may evaluate at the same time, and a carry-out may change a state; the one that records second must see what the
 * first did.
 */
export async function rulesInTick(store: Store, account: Account, judgedRules: readonly JudgedRule[]): Promise<RuleInTick[]> {
  const states = await ruleStates(store, account.name)
  const open = new Set((await openDecisions(store, account.name)).map((row) => placeOf(row.rule, row.entity_key)))
  const found: RuleInTick[] = []
  for (const { rule, dayBegan, judged, others } of judgedRules) {
    const own = new Map(
      states.filter((row) => row.rule === rule.id).map((row) => [row.entity_key, stateUnder(rule.mode, stateOfRow(row))]),
    )
    const selected = judged.map((entity) => {
      const { key } = entity.evaluation.entity
      return { ...entity, state: own.get(key) ?? null, carryingOut: open.has(placeOf(rule.id, key)) }
    })
    const dropped = others.flatMap(({ key, budgetHolder, wanted }) => {
      const state = own.get(key)
      if (state === undefined) return []
      const entity: ClaimTarget = { scope: rule.scope, key }
      return [{ entity, state, carryingOut: open.has(placeOf(rule.id, key)), budgetHolder, wanted }]
    })
    const observedToo = rule.mode === 'observe'
    const fired = { account: account.name, rule: rule.id, since: dayBegan, observedToo }
    found.push({ rule, firedToday: await countFirings(store, fired), selected, dropped })
  }
  return found
}

const placeOf = (rule: string, entity: string): string => JSON.stringify([rule, entity])

/** Returns the entity whose budget the rule would change; null if the rule has no budget step or no budget was found. */
export function budgetHolder(rule: Rule, key: string, snapshot: AccountSnapshot): ClaimTarget | null {
  if (!rule.then.some(({ kind }) => kind === 'budget')) return null
  if (rule.scope !== 'campaign' && rule.scope !== 'adset' && rule.scope !== 'ad') return null
  const entity = snapshot.find(rule.scope, key)
  if (entity === null) return null
  const adset = entity.level === 'ad' ? snapshot.find('adset', entity.adsetId) : entity.level === 'adset' ? entity : null
  const campaign = snapshot.find('campaign', entity.campaignId)
  const held = findBudget(rule.scope, adset, campaign)
  if (held.kind === 'refused') return null
  const holder = held.level === 'adset' ? adset : campaign
  return holder === null ? null : { scope: held.level, key: holder.id }
}
