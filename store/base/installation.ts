/** The installation that a store belongs to, and its sessions that were signed out. */

import type { Store } from './store.js'

/** Eight hexadecimal digits, made with the store and kept for its life; empty where the store is older than such ids. */
export async function installationId({ db }: Store): Promise<string> {
  const { id } = await db.selectFrom('installation').select('id').executeTakeFirstOrThrow()
  return id
}

/** @param session SHA-256 of its cookie, hex; `until` is when it would have ended by itself */
export async function endSession({ db }: Store, session: string, until: number): Promise<void> {
  await db
    .insertInto('ended_sessions')
    .values({ session, until })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function isEndedSession({ db }: Store, session: string): Promise<boolean> {
  const row = await db.selectFrom('ended_sessions').select('session').where('session', '=', session).executeTakeFirst()
  return row !== undefined
}

/** Forgets sessions that are over anyway. */
export async function forgetEndedSessions({ db }: Store, now: number): Promise<void> {
  await db.deleteFrom('ended_sessions').where('until', '<=', now).execute()
}
