/** The states of an account's rules with their entities, and the firings that are still being carried out. */

import type { Rule } from '../../engine/rule/rule.js'
import { type RuleState, stateUnder } from '../../engine/rule/state/state.js'
import type { Store } from '../../store/base/store.js'
import { openDecisions } from '../../store/decisions/decisions.js'
import { stateOfRow } from '../../store/rules/rule-state-row.js'
import { ruleStates } from '../../store/rules/rule-states.js'
import type { Row } from '../../store/tables/tables.js'

export class StatesInTick {
  private constructor(
    private readonly rows: readonly Row<'rule_states'>[],
    private readonly carriedOut: ReadonlySet<string>,
  ) {}

  static async load(store: Store, account: string): Promise<StatesInTick> {
    const rows = await ruleStates(store, account)
    const open = await openDecisions(store, account)
    return new StatesInTick(rows, new Set(open.map((row) => placeOf(row.rule, row.entity_key))))
  }

  /** Returns the rule's states by the entity's key, as they apply in the rule's current mode. */
  of(rule: Rule): ReadonlyMap<string, RuleState> {
    const own = this.rows.filter((row) => row.rule === rule.id)
    return new Map(own.map((row) => [row.entity_key, stateUnder(rule.mode, stateOfRow(row))]))
  }

  /** Whether an earlier firing of the rule for the entity is planned, running or waiting. */
  isCarryingOut({ id }: Rule, key: string): boolean {
    return this.carriedOut.has(placeOf(id, key))
  }
}

const placeOf = (rule: string, key: string): string => JSON.stringify([rule, key])
