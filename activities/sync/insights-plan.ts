/** Plans which days of insights a tick requests: everything once, then only what may have changed since. */

import { addDays, dayOf, HOUR, startOfDay } from '../../engine/clock/zone.js'
import type { ReachWindow } from '../../store/account/reach.js'
import { type CoveredRange, coveredRanges } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import type { InsightsRequest, RowsRequest } from '../facts/insights-request.js'
import { knownDaysOf, reachToAsk, reachWindows } from '../facts/reach-needs.js'
import type { RuleNeeds } from '../facts/rule-needs.js'
import { syncKind } from '../facts/sync-kind.js'
import type { ReadingPlan } from './contract.js'

/** The number of days that are read the first time: `last_90d` and a month to compare with. */
const BACKFILL = 120
/** The most days of one request; Meta prepares a report if even this is too much for a direct answer. */
const CHUNK = 30
/** Conversions are attributed to the day of the click for 28 days (Meta's longest window); today is one more. */
const LATE_CONVERSIONS = 29
/** Most late conversions come within these days, today included. */
const FRESH = 3
const LATE_EVERY = HOUR
/** Meta reports a day's last hours late: they are read until this long after its end, milliseconds. */
const HOURS_SETTLE = 6 * HOUR

/** The most days of one request for hours. The account has only one row per hour. */
const HOURS_CHUNK = 3
const ACCOUNT_HOURS_CHUNK = 14
/** The account's hours of this many days are read even if no rule needs them, because people ask what is usual by this hour. */
const ACCOUNT_HOURS = 28

type Level = InsightsRequest['level']

/**
 * Parents are read before their children. Numbers grow during the reading, and if a parent were read later, its excess over its
 * children would be taken for spend of deleted ones.
 */
const LEVELS: readonly Level[] = ['account', 'campaign', 'adset', 'ad']

/** @param now when the tick runs, epoch milliseconds */
export async function planInsights(
  store: Store,
  account: { readonly name: string; readonly timezone: string },
  needs: RuleNeeds,
  now: number,
): Promise<ReadingPlan> {
  const zone = account.timezone
  const today = dayOf(now, zone)
  const insights: InsightsRequest[] = []
  const history: InsightsRequest[] = []
  const windows: ReachWindow[] = []
  for (const level of LEVELS) {
    const request = (days: Days, hourly: boolean): RowsRequest => ({ account: account.name, level, ...days, hourly })
    const days = await coveredRanges(store, account.name, syncKind(level, false))
    const asked = rangesToAsk(days, today, now)
    // A tick does not wait for rows of ads that no rule uses.
    const into = level === 'ad' && !needs.ads ? history : insights
    into.push(...asked.map((range) => request(range, false)))
    if (level === 'adset' || level === 'ad') {
      const reach = level === 'adset' ? needs.adsetReach : needs.adReach
      windows.push(...reachWindows(reach, knownDaysOf([...days, ...asked], today)))
    }

    const { since: wanted, usualDays: usual } = hoursNeeded(level, needs)
    if (wanted === null && usual === 0) continue
    const chunk = level === 'account' ? ACCOUNT_HOURS_CHUNK : HOURS_CHUNK
    const read = await coveredRanges(store, account.name, syncKind(level, true))
    // Always include yesterday: an ended day shows which measures Meta reports by the hour.
    const yesterday = addDays(today, -1)
    const recent = hoursToAsk(read, wanted !== null && wanted < yesterday ? wanted : yesterday, today, zone)
    insights.push(...inChunks({ since: recent, until: today }, chunk).map((range) => request(range, true)))
    if (usual === 0) continue
    const before = addDays(recent, -1)
    const missing = hoursToAsk(read, addDays(today, -usual), before, zone)
    for (let since = missing; since <= before && !isHoursRead(read, since, zone); since = addDays(since, chunk)) {
      const until = addDays(since, chunk - 1)
      history.push(request({ since, until: until < before ? until : before }, true))
    }
  }
  // Last, because the fewest rules need it.
  insights.push(...(await reachToAsk(store, account, windows, now)))
  return { insights, history }
}

function hoursNeeded(level: Level, needs: RuleNeeds): { readonly since: string | null; readonly usualDays: number } {
  switch (level) {
    case 'account':
      return { since: null, usualDays: ACCOUNT_HOURS - 1 }
    case 'campaign':
      return { since: null, usualDays: 0 }
    case 'adset':
      return { since: needs.adsetHoursSince, usualDays: needs.adsetUsualDays }
    case 'ad':
      return { since: needs.adHoursSince, usualDays: needs.adUsualDays }
  }
}

interface Days {
  readonly since: string
  readonly until: string
}

/** Returns the ranges to request, given those that good syncs covered. Pure. Days are ISO dates in the account's time zone. */
export function rangesToAsk(covered: readonly CoveredRange[], today: string, now: number): Days[] {
  const oldest = addDays(today, 1 - BACKFILL)
  const known = new Set<string>()
  for (const range of covered) {
    for (let day = range.since < oldest ? oldest : range.since; day <= range.until; day = addDays(day, 1)) known.add(day)
  }
  const late = addDays(today, 1 - LATE_CONVERSIONS)
  const lateAt = Math.max(0, ...covered.filter(({ since }) => since <= addDays(late, 1)).map(({ finishedAt }) => finishedAt))
  let since = now - lateAt >= LATE_EVERY ? late : addDays(today, 1 - FRESH)

  // After an absence of days, request the missed days and the last day that was read before it had ended.
  const begun = covered.reduce<string>((last, { until }) => (until > last ? until : last), oldest)
  if (begun < since) since = begun
  const missed = inChunks({ since: oldest, until: addDays(since, -1) }, CHUNK)
  const lately = inChunks({ since, until: today }, CHUNK)
  // After an absence, the earliest days come first: if one request fails, the next tick continues from there and not from today.
  if (covered.length > 0) lately.reverse()
  return [...lately, ...missed.filter((chunk) => daysOf(chunk).some((day) => !known.has(day)))]
}

/** Splits the days into ranges of at most `size` days, the latest first; none if `since` is after `until`. */
function inChunks({ since, until }: Days, size: number): Days[] {
  const chunks: Days[] = []
  for (let last = until; last >= since; last = addDays(last, -size)) {
    const first = addDays(last, 1 - size)
    chunks.push({ since: first < since ? since : first, until: last })
  }
  return chunks
}

/** Returns the first day from `first` on whose hours were not read after its end, or `last` if there is none before it. Pure. */
export function hoursToAsk(covered: readonly CoveredRange[], first: string, last: string, zone: string): string {
  let since = first
  while (since < last && isHoursRead(covered, since, zone)) since = addDays(since, 1)
  return since
}

const isHoursRead = (covered: readonly CoveredRange[], day: string, zone: string): boolean =>
  covered.some(
    ({ since, until, startedAt }) =>
      since <= day && day <= until && startedAt >= startOfDay(addDays(day, 1), zone) + HOURS_SETTLE,
  )

function daysOf({ since, until }: Days): string[] {
  const days: string[] = []
  for (let day = since; day <= until; day = addDays(day, 1)) days.push(day)
  return days
}
