/** Reach of whole windows, to which days do not add up; page sizes that Meta answers for large accounts; calls by tick. */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table reach_windows (
    account text not null,
    level text not null check (level in ('account', 'campaign', 'adset', 'ad')),
    since text not null check (since glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    until text not null check (until >= since),
    entity_id text not null,
    reach integer check (reach >= 0),
    frequency real check (frequency >= 0),
    learned_at integer not null,
    superseded_at integer check (superseded_at >= learned_at),
    primary key (account, level, since, until, entity_id, learned_at)
  ) strict, without rowid`,
  sql`create unique index reach_windows_current on reach_windows (account, level, since, until, entity_id)
    where superseded_at is null`,

  sql`create table reach_reads (
    account text not null,
    level text not null check (level in ('account', 'campaign', 'adset', 'ad')),
    since text not null,
    until text not null,
    started_at integer not null,
    finished_at integer not null check (finished_at >= started_at),
    primary key (account, level, since, until, started_at)
  ) strict, without rowid`,

  // `page` is null if only a report works.
  sql`create table question_sizes (
    account text not null,
    question text not null,
    page integer check (page > 0),
    learned_at integer not null,
    primary key (account, question)
  ) strict, without rowid`,

  sql`create table meta_calls (
    account text not null,
    run text not null,
    workflow text not null,
    kind text not null,
    calls integer not null check (calls >= 0),
    failed integer not null check (failed between 0 and calls),
    first_at integer not null,
    last_at integer not null,
    primary key (account, run, kind)
  ) strict, without rowid`,
  sql`create index meta_calls_by_time on meta_calls (last_at)`,
]

export const reachAndCalls: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
