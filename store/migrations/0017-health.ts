/** The last report of each part, so that a missing report is noticed. */

import { type Kysely, type Migration, sql } from 'kysely'

export const health: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table health (subject text primary key, at integer not null, fault text) strict`.execute(db)
  },
}
