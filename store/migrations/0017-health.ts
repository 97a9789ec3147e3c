/** What each part last reported of itself, so that its silence is noticed. */

import { type Kysely, type Migration, sql } from 'kysely'

export const health: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table health (subject text primary key, at integer not null, fault text) strict`.execute(db)
  },
}
