/** When a change was last sent: how long it may still arrive counts from its last sending. */

import { type Kysely, type Migration, sql } from 'kysely'

export const lastSending: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table mutations add column last_sent_at integer`.execute(db)
    await sql`update mutations set last_sent_at = sent_at`.execute(db)
  },
}
