/** Alerts with their states, and suggestions that wait for an answer. */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  sql`create table alerts (
    id text primary key,
    account text not null,
    anomaly_key text not null,
    scope text not null check (scope in ('account', 'campaign', 'adset')),
    entity_key text not null,
    entity_name text,
    metric text not null,
    direction text not null check (direction in ('up', 'down')),
    kind text not null check (kind in ('spike', 'shift', 'zero', 'drift')),
    state text not null check (state in ('open', 'seen', 'snoozed', 'resolved')),
    snoozed_until integer,
    cause text,
    first_day text not null,
    last_day text not null,
    value real,
    expected real not null,
    lo real not null,
    hi real not null,
    score real not null,
    contributions_json text not null check (json_valid(contributions_json)),
    opened_at integer not null,
    held_at integer not null,
    resolved_at integer,
    changed_by text,
    updated_at integer not null
  ) strict`,
  // One anomaly has one alert, even if two ticks should ever run at the same time.
  sql`create unique index alerts_unresolved on alerts (account, anomaly_key) where state <> 'resolved'`,
  sql`create index alerts_opened on alerts (opened_at, id)`,

  sql`create table suggestions (
    id text primary key,
    account text not null,
    kind text not null check (kind in ('pace', 'waste', 'move', 'fatigue')),
    suggestion_key text not null,
    changes_json text not null check (json_valid(changes_json)),
    reason_en text not null,
    reason_tr text not null,
    effect_json text not null check (json_valid(effect_json)),
    state text not null check (state in ('waiting', 'applying', 'applied', 'refused', 'dismissed', 'outdated')),
    note text,
    answered_by text,
    answered_at integer,
    made_at integer not null,
    updated_at integer not null
  ) strict`,
  sql`create unique index suggestions_waiting on suggestions (account, suggestion_key) where state in ('waiting', 'applying')`,
  sql`create index suggestions_made on suggestions (made_at, id)`,
]

export const alertsAndSuggestions: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
