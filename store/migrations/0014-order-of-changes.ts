/**
 * Requests of people, stored before anything is started; the order of changes of a field; details of each sending; and claims on
 * fields.
 */

import { type Kysely, type Migration, sql } from 'kysely'

const FIELDS = sql.raw(`'status', 'daily_budget', 'lifetime_budget', 'bid_amount', 'name', 'labels'`)

const STATEMENTS = [
  // It refers to the ledger, which is created again below.
  sql`create table copied_parts_kept as select * from copied_parts`,
  sql`drop table copied_parts`,
  // SQLite cannot change a check in place.
  sql`create table mutations_new (
    id text primary key,
    decision text references decisions (id),
    account text not null,
    made_by text not null,
    level text not null check (level in ('campaign', 'adset', 'ad')),
    entity_id text not null,
    field text not null check (field in (${FIELDS}, 'copy')),
    before text not null,
    target text not null,
    outcome text not null
      check (outcome in ('intended', 'confirmed', 'unchanged', 'refused', 'unknown', 'superseded')),
    result text,
    error_json text check (json_valid(error_json)),
    intended_at integer not null,
    settled_at integer,
    order_number integer not null,
    sent_at integer,
    answered_at integer,
    edited_before integer,
    edited_after integer
  ) strict`,
  sql`insert into mutations_new (id, decision, account, made_by, level, entity_id, field, before, target, outcome, result,
    error_json, intended_at, settled_at, order_number, sent_at)
    select id, decision, account, made_by, level, entity_id, field, before, target, outcome, result, error_json, intended_at,
      settled_at, row_number() over (order by intended_at, rowid),
      case when outcome in ('confirmed', 'unknown') then coalesce(settled_at, intended_at) end
    from mutations`,
  sql`drop table mutations`,
  sql`alter table mutations_new rename to mutations`,
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
  sql`insert into copied_parts select * from copied_parts_kept`,
  sql`drop table copied_parts_kept`,
  sql`create index mutations_of_account on mutations (account, intended_at)`,
  sql`create index mutations_of_entity on mutations (account, entity_id, intended_at)`,
  sql`create index mutations_of_decision on mutations (decision) where decision is not null`,
  sql`create unique index mutations_in_order on mutations (order_number)`,
  sql`create index mutations_of_field on mutations (account, entity_id, field, order_number)`,
  sql`create index mutations_unknown on mutations (account) where outcome = 'unknown'`,
  sql`insert into counters (name, value) select 'change-order', count(*) from mutations`,

  sql`create table requested_changes (
    id text primary key,
    account text not null,
    made_by text not null,
    level text not null check (level in ('campaign', 'adset', 'ad')),
    entity_id text not null,
    field text not null check (field in (${FIELDS})),
    target text not null,
    known text,
    restores_from text,
    approved_before text,
    order_number integer not null unique,
    requested_at integer not null,
    refusal text,
    refused_at integer
  ) strict`,
  sql`create index requested_changes_of_field on requested_changes (account, entity_id, field, order_number)`,
  sql`create index requested_changes_of_time on requested_changes (account, requested_at)`,

  sql`create table field_claims (
    account text not null,
    entity_id text not null,
    field text not null,
    holder text not null,
    order_number integer not null,
    until integer not null,
    primary key (account, entity_id, field)
  ) strict, without rowid`,
]

export const orderOfChanges: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
