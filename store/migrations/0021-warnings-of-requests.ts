/** What the guardrails said of a person's change when it was asked for, so that it can be shown later too. */

import { type Kysely, type Migration, sql } from 'kysely'

export const warningsOfRequests: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table requested_changes add column warnings_json text not null default '[]'`.execute(db)
  },
}
