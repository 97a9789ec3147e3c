/** The entities that rules have acted on recently, and may rest from. `priority` holds other rules back from them. */

import { HOUR } from '../../engine/clock/zone.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Store } from '../../store/base/store.js'
import { openDecisions } from '../../store/decisions/decisions.js'
import { ruleStates } from '../../store/rules/rule-states.js'
import type { Row } from '../../store/tables/tables.js'

/** Longer than any calendar day of an account (`limit` counts per day), including those when the clocks change. */
const DAY_AND_MORE = 26 * HOUR

const mayRest = (row: Row<'rule_states'>, at: number): boolean =>
  row.acted_at !== null && ((row.resting_until ?? 0) > at || row.cleared === 0 || row.acted_at > at - DAY_AND_MORE)

/** Pairs of a rule and an entity, including those that are being carried out. */
export class ActedOn {
  readonly #keys = new Map<string, Set<string>>()

  /** Loads the pairs of these rules. */
  static async load(store: Store, account: string, rules: ReadonlySet<Rule>, at: number): Promise<ActedOn> {
    const found = new ActedOn()
    if (rules.size === 0) return found
    const ids = new Set([...rules].map(({ id }) => id))
    for (const row of await ruleStates(store, account)) if (mayRest(row, at)) found.#add(ids, row.rule, row.entity_key)
    for (const row of await openDecisions(store, account)) found.#add(ids, row.rule, row.entity_key)
    return found
  }

  #add(rules: ReadonlySet<string>, rule: string, key: string): void {
    if (!rules.has(rule)) return
    const keys = this.#keys.get(rule) ?? new Set()
    this.#keys.set(rule, keys.add(key))
  }

  has(rule: string, key: string): boolean {
    return this.#keys.get(rule)?.has(key) ?? false
  }

  hasAny({ id }: Rule): boolean {
    return this.#keys.has(id)
  }
}
