/** Launch specs, their runs, and the objects that these made at Meta. */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table launches (
    key text not null,
    version text not null,
    account text not null,
    file text not null,
    spec_text text not null,
    launch_json text not null check (json_valid(launch_json)),
    loaded integer not null check (loaded in (0, 1)),
    stored_at integer not null,
    primary key (key, version)
  ) strict, without rowid`,
  sql`create unique index launches_loaded on launches (key) where loaded = 1`,

  sql`create table launch_runs (
    id text primary key,
    account text not null,
    launch text not null,
    version text not null,
    kind text not null check (kind in ('plan', 'apply')),
    publish text not null check (publish in ('paused', 'active')),
    rollback integer not null check (rollback in (0, 1)),
    overwrite_drift integer not null check (overwrite_drift in (0, 1)),
    made_by text not null,
    decision text references decisions (id),
    step integer,
    media_json text check (media_json is null or json_valid(media_json)),
    plan_json text check (plan_json is null or json_valid(plan_json)),
    state text not null check (state in ('planned', 'running', 'done', 'refused', 'failed', 'stopped', 'rolled-back')),
    note text,
    created_at integer not null,
    updated_at integer not null,
    foreign key (launch, version) references launches (key, version)
  ) strict, without rowid`,
  sql`create index launch_runs_of_launch on launch_runs (launch, created_at)`,
  sql`create index launch_runs_of_account on launch_runs (account, created_at)`,
  sql`create index launch_runs_of_decision on launch_runs (decision) where decision is not null`,

  sql`create table launch_objects (
    id text primary key,
    account text not null,
    launch text not null,
    key text not null,
    kind text not null check (kind in ('image', 'video', 'campaign', 'adset', 'creative', 'ad')),
    parent text,
    name text not null,
    run text not null references launch_runs (id),
    state text not null check (state in ('intended', 'sent', 'standing', 'replaced', 'deleted', 'absent')),
    meta_id text,
    fields_json text not null check (json_valid(fields_json)),
    read_back_json text check (read_back_json is null or json_valid(read_back_json)),
    upload_json text check (upload_json is null or json_valid(upload_json)),
    attempted_at integer not null,
    sent_at integer,
    published_at integer,
    error_json text check (error_json is null or json_valid(error_json)),
    updated_at integer not null
  ) strict, without rowid`,
  // At most one object of each key exists, and at most one is being made: two processes cannot both make it.
  sql`create unique index launch_objects_standing on launch_objects (account, launch, key) where state = 'standing'`,
  sql`create unique index launch_objects_open on launch_objects (account, launch, key) where state in ('intended', 'sent')`,
  sql`create index launch_objects_by_id on launch_objects (account, meta_id)`,
]

export const launches: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
