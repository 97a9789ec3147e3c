/** The sandbox's state file. It contains everything that must survive a restart, written before the response is sent. */

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

import Database from 'better-sqlite3'

import { IDENTITY } from '../base/identity.js'

export type StateDatabase = Database.Database

const SCHEMA = `
create table if not exists facts (key text primary key, value text not null) without rowid;
create table if not exists objects (
  id text primary key, account text not null, kind text not null, parent text, created_time integer not null,
  updated_time integer not null, fields text not null
) without rowid;
create table if not exists changes (
  sequence integer primary key, object text not null, field text not null, at integer not null, before text not null, after text not null
);
create table if not exists report_runs (
  id text primary key, node text not null, parameters text not null, created_time integer not null, polls integer not null default 0,
  completed_time integer
) without rowid;
create table if not exists report_failures (id text primary key, code integer not null, subcode integer not null) without rowid;
create table if not exists requests (
  id integer primary key, at integer not null, method text not null, path text not null, parameters text not null, status integer not null,
  error_code integer, error_subcode integer, fault text, mutations text not null, message text, swallowed text not null default '[]'
);
create table if not exists messages (
  id text primary key, sequence integer not null, at integer not null, direction text not null, person text not null, type text not null,
  content text not null, text text not null, status text not null, error_code integer, context text, opaque text
) without rowid;
create index if not exists messages_by_person on messages (person, direction, at);
create table if not exists webhooks (
  id integer primary key, event text not null, message text, queued_at integer not null, due integer not null,
  attempts integer not null default 0,
  body text not null, state text not null, last_status integer, delivered_at integer
);
create table if not exists activities (
  sequence integer primary key, account text not null, at integer not null, event_type text not null, actor_id text not null,
  actor_name text not null, application_id text, application_name text, object_id text not null, object_name text not null,
  object_type text not null, extra_data text not null
);
create index if not exists activities_by_time on activities (account, at);
create table if not exists images (
  account text not null, hash text not null, name text not null, width integer not null, height integer not null, bytes integer not null,
  created_time integer not null, status text not null, primary key (account, hash)
) without rowid;
create table if not exists videos (
  id text primary key, account text not null, session text not null unique, title text not null, size integer not null, received integer not null,
  created_time integer not null, finished_time integer, md5 text, fault text
) without rowid;
create table if not exists video_chunks (video text not null, start integer not null, bytes blob not null, primary key (video, start));
create index if not exists webhooks_due on webhooks (state, due);
create table if not exists people (
  phone text primary key, user_id text not null unique, name text not null, username text, hidden integer not null
) without rowid;
create table if not exists templates (
  id text primary key, name text not null, language text not null, category text not null, format text not null, components text not null,
  created_time integer not null, decision text not null, decided_time integer not null, edited_time integer, deleted_time integer
) without rowid;
create table if not exists media (
  id text primary key, name text not null, type text not null, sha256 text not null, content blob not null, created_time integer not null
) without rowid;
`

/** Opens the state in a file, or in memory if `file` is null, and creates missing tables. */
export function openDatabase(file: string | null): StateDatabase {
  if (file !== null) mkdirSync(dirname(file), { recursive: true })
  const database = new Database(file ?? ':memory:')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.pragma('busy_timeout = 2000')
  database.transaction(() => {
    moveToAccounts(database)
    database.exec(SCHEMA)
    addColumn(database, 'requests', 'swallowed', "text not null default '[]'")
  })()
  return database
}

/** Adds a column to a table of a state file that is older than the column. */
function addColumn(database: StateDatabase, table: string, column: string, definition: string): void {
  const columns = database.pragma(`table_info(${table})`) as Array<{ name: string }>
  if (!columns.some(({ name }) => name === column)) database.exec(`alter table ${table} add column ${column} ${definition}`)
}

/** Tables whose rows belong to an account. */
const OF_AN_ACCOUNT = ['objects', 'images', 'videos']

/** Upgrades a state from before there were several accounts: all rows belong to the first one. */
function moveToAccounts(database: StateDatabase): void {
  const columns = (table: string): string[] =>
    (database.pragma(`table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name)
  const old = OF_AN_ACCOUNT.filter((table) => columns(table).length > 0 && !columns(table).includes('account'))
  if (old.length === 0) return
  for (const table of old) database.exec(`alter table ${table} rename to old_${table}`)
  database.exec(SCHEMA)
  for (const table of old) {
    const names = columns(`old_${table}`).join(', ')
    database.exec(
      `insert into ${table} (account, ${names}) select '${IDENTITY.accountId}', ${names} from old_${table}; drop table old_${table}`,
    )
  }
}

/** Returns the value stored under a key, or stores and returns the one that `first` makes. */
export function keptFact<T>(database: StateDatabase, key: string, first: () => T): T {
  const row = database.prepare('select value from facts where key = ?').get(key) as { value: string } | undefined
  if (row) return JSON.parse(row.value) as T
  const value = first()
  keepFact(database, key, value)
  return value
}

export function keepFact(database: StateDatabase, key: string, value: unknown): void {
  database
    .prepare('insert into facts (key, value) values (?, ?) on conflict (key) do update set value = excluded.value')
    .run(key, JSON.stringify(value))
}
