/**
 * When each rule was last evaluated for an account. The states do not show it, because a rule that selects no entity has no state.
 */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table rule_evaluations (
    account text not null,
    rule text not null,
    evaluated_at integer not null,
    primary key (account, rule)
  ) strict, without rowid`,
  sql`insert into rule_evaluations select account, rule, max(evaluated_at) from rule_states group by account, rule`,
  // These rows belonged to the rule as a whole.
  sql`delete from rule_states where entity_key = ''`,
]

export const ruleEvaluations: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
