/** The run that carries a decision out: a workflow id is used again by the next firing of the same rule and entity. */

import { type Kysely, type Migration, sql } from 'kysely'

export const carryOutRuns: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table decisions add column run_id text`.execute(db)
  },
}
