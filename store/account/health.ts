/**
 * The last report of each part: that the worker is alive, that an account had its tick, whether the rules could be read. A missing
 * report is a problem.
 */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type HealthReport = Row<'health'>

/**
 * `tick:<account>` reports the end of an account's last tick, whether or not a rule was due. `store` reports damaged pages that the
 * worker came across.
 */
export type HealthSubject = 'api' | 'worker' | 'rules' | 'store' | `tick:${string}`

/** @param fault a sentence about what is wrong; null if nothing is */
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
