/** Learns how late conversions arrive, from past days that were read several times while they filled up. */

import { type ArrivedShare, SETTLED_AFTER } from '../../engine/anomaly/lateness.js'
import { addDays, dayOf, HOUR, startOfDay } from '../../engine/clock/zone.js'
import { arrivesAtOnce } from '../../engine/metric/catalogue.js'
import { insightRevisions, type InsightRevisionSpan } from '../../store/account/insight-revisions.js'
import type { Store } from '../../store/base/store.js'

export interface ArrivalQuestion {
  readonly account: string
  readonly zone: string
  readonly level: 'adset' | 'ad'
  /** The measure that `results` counts. */
  readonly result: string
  readonly at: number
  /** Epoch milliseconds: what was learned later is ignored. By default `at`. */
  readonly knownAt?: number
}

/** The days to learn from have long been final: the last is this many days before today, and there are this many. */
const [FIRST_BACK, DAYS_WATCHED] = [8, 28]
/** With fewer days than this, nothing is said to be usual. */
const FEWEST_DAYS = 7
/**
 * Shares are computed for each age up to this one, in hours after the end of the day. A single share per day would be too coarse.
 */
const AGES = SETTLED_AFTER / HOUR

/** Returns the share by measure and age (milliseconds); null for a measure if too few days were read before they were final. */
export async function arrivedShares(store: Store, question: ArrivalQuestion): Promise<ArrivedShare> {
  const today = dayOf(question.at, question.zone)
  const [since, until] = [addDays(today, -FIRST_BACK - DAYS_WATCHED + 1), addDays(today, -FIRST_BACK)]
  const knownAt = question.knownAt ?? question.at
  const rows = await insightRevisions(store, { account: question.account, level: question.level, since, until })
  const days = byDay(rows.filter(({ learnedAt }) => learnedAt <= knownAt).map((row) => asKnown(row, knownAt)))
  const shares = new Map<string, number | null>()
  return (asked, age) => {
    const measure = asked === 'results' ? question.result : asked
    if (arrivesAtOnce(measure)) return 1
    const ended = Math.min(AGES, Math.max(0, Math.floor(age / HOUR)))
    const key = `${ended} ${measure}`
    let share = shares.get(key)
    if (share === undefined) shares.set(key, (share = shareOf(days, measure, ended * HOUR, question.zone)))
    return share
  }
}

/** Undoes a later replacement: at `knownAt` the row was the current one. */
const asKnown = (row: InsightRevisionSpan, knownAt: number): InsightRevisionSpan =>
  row.supersededAt !== null && row.supersededAt > knownAt ? { ...row, supersededAt: null } : row

function shareOf(
  days: ReadonlyMap<string, readonly InsightRevisionSpan[]>,
  measure: string,
  age: number,
  zone: string,
): number | null {
  let [watched, early, final] = [0, 0, 0]
  for (const [day, rows] of days) {
    const moment = startOfDay(addDays(day, 1), zone) + age
    const known = rows.filter(({ learnedAt, supersededAt }) => learnedAt <= moment && (supersededAt ?? Infinity) > moment)
    // A day that was first read when it was long over does not show how it filled up.
    if (known.length === 0) continue
    watched++
    early += sumOf(known, measure)
    final += sumOf(
      rows.filter(({ supersededAt }) => supersededAt === null),
      measure,
    )
  }
  return watched < FEWEST_DAYS || final <= 0 ? null : Math.min(1, early / final)
}

const sumOf = (rows: readonly InsightRevisionSpan[], measure: string): number =>
  rows.reduce((sum, { measures }) => sum + (measures[measure] ?? 0), 0)

function byDay(rows: readonly InsightRevisionSpan[]): ReadonlyMap<string, readonly InsightRevisionSpan[]> {
  const days = new Map<string, InsightRevisionSpan[]>()
  for (const row of rows) {
    const day = days.get(row.day)
    if (day === undefined) days.set(row.day, [row])
    else day.push(row)
  }
  return days
}
