/**
 * Rules that are not due in a tick, but may hold back one that is (docs/decisions/priority-over-time.md). A rule of higher priority
 * holds a lower one back as long as it
 *
 * - rests: it acted on the entity, and is still being carried out, in its `cooldown`, waiting for `clear`, or at its daily `limit`;
 * - and still wants its change: its `when` is true or unknown. That is evaluated now, as in tests and backtests (`wanted`).
 */

import type { Account } from '../../engine/account/account.js'
import { dayOf, startOfDay } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import { judgeWanted, prepareRule } from '../../engine/rule/evaluate/evaluate.js'
import type { Rule } from '../../engine/rule/rule.js'
import { holdersAmong, type RuleWithStates } from '../../engine/rule/state/priority-hold.js'
import type { Truth } from '../../engine/value/value.js'
import type { Store } from '../../store/base/store.js'
import { countFirings } from '../../store/decisions/decisions.js'
import type { AccountSnapshot } from '../guardrails/account-snapshot.js'
import type { ActedOn } from './acted-on.js'
import { budgetOwner } from './rules-in-tick.js'
import type { StatesInTick } from './states-in-tick.js'

/** Returns the rules that are not due and may hold back one of those that are. */
export function holdersNotDue(due: readonly Rule[], all: readonly Rule[]): readonly Rule[] {
  const ids = new Set(due.map(({ id }) => id))
  const others = all.filter(({ id }) => !ids.has(id))
  return [...holdersAmong(others, due)]
}

/** A rule that is not due, with the current value of its condition for the entities that it acted on. */
export interface RuleNotDue {
  readonly rule: Rule
  /** The value of `when`, by the entity's key: whether the rule still wants its change. Only of entities that it acted on. */
  readonly wanted: ReadonlyMap<string, Truth>
}

/** Evaluates the rules for the entities that they acted on. Rules that acted on none are returned without an evaluation. */
export async function judgeNotDue(rules: readonly Rule[], factsOf: (rule: Rule) => Facts, acted: ActedOn): Promise<RuleNotDue[]> {
  const judged: RuleNotDue[] = []
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

/**
 * Returns these rules with their states for the entities that they acted on. Rules without such an entity are left out. Call it
 * within the transaction that records the tick, like `rulesInTick`.
 *
 * The entities are called `unselected`, as in rules that are due, because this tick decides nothing about them.
 */
export async function notDueInTick(
  store: Store,
  account: Account,
  judged: readonly RuleNotDue[],
  states: StatesInTick,
  { snapshot, at }: { readonly snapshot: AccountSnapshot; readonly at: number },
): Promise<RuleWithStates[]> {
  const dayBegan = startOfDay(dayOf(at, account.timezone), account.timezone)
  const found: RuleWithStates[] = []
  for (const { rule, wanted } of judged) {
    const unselected = [...states.of(rule)]
      .map(([key, state]) => ({
        entity: { scope: rule.scope, key },
        state,
        isCarryingOut: states.isCarryingOut(rule, key),
        budgetOwner: budgetOwner(rule, key, snapshot),
        // Null: the rule acted on the entity after the evaluation, so it is unknown whether its condition still holds.
        wanted: wanted.get(key) ?? null,
      }))
      .filter(({ state, isCarryingOut }) => isCarryingOut || state.actedAt !== null)
    if (unselected.length === 0) continue
    // Observed firings do not count: a rule that only observes holds no other rule.
    const fired = { account: account.name, rule: rule.id, since: dayBegan, observedToo: false }
    found.push({ rule, firedToday: rule.limit === null ? 0 : await countFirings(store, fired), unselected })
  }
  return found
}
