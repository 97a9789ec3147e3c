/** The guardrails' warnings about a person's change when it was requested, so that they can be shown later. */

import { type Kysely, type Migration, sql } from 'kysely'

export const warningsOfRequests: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table requested_changes add column warnings_json text not null default '[]'`.execute(db)
  },
}
