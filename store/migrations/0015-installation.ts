/** Which installation this store belongs to, and the panel's sessions that were signed out before their time. */

import { randomBytes } from 'node:crypto'

import { type Kysely, type Migration, sql } from 'kysely'

export const installation: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table installation (id text primary key) strict`.execute(db)
    // The work of a store that was in use before goes on at Temporal under names without an id.
    const { rows } = await sql<{ used: number }>`select exists (select 1 from rules) as used`.execute(db)
    const id = rows[0]?.used === 1 ? '' : randomBytes(4).toString('hex')
    await sql`insert into installation (id) values (${id})`.execute(db)
    await sql`create table ended_sessions (session text primary key, until integer not null) strict`.execute(db)
  },
}
