/** Which installation this store belongs to, and the panel's sessions that were signed out before their time. */

import { randomBytes } from 'node:crypto'

import { type Kysely, type Migration, sql } from 'kysely'

export const installation: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table installation (id text primary key) strict`.execute(db)
    await sql`insert into installation (id) values (${randomBytes(4).toString('hex')})`.execute(db)
    await sql`create table ended_sessions (session text primary key, until integer not null) strict`.execute(db)
  },
}
