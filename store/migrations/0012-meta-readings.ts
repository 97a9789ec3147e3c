/** What is copied beneath a copy, one row an object. */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table copied_parts (
    mutation text not null references mutations (id),
    position integer not null,
    level text not null check (level in ('adset', 'ad')),
    source_id text not null,
    source_parent text not null,
    name text not null,
    state text not null check (state in ('planned', 'sent', 'made', 'refused')),
    copy_id text,
    sent_at integer,
    error_json text check (error_json is null or json_valid(error_json)),
    primary key (mutation, source_id)
  ) strict, without rowid`,
]

export const metaReadings: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
