/**
 * Readings from Meta besides the structure: how an account pays, its minimum budgets, pictures of ads, and who edited what; and the
 * objects that are copied into a copy.
 */

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

  // One row for each state of an account, and one per hour while only amounts change.
  sql`create table account_payments (
    account text not null,
    learned_at integer not null,
    seen_at integer not null,
    account_status integer not null,
    disable_reason integer,
    spend_cap integer,
    amount_spent integer,
    balance integer,
    funding_id text,
    funding_type integer,
    funding_text text,
    prepaid_left integer,
    primary key (account, learned_at)
  ) strict, without rowid`,
  sql`create table minimum_budgets (
    account text primary key,
    least integer,
    rows_json text not null check (json_valid(rows_json)),
    learned_at integer not null
  ) strict, without rowid`,
  sql`create table ad_pictures (
    account text not null,
    ad text not null,
    creative text,
    thumbnail_url text,
    image_url text,
    learned_at integer not null,
    primary key (account, ad)
  ) strict, without rowid`,
  sql`create table ad_activities (
    account text not null,
    id text not null,
    at integer not null,
    event_type text not null,
    actor_id text,
    actor_name text,
    application_id text,
    application_name text,
    object_id text,
    object_type text,
    object_name text,
    extra_json text check (extra_json is null or json_valid(extra_json)),
    learned_at integer not null,
    primary key (account, id)
  ) strict, without rowid`,
  sql`create index ad_activities_by_time on ad_activities (account, at)`,
  sql`create index ad_activities_of_object on ad_activities (account, object_id, at)`,
]

export const metaReadings: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
