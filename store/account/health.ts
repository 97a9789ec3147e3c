/** What the worker last reported: that it lives, that an account had its tick, how the files read. Silence is the bad news. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type HealthReport = Row<'health'>

/**
 * `tick:<account>` is the end of an account's last tick, whether or not a rule was due. `store` is what the worker met of damaged
 * pages.
 */
export type HealthSubject = 'api' | 'worker' | 'rules' | 'store' | `tick:${string}`

/** @param fault a sentence about what is wrong; null where nothing is */
export async function reportHealth(
  { db }: Store,
  subject: HealthSubject,
  at: number,
  fault: string | null = null,
): Promise<void> {
  await db
    .insertInto('health')
    .values({ subject, at, fault })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ at, fault }))
    .execute()
}

export async function healthReports({ db }: Store): Promise<ReadonlyMap<string, HealthReport>> {
  const rows = await db.selectFrom('health').selectAll().execute()
  return new Map(rows.map((row) => [row.subject, row]))
}
