/**
 * WhatsApp since people can hide their number: user ids in addition to numbers, a row for each sending of a message, when the last
 * webhook arrived, and notes for the panel.
 */

import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  // `last_inbound_at` is null for a person who never wrote to us.
  sql`create table contacts_new (
    wa_id text primary key,
    last_inbound_at integer,
    user_id text,
    linked_at integer
  ) strict, without rowid`,
  sql`insert into contacts_new (wa_id, last_inbound_at) select wa_id, last_inbound_at from contacts`,
  sql`drop table contacts`,
  sql`alter table contacts_new rename to contacts`,
  sql`create unique index contacts_by_user_id on contacts (user_id) where user_id is not null`,

  // SQLite cannot change a check in place.
  sql`create table messages_new (
    id text primary key,
    decision text references decisions (id),
    account text not null,
    recipient text not null,
    text text not null,
    buttons_json text check (json_valid(buttons_json)),
    of_rule integer not null default 0 check (of_rule in (0, 1)),
    urgent integer not null default 0 check (urgent in (0, 1)),
    address text,
    sent_as text check (sent_as in ('text', 'template')),
    status text not null
      check (status in ('intended', 'accepted', 'sent', 'delivered', 'read', 'failed', 'unknown', 'withdrawn')),
    wamid text,
    error_json text check (json_valid(error_json)),
    created_at integer not null,
    updated_at integer not null
  ) strict`,
  // The ids of a rule's messages show that they are its own: `<decision>-<step>`, or `…-resolved-…`; its questions have buttons.
  sql`insert into messages_new
    (id, decision, account, recipient, text, buttons_json, of_rule, sent_as, status, wamid, error_json, created_at, updated_at)
    select id, decision, account, recipient, text, buttons_json,
      decision is not null and (buttons_json is not null or id glob decision || '-[0-9]*' or id like '%-resolved-%'),
      sent_as, status, wamid, error_json, created_at, updated_at
    from messages`,
  sql`drop table messages`,
  sql`alter table messages_new rename to messages`,
  sql`create unique index messages_by_wamid on messages (wamid) where wamid is not null`,
  sql`create index messages_of_decision on messages (decision) where decision is not null`,

  sql`create table sends (
    id integer primary key,
    message text not null references messages (id) on delete cascade,
    at integer not null,
    form text not null check (form in ('text', 'template')),
    is_repeat integer not null check (is_repeat in (0, 1)),
    outcome text not null check (outcome in ('unknown', 'accepted', 'refused')),
    wamid text,
    error_json text check (json_valid(error_json))
  ) strict`,
  sql`create index sends_of_message on sends (message)`,
  sql`create unique index sends_by_wamid on sends (wamid) where wamid is not null`,
  sql`insert into sends (message, at, form, is_repeat, outcome, wamid)
    select id, updated_at, coalesce(sent_as, 'text'), 0, case when wamid is null then 'unknown' else 'accepted' end, wamid
    from messages where wamid is not null or status = 'unknown'`,

  sql`create table webhook_ways (way text primary key, last_at integer not null) strict, without rowid`,

  sql`create table notes (
    id text primary key,
    kind text not null,
    account text,
    facts_json text not null check (json_valid(facts_json)),
    count integer not null,
    first_at integer not null,
    last_at integer not null,
    seen_at integer
  ) strict`,
  sql`create index notes_open on notes (last_at) where seen_at is null`,
]

export const whatsAppSenders: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await statement.execute(db)
  },
}
