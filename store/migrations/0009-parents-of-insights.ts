/**
 * Insights of campaigns and of the account itself, in addition to those of ad sets and ads, and what each row belongs to, so that
 * the row of a deleted object still counts for its campaign. SQLite cannot change a check, so both tables are created again.
 */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table insights_new (
    account text not null,
    level text not null check (level in ('account', 'campaign', 'adset', 'ad')),
    entity_id text not null,
    campaign_id text,
    adset_id text,
    day text not null check (day glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    hour integer not null check (hour between -1 and 23),
    spend integer not null,
    impressions integer not null,
    clicks integer not null,
    measures_json text not null check (json_valid(measures_json)),
    learned_at integer not null,
    superseded_at integer check (superseded_at >= learned_at),
    primary key (account, level, day, entity_id, hour, learned_at)
  ) strict, without rowid`,
  sql`insert into insights_new
    (account, level, entity_id, day, hour, spend, impressions, clicks, measures_json, learned_at, superseded_at)
    select account, level, entity_id, day, hour, spend, impressions, clicks, measures_json, learned_at, superseded_at
    from insights`,
  sql`drop table insights`,
  sql`alter table insights_new rename to insights`,
  sql`create unique index insights_current on insights (account, level, day, entity_id, hour) where superseded_at is null`,
  sql`create index insights_superseded on insights (account, level, superseded_at) where superseded_at is not null`,

  // Without a check of `kind`, because every new kind would require creating this table again.
  sql`create table syncs_new (
    id integer primary key autoincrement,
    account text not null,
    kind text not null,
    since text,
    until text,
    started_at integer not null,
    finished_at integer check (finished_at >= started_at),
    error text
  ) strict`,
  sql`insert into syncs_new select id, account, kind, since, until, started_at, finished_at, error from syncs`,
  sql`drop table syncs`,
  sql`alter table syncs_new rename to syncs`,
  sql`create index syncs_good on syncs (account, kind, finished_at) where finished_at is not null`,
]

export const parentsOfInsights: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
