/** What was requested from Meta, for which days, and when: this distinguishes a day that is zero from one that is unknown. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

/** `days` and `hours` without a prefix belong to ad sets. */
export type InsightSyncKind = `${'' | 'ad-' | 'campaign-' | 'account-'}${'days' | 'hours'}`
export type SyncKind = 'structure' | InsightSyncKind

/**
 * Stores that a sync began, and returns its id. It does not count until `finishSync`. `since` and `until` are account days,
 * inclusive.
 */
export async function beginSync(
  store: Store,
  sync: {
    readonly account: string
    readonly kind: SyncKind
    readonly since: string | null
    readonly until: string | null
    readonly startedAt: number
  },
): Promise<number> {
  const { id } = await store.db
    .insertInto('syncs')
    .values({ account: sync.account, kind: sync.kind, since: sync.since, until: sync.until, started_at: sync.startedAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function finishSync(store: Store, id: number, finishedAt: number): Promise<void> {
  await store.db.updateTable('syncs').set({ finished_at: finishedAt, error: null }).where('id', '=', id).execute()
}

/** Stores why a sync failed, as a sentence. A sync that has finished stays finished. */
export async function failSync(store: Store, id: number, error: string): Promise<void> {
  await store.db.updateTable('syncs').set({ error }).where('id', '=', id).where('finished_at', 'is', null).execute()
}

/** Returns the last sync of that kind that had finished by `knownAt`. */
export const lastGoodSync = (
  store: Store,
  account: string,
  kind: SyncKind,
  knownAt = Number.MAX_SAFE_INTEGER,
): Promise<Row<'syncs'> | undefined> =>
  store.db
    .selectFrom('syncs')
    .selectAll()
    .where('account', '=', account)
    .where('kind', '=', kind)
    .where('finished_at', '<=', knownAt)
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** A range of days with the last good sync that requested exactly these days. */
export interface CoveredRange {
  readonly since: string
  readonly until: string
  /** When that sync began, epoch milliseconds. It contains what happened before. */
  readonly startedAt: number
  readonly finishedAt: number
}

/**
 * Returns the ranges of days that good syncs had covered by `knownAt`, each once, with its latest sync. A day is known if a range
 * contains it, and known completely if that sync began after the end of the day.
 */
export async function coveredRanges(
  store: Store,
  account: string,
  kind: InsightSyncKind,
  knownAt = Number.MAX_SAFE_INTEGER,
): Promise<CoveredRange[]> {
  const rows = await store.db
    .selectFrom('syncs')
    .select(({ fn }) => ['since', 'until', fn.max('started_at').as('startedAt'), fn.max('finished_at').as('finishedAt')])
    .where('account', '=', account)
    .where('kind', '=', kind)
    .where('finished_at', '<=', knownAt)
    .where('since', 'is not', null)
    .where('until', 'is not', null)
    .groupBy(['since', 'until'])
    .orderBy('since')
    .orderBy('until')
    .execute()
  return rows.map((row) => ({
    since: row.since!,
    until: row.until!,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt!,
  }))
}

/** Returns the last failed sync of the account. */
export const lastFailedSync = ({ db }: Store, account: string): Promise<Pick<Row<'syncs'>, 'kind' | 'started_at'> | undefined> =>
  db
    .selectFrom('syncs')
    .select(['kind', 'started_at'])
    .where('account', '=', account)
    .where('error', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Returns when rows of days of the account were first read, if that was by `until`; else null. */
export async function firstDaysRead({ db }: Store, account: string, until: number): Promise<number | null> {
  const first = await db
    .selectFrom('syncs')
    .select(({ fn }) => fn.min('finished_at').as('at'))
    .where('account', '=', account)
    .where('kind', 'in', ['days', 'ad-days'])
    .where('finished_at', 'is not', null)
    .where('finished_at', '<=', until)
    .executeTakeFirst()
  return first?.at ?? null
}
