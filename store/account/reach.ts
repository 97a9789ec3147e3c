/** Reach and frequency of whole windows, with the time they were learned. */

import { sql } from 'kysely'

import { chunks, planRevisions } from '../base/revisions.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type ReachLevel = Row<'reach_windows'>['level']

/** Whole days in the account's time zone, inclusive. */
export interface ReachWindow {
  readonly level: ReachLevel
  readonly since: string
  readonly until: string
}

export interface ReachOfEntity {
  readonly entityId: string
  /** The number of people; null if Meta returned none. */
  readonly reach: number | null
  readonly frequency: number | null
}

/** A window as last read. An entity without a row had no delivery, or Meta returned no number for it. */
export interface ReachReading extends ReachWindow {
  /** When the reading began, epoch milliseconds. It contains what happened before. */
  readonly startedAt: number
  readonly rows: readonly ReachOfEntity[]
}

/** Saves one reading of a window: changed rows get a revision, missing rows end. */
export function saveReach(
  store: Store,
  reading: ReachReading & { readonly account: string; readonly finishedAt: number },
): Promise<void> {
  const { account, level, since, until, startedAt, finishedAt } = reading
  return inTransaction(store, async ({ db }) => {
    const known = await db
      .selectFrom('reach_windows')
      .selectAll()
      .where('account', '=', account)
      .where('level', '=', level)
      .where('since', '=', since)
      .where('until', '=', until)
      .where('superseded_at', 'is', null)
      .execute()
    const answered = reading.rows.map(({ entityId, reach, frequency }) => ({
      account,
      level,
      since,
      until,
      entity_id: entityId,
      reach,
      frequency,
      learned_at: startedAt,
      superseded_at: null,
    }))
    const plan = planRevisions(byEntity(answered), byEntity(known), isSame, startedAt)
    for (const ids of chunks(plan.supersede.map(({ entity_id }) => entity_id))) {
      await db
        .updateTable('reach_windows')
        .set({ superseded_at: startedAt })
        .where('account', '=', account)
        .where('level', '=', level)
        .where('since', '=', since)
        .where('until', '=', until)
        .where('superseded_at', 'is', null)
        .where('entity_id', 'in', ids)
        .execute()
    }
    for (const chunk of chunks(plan.insert)) await db.insertInto('reach_windows').values(chunk).execute()
    await db
      .insertInto('reach_reads')
      .values({ account, level, since, until, started_at: startedAt, finished_at: finishedAt })
      .onConflict((conflict) => conflict.doUpdateSet({ finished_at: finishedAt }))
      .execute()
  })
}

/** Returns when the last reading of the window that had finished by `knownAt` began; null if there is none. */
export async function lastReachRead(
  store: Store,
  account: string,
  { level, since, until }: ReachWindow,
  knownAt = Number.MAX_SAFE_INTEGER,
): Promise<number | null> {
  const row = await store.db
    .selectFrom('reach_reads')
    .select(({ fn }) => fn.max('started_at').as('startedAt'))
    .where('account', '=', account)
    .where('level', '=', level)
    .where('since', '=', since)
    .where('until', '=', until)
    .where('finished_at', '<=', knownAt)
    .executeTakeFirst()
  return row?.startedAt ?? null
}

/** Returns those windows that had been read by `knownAt`, each with the rows that were known then. */
export async function reachAsOf(
  store: Store,
  account: string,
  windows: readonly ReachWindow[],
  knownAt: number,
): Promise<ReachReading[]> {
  const readings: ReachReading[] = []
  for (const window of windows) {
    const startedAt = await lastReachRead(store, account, window, knownAt)
    if (startedAt === null) continue
    const rows = await store.db
      .selectFrom('reach_windows')
      .select(['entity_id as entityId', 'reach', 'frequency'])
      .where('account', '=', account)
      .where('level', '=', window.level)
      .where('since', '=', window.since)
      .where('until', '=', window.until)
      .where('learned_at', '<=', startedAt)
      .where((row) => row.or([row('superseded_at', 'is', null), row('superseded_at', '>', startedAt)]))
      .execute()
    readings.push({ ...window, startedAt, rows })
  }
  return readings
}

/** Whether some ad set of the account counts people reached as results. Such results of days do not add up either. */
export async function countsReach(store: Store, account: string): Promise<boolean> {
  const found = await store.db
    .selectFrom('entities')
    .select('id')
    .where('account', '=', account)
    .where('level', '=', 'adset')
    .where('superseded_at', 'is', null)
    .where(sql<string>`json_extract(fields_json, '$.optimization_goal')`, '=', 'REACH')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

const byEntity = <T extends { entity_id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.entity_id, row]))

const isSame = (a: Row<'reach_windows'>, b: Row<'reach_windows'>): boolean => a.reach === b.reach && a.frequency === b.frequency
