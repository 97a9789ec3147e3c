/** The state of each rule for each entity. `recordTick` writes them together with the decisions of a tick. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

/** Returns the states of all rules of an account, or of one of them. */
export const ruleStates = (store: Store, account: string, rule?: string): Promise<Row<'rule_states'>[]> =>
  store.db
    .selectFrom('rule_states')
    .selectAll()
    .where('account', '=', account)
    .$if(rule !== undefined, (query) => query.where('rule', '=', rule!))
    .orderBy('rule')
    .orderBy('entity_key')
    .execute()

export const findRuleState = (
  store: Store,
  account: string,
  rule: string,
  entityKey: string,
): Promise<Row<'rule_states'> | undefined> =>
  store.db
    .selectFrom('rule_states')
    .selectAll()
    .where('account', '=', account)
    .where('rule', '=', rule)
    .where('entity_key', '=', entityKey)
    .executeTakeFirst()

/** Returns when each of an account's rules was last evaluated, even if it selected no entity: rule id → epoch milliseconds. */
export async function lastEvaluations(store: Store, account: string): Promise<Map<string, number>> {
  const rows = await store.db
    .selectFrom('rule_evaluations')
    .select(['rule', 'evaluated_at'])
    .where('account', '=', account)
    .orderBy('rule')
    .execute()
  return new Map(rows.map((row) => [row.rule, row.evaluated_at]))
}

/** Changes the state of a rule for an entity outside of a tick, for example that its message was sent. */
export async function changeRuleState(
  store: Store,
  key: { readonly account: string; readonly rule: string; readonly entityKey: string },
  change: Partial<Omit<Row<'rule_states'>, 'account' | 'rule' | 'entity_key'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('rule_states')
    .set(change)
    .where('account', '=', key.account)
    .where('rule', '=', key.rule)
    .where('entity_key', '=', key.entityKey)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
