/** Steps that sent a message or called a webhook, so that later steps know that something was done. */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table sent_steps (
    decision text not null references decisions (id),
    step integer not null,
    at integer not null,
    primary key (decision, step)
  ) strict, without rowid`,
]

export const sentSteps: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
