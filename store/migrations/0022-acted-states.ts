/** When a rule last acted on an entity, or asked for approval: while it rests afterwards, it holds back rules of lower priority. */

import { type Kysely, type Migration, sql } from 'kysely'

export const actedStates: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table rule_states add column acted_at integer`.execute(db)
    // For firings before this migration: decisions that were carried out, asked for approval or are still in progress.
    await sql`update rule_states set acted_at = (
      select max(d.at) from decisions d where d.account = rule_states.account and d.rule = rule_states.rule
        and d.entity_key = rule_states.entity_key and d.outcome = 'fire' and d.mode != 'observe'
        and (d.progress in ('planned', 'running', 'waiting', 'done')
          or exists (select 1 from approvals a where a.decision = d.id))
    ) where observed = 0`.execute(db)
  },
}
