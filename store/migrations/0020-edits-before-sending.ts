/** Meta's date of an entity's last edit when a change was prepared, which shows edits before its first sending. */

import { type Kysely, type Migration, sql } from 'kysely'

export const editsBeforeSending: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table mutations add column edited_when_prepared integer`.execute(db)
  },
}
