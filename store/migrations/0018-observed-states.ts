/** Whether a rule's last firing for an entity was only observed, so that the rule does not rest from it once it acts. */

import { type Kysely, type Migration, sql } from 'kysely'

export const observedStates: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table rule_states add column observed integer not null default 0 check (observed in (0, 1))`.execute(db)
    // For firings before this migration, the last decision shows it.
    await sql`update rule_states set observed = 1 where exists (
      select 1 from decisions d where d.account = rule_states.account and d.rule = rule_states.rule
        and d.entity_key = rule_states.entity_key and d.outcome = 'fire' and d.mode = 'observe'
        and not exists (select 1 from decisions later where later.account = d.account and later.rule = d.rule
          and later.entity_key = d.entity_key and later.outcome = 'fire' and later.at > d.at)
    )`.execute(db)
  },
}
