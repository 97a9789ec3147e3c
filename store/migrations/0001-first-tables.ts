/** The first tables. Checks restrict text columns with few values, and STRICT keeps text out of numeric columns. */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table accounts (
    name text primary key,
    meta_id text not null,
    meta_name text not null,
    currency text not null,
    timezone text not null,
    account_status integer not null,
    learned_at integer not null
  ) strict`,

  sql`create table entities (
    account text not null,
    level text not null check (level in ('campaign', 'adset', 'ad')),
    id text not null,
    campaign_id text not null,
    adset_id text,
    name text not null,
    status text not null,
    effective_status text not null,
    daily_budget integer check (daily_budget >= 0),
    lifetime_budget integer check (lifetime_budget >= 0),
    fields_json text not null check (json_valid(fields_json)),
    learned_at integer not null,
    superseded_at integer check (superseded_at >= learned_at),
    primary key (account, level, id, learned_at)
  ) strict, without rowid`,
  sql`create unique index entities_current on entities (account, level, id) where superseded_at is null`,
  sql`create index entities_superseded on entities (account, superseded_at) where superseded_at is not null`,
  sql`create index entities_by_id on entities (id) where superseded_at is null`,

  // Clustered by day, because evaluations read whole accounts by ranges of days.
  sql`create table insights (
    account text not null,
    level text not null check (level in ('adset', 'ad')),
    entity_id text not null,
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
  sql`create unique index insights_current on insights (account, level, day, entity_id, hour) where superseded_at is null`,
  sql`create index insights_superseded on insights (account, level, superseded_at) where superseded_at is not null`,

  sql`create table syncs (
    id integer primary key autoincrement,
    account text not null,
    kind text not null check (kind in ('structure', 'days', 'hours', 'ad-days', 'ad-hours')),
    since text,
    until text,
    started_at integer not null,
    finished_at integer check (finished_at >= started_at),
    error text
  ) strict`,
  sql`create index syncs_good on syncs (account, kind, finished_at) where finished_at is not null`,

  sql`create table rules (
    id text not null,
    version text not null,
    file text not null,
    commit_sha text,
    rule_json text not null check (json_valid(rule_json)),
    loaded integer not null check (loaded in (0, 1)),
    loaded_at integer not null,
    primary key (id, version)
  ) strict, without rowid`,
  sql`create unique index rules_loaded on rules (id) where loaded = 1`,

  sql`create table rule_states (
    account text not null,
    rule text not null,
    entity_key text not null,
    state text not null check (state in ('waiting', 'pending', 'fired', 'resting')),
    pending_since integer,
    resting_until integer,
    cleared integer not null check (cleared in (0, 1)),
    last_outcome text,
    announced integer not null check (announced in (0, 1)),
    evaluated_at integer not null,
    primary key (account, rule, entity_key)
  ) strict, without rowid`,

  sql`create table evaluation_requests (
    account text not null,
    rule text not null,
    requested_at integer not null,
    primary key (account, rule)
  ) strict, without rowid`,

  sql`create table decisions (
    id text primary key,
    account text not null,
    rule text not null,
    version text not null,
    scope text not null check (scope in ('account', 'group', 'campaign', 'adset', 'ad')),
    entity_key text not null,
    entity_id text,
    entity_name text,
    at integer not null,
    known_at integer not null,
    outcome text not null check (outcome in ('fire', 'hold', 'unknown')),
    because text,
    mode text not null check (mode in ('observe', 'ask', 'act')),
    steps_json text not null check (json_valid(steps_json)),
    trace_json text not null check (json_valid(trace_json)),
    progress text not null check (
      progress in ('none', 'observed', 'planned', 'running', 'waiting', 'done', 'refused', 'failed', 'stopped')
    ),
    note text,
    workflow_id text,
    created_at integer not null,
    updated_at integer not null,
    change_number integer not null default 0
  ) strict`,
  sql`create index decisions_newest on decisions (at desc, id desc)`,
  sql`create index decisions_of_account on decisions (account, at desc, id desc)`,
  sql`create index decisions_of_rule on decisions (account, rule, entity_key, outcome, at desc)`,
  sql`create index decisions_of_entity on decisions (entity_id, at desc) where entity_id is not null`,
  sql`create index decisions_changed on decisions (change_number)`,
  sql`create index decisions_open on decisions (account) where progress in ('planned', 'running', 'waiting')`,

  sql`create table counters (name text primary key, value integer not null) strict, without rowid`,
  sql`insert into counters (name, value) values ('decision-changes', 0)`,

  sql`create table mutations (
    id text primary key,
    decision text references decisions (id),
    account text not null,
    made_by text not null,
    level text not null check (level in ('campaign', 'adset', 'ad')),
    entity_id text not null,
    field text not null check (field in ('status', 'daily_budget', 'lifetime_budget')),
    before text not null,
    target text not null,
    outcome text not null check (outcome in ('intended', 'confirmed', 'unchanged', 'refused', 'unknown')),
    error_json text check (json_valid(error_json)),
    intended_at integer not null,
    settled_at integer
  ) strict`,
  sql`create index mutations_of_account on mutations (account, intended_at)`,
  sql`create index mutations_of_entity on mutations (account, entity_id, intended_at)`,
  sql`create index mutations_of_decision on mutations (decision) where decision is not null`,

  sql`create table pause_holds (
    account text not null,
    entity_id text not null,
    holder text not null,
    decision text references decisions (id),
    since integer not null,
    released_at integer check (released_at >= since),
    primary key (account, entity_id, holder, since)
  ) strict, without rowid`,
  sql`create unique index pause_holds_held on pause_holds (account, entity_id, holder) where released_at is null`,
  sql`create index pause_holds_of_decision on pause_holds (decision) where decision is not null`,

  sql`create table messages (
    id text primary key,
    decision text references decisions (id),
    account text not null,
    recipient text not null,
    text text not null,
    sent_as text check (sent_as in ('text', 'template')),
    status text not null check (status in ('intended', 'accepted', 'sent', 'delivered', 'read', 'failed', 'unknown')),
    wamid text,
    error_json text check (json_valid(error_json)),
    created_at integer not null,
    updated_at integer not null
  ) strict`,
  sql`create unique index messages_by_wamid on messages (wamid) where wamid is not null`,
  sql`create index messages_of_decision on messages (decision) where decision is not null`,

  sql`create table contacts (wa_id text primary key, last_inbound_at integer not null) strict, without rowid`,

  sql`create table webhook_events (id text primary key, received_at integer not null) strict, without rowid`,
  sql`create index webhook_events_received on webhook_events (received_at)`,

  sql`create table idempotency_keys (
    key text primary key,
    request_hash text not null,
    status integer,
    response_json text,
    created_at integer not null
  ) strict, without rowid`,
  sql`create index idempotency_keys_created on idempotency_keys (created_at)`,

  sql`create table stops (
    account text not null,
    reason text not null,
    stopped_by text not null,
    since integer not null,
    resumed_at integer check (resumed_at >= since),
    primary key (account, since)
  ) strict, without rowid`,
  sql`create unique index stops_standing on stops (account) where resumed_at is null`,
]

export const firstTables: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
