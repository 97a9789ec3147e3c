/** Computed forecasts, by a hash of their inputs. */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table forecasts (
    account text not null,
    hash text not null,
    result_json text not null check (json_valid(result_json)),
    made_at integer not null,
    primary key (account, hash)
  ) strict, without rowid`,
  sql`create index forecasts_made on forecasts (account, made_at)`,
]

export const forecasts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
