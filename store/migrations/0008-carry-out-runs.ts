/** The workflow run that carries out a decision, because the next firing of the same rule and entity reuses the workflow id. */

import { type Kysely, type Migration, sql } from 'kysely'

export const carryOutRuns: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table decisions add column run_id text`.execute(db)
  },
}
