/** What deciding needs of each rule that is due: its entities as judged, where it stood with them, and what still runs. */

import type { Account } from '../engine/account/account.js'
import { findBudget } from '../engine/action/budget.js'
import { dayOf, startOfDay } from '../engine/clock/zone.js'
import type { Facts } from '../engine/facts/facts.js'
import { evaluateRule, prepareRule } from '../engine/rule/evaluate.js'
import type { Rule } from '../engine/rule/rule.js'
import type { ClaimTarget } from '../engine/rule/state-claim.js'
import type { RuleInTick } from '../engine/rule/state-tick.js'
import { countFirings, openDecisions } from '../store/decisions.js'
import { ruleStates } from '../store/rule-states.js'
import type { Store } from '../store/store.js'
import type { AccountSnapshot } from './account-snapshot.js'
import { stateOfRow } from './rule-state-row.js'

export async function rulesInTick(
  store: Store,
  account: Account,
  rules: readonly Rule[],
  factsOf: (rule: Rule) => Facts,
  snapshot: AccountSnapshot,
): Promise<RuleInTick[]> {
  const states = await ruleStates(store, account.name)
  const open = new Set((await openDecisions(store, account.name)).map((row) => placeOf(row.rule, row.entity_key)))
  const found: RuleInTick[] = []
  for (const rule of rules) {
    const facts = factsOf(rule)
    const day = startOfDay(dayOf(facts.at, account.timezone), account.timezone)
    const own = new Map(states.filter((row) => row.rule === rule.id).map((row) => [row.entity_key, stateOfRow(row)]))
    const judged = await evaluateRule(prepareRule(rule), facts)
    const selected = judged.map(({ evaluation, clear }) => ({
      evaluation,
      clear,
      state: own.get(evaluation.entity.key) ?? null,
      carryingOut: open.has(placeOf(rule.id, evaluation.entity.key)),
      budgetHolder: budgetHolder(rule, evaluation.entity.key, snapshot),
    }))
    const keys = new Set(judged.map(({ evaluation }) => evaluation.entity.key))
    const dropped = facts
      .entities(rule.scope)
      .filter(({ key }) => !keys.has(key))
      .flatMap(({ key }) => {
        const state = own.get(key)
        if (state === undefined) return []
        const entity: ClaimTarget = { scope: rule.scope, key }
        return [{ entity, state, carryingOut: open.has(placeOf(rule.id, key)), budgetHolder: budgetHolder(rule, key, snapshot) }]
      })
    found.push({ rule, firedToday: await countFirings(store, account.name, rule.id, day), selected, dropped })
  }
  return found
}

const placeOf = (rule: string, entity: string): string => JSON.stringify([rule, entity])

/** Where the budget is that the rule would change; only rules with such a step need it. */
function budgetHolder(rule: Rule, key: string, snapshot: AccountSnapshot): ClaimTarget | null {
  if (!rule.then.some(({ kind }) => kind === 'budget')) return null
  if (rule.scope !== 'campaign' && rule.scope !== 'adset' && rule.scope !== 'ad') return null
  const entity = snapshot.find(rule.scope, key)
  if (entity === null) return null
  const adset = entity.level === 'ad' ? snapshot.find('adset', entity.adsetId) : entity.level === 'adset' ? entity : null
  const campaign = snapshot.find('campaign', entity.campaignId)
  const held = findBudget(rule.scope, adset, campaign)
  if ('code' in held) return null
  const holder = held.level === 'adset' ? adset : campaign
  return holder === null ? null : { scope: held.level, key: holder.id }
}
