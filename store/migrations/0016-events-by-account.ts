/** The events that wait for each account: an event is evaluated once for each account with a rule that waits for it. */

import { type Kysely, type Migration, sql } from 'kysely'

export const eventsByAccount: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table events_to_evaluate (
      account text not null,
      event text not null references hook_events (id) on delete cascade,
      received_at integer not null,
      evaluated_at integer,
      primary key (account, event)
    ) strict, without rowid`.execute(db)
    await sql`create index events_waiting on events_to_evaluate (account, received_at) where evaluated_at is null`.execute(db)
  },
}
