/**
 * Rules that are not due in a tick, but may hold back one that is, because they acted on an entity and rest from it. Whether
 * their condition is still true is evaluated now, as in tests and backtests.
 */

import type { Account } from '../../engine/account/account.js'
import { dayOf, startOfDay } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import { judgeWanted, prepareRule } from '../../engine/rule/evaluate/evaluate.js'
import type { Rule } from '../../engine/rule/rule.js'
import { holdersAmong, type StandingRule } from '../../engine/rule/state/priority-hold.js'
import { stateUnder } from '../../engine/rule/state/state.js'
import type { Truth } from '../../engine/value/value.js'
import type { Store } from '../../store/base/store.js'
import { countFirings, openDecisions } from '../../store/decisions/decisions.js'
import { ruleStates } from '../../store/rules/rule-states.js'
import { stateOfRow } from '../facts/rule-state-row.js'
import type { AccountSnapshot } from '../guardrails/account-snapshot.js'
import type { ActedOn } from './acted-on.js'
import { budgetHolder } from './rules-in-tick.js'

/** Returns the rules that are not due and may hold back one of those that are. */
export function holdersWithoutTurn(due: readonly Rule[], all: readonly Rule[]): readonly Rule[] {
  const ids = new Set(due.map(({ id }) => id))
  const others = all.filter(({ id }) => !ids.has(id))
  return [...holdersAmong(others, due)]
}

/** A rule that is not due, with the entities it acted on as evaluated now. */
export interface JudgedStanding {
  readonly rule: Rule
  /** The value of its condition, by the key of each entity that was evaluated. */
  readonly wanted: ReadonlyMap<string, Truth>
}

export async function judgeStanding(
  rules: readonly Rule[],
  factsOf: (rule: Rule) => Facts,
  acted: ActedOn,
): Promise<JudgedStanding[]> {
  const judged: JudgedStanding[] = []
  for (const rule of rules) {
    if (!acted.hasAny(rule)) {
      judged.push({ rule, wanted: new Map() })
      continue
    }
    const facts = factsOf(rule)
    const entities = facts.entities(rule.scope).filter(({ key }) => acted.has(rule.id, key))
    judged.push({ rule, wanted: await judgeWanted(prepareRule(rule), facts, entities) })
  }
  return judged
}

/** Adds these rules' states. Call it within the transaction that records the tick, like `rulesInTick`. */
export async function standingInTick(
  store: Store,
  account: Account,
  judged: readonly JudgedStanding[],
  { snapshot, at }: { readonly snapshot: AccountSnapshot; readonly at: number },
): Promise<StandingRule[]> {
  if (judged.length === 0) return []
  const states = await ruleStates(store, account.name)
  const open = new Set((await openDecisions(store, account.name)).map((row) => JSON.stringify([row.rule, row.entity_key])))
  const dayBegan = startOfDay(dayOf(at, account.timezone), account.timezone)
  const found: StandingRule[] = []
  for (const { rule, wanted } of judged) {
    const entities = states
      .filter((row) => row.rule === rule.id)
      .map((row) => ({
        entity: { scope: rule.scope, key: row.entity_key },
        state: stateUnder(rule.mode, stateOfRow(row)),
        carryingOut: open.has(JSON.stringify([rule.id, row.entity_key])),
        budgetHolder: budgetHolder(rule, row.entity_key, snapshot),
        // Null: the rule acted on the entity after the evaluation, so it is unknown whether its condition still holds.
        wanted: wanted.get(row.entity_key) ?? null,
      }))
      .filter(({ state, carryingOut }) => carryingOut || state.actedAt !== null)
    if (entities.length === 0) continue
    const fired = { account: account.name, rule: rule.id, since: dayBegan, observedToo: false }
    found.push({ rule, firedToday: rule.limit === null ? 0 : await countFirings(store, fired), entities })
  }
  return found
}
