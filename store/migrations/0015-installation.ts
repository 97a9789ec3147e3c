/** The installation that this store belongs to, and sessions of the panel that were signed out before they expired. */

import { randomBytes } from 'node:crypto'

import { type Kysely, type Migration, sql } from 'kysely'

export const installation: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table installation (id text primary key) strict`.execute(db)
    // The workflows of a store that was already in use keep their names without an id in Temporal.
    const { rows } = await sql<{ used: number }>`select exists (select 1 from rules) as used`.execute(db)
    const id = rows[0]?.used === 1 ? '' : randomBytes(4).toString('hex')
    await sql`insert into installation (id) values (${id})`.execute(db)
    await sql`create table ended_sessions (session text primary key, until integer not null) strict`.execute(db)
  },
}
