/**
 * Tables for more kinds of steps: changes of bids, names and labels and copies in the ledger, approvals, messages with buttons,
 * outside events, and snoozes.
 */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  // SQLite cannot change a check in place.
  sql`create table mutations_new (
    id text primary key,
    decision text references decisions (id),
    account text not null,
    made_by text not null,
    level text not null check (level in ('campaign', 'adset', 'ad')),
    entity_id text not null,
    field text not null check (field in ('status', 'daily_budget', 'lifetime_budget', 'bid_amount', 'name', 'labels', 'copy')),
    before text not null,
    target text not null,
    outcome text not null check (outcome in ('intended', 'confirmed', 'unchanged', 'refused', 'unknown')),
    result text,
    error_json text check (json_valid(error_json)),
    intended_at integer not null,
    settled_at integer
  ) strict`,
  sql`insert into mutations_new (id, decision, account, made_by, level, entity_id, field, before, target, outcome, error_json,
    intended_at, settled_at)
    select id, decision, account, made_by, level, entity_id, field, before, target, outcome, error_json, intended_at, settled_at
    from mutations`,
  sql`drop table mutations`,
  sql`alter table mutations_new rename to mutations`,
  sql`create index mutations_of_account on mutations (account, intended_at)`,
  sql`create index mutations_of_entity on mutations (account, entity_id, intended_at)`,
  sql`create index mutations_of_decision on mutations (decision) where decision is not null`,

  sql`alter table messages add column buttons_json text check (json_valid(buttons_json))`,
  sql`alter table decisions add column event text`,

  sql`create table approvals (
    id text primary key,
    decision text not null references decisions (id),
    account text not null,
    state text not null check (state in ('waiting', 'approved', 'rejected', 'expired', 'withdrawn')),
    values_json text not null check (json_valid(values_json)),
    asked_at integer not null,
    expires_at integer not null,
    answered_by text,
    answered_at integer
  ) strict`,
  sql`create index approvals_of_decision on approvals (decision)`,

  sql`create table hook_events (
    id text primary key,
    hook text not null,
    payload_json text not null check (json_valid(payload_json)),
    received_at integer not null,
    started_at integer
  ) strict`,
  sql`create index hook_events_received on hook_events (received_at)`,

  sql`create table snoozes (
    rule text not null,
    entity_key text not null,
    until integer not null,
    snoozed_by text not null,
    snoozed_at integer not null,
    primary key (rule, entity_key)
  ) strict, without rowid`,
]

export const steps: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
