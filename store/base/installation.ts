/** The installation that a store belongs to, and its signed-out sessions. */

import type { Store } from './store.js'

/**
 * Returns the id that was generated with the store and never changes: eight hexadecimal digits, or empty if the store is older than
 * such ids.
 */
export async function installationId({ db }: Store): Promise<string> {
  const { id } = await db.selectFrom('installation').select('id').executeTakeFirstOrThrow()
  return id
}

/**
 * @param session hexadecimal SHA-256 of its cookie
 * @param until when it would have expired by itself, epoch milliseconds
 */
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

/** Deletes signed-out sessions that would have expired by now. */
export async function forgetEndedSessions({ db }: Store, now: number): Promise<void> {
  await db.deleteFrom('ended_sessions').where('until', '<=', now).execute()
}
