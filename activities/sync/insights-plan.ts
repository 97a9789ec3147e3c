/** Which days of insights a tick asks for: everything once, then only what may have changed since. */

import { addDays, dayOf, HOUR, startOfDay } from '../../engine/clock/zone.js'
import type { ReachWindow } from '../../store/account/reach.js'
import { type CoveredRange, coveredRanges } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import type { InsightsRequest, RowsRequest } from '../facts/insights-request.js'
import { knownDaysOf, reachToAsk, reachWindows } from '../facts/reach-needs.js'
import type { RuleNeeds } from '../facts/rule-needs.js'
import { syncKind } from '../facts/sync-kind.js'
import type { ReadingPlan } from './contract.js'

/** The first time, this many days back from today: `last_90d` and a month to compare with. */
const BACKFILL = 120
/** Days of one question of the first time; Meta makes a report of what is still too much. */
const CHUNK = 30
/** Conversions are attributed to the day of the click for 28 days (Meta's longest window); today is one more. */
const LATE_CONVERSIONS = 29
/** Most late conversions come within these days, today included. */
const FRESH = 3
const LATE_EVERY = HOUR
/** Meta reports a day's last hours late: they are read until this long after its end, milliseconds. */
const HOURS_SETTLE = 6 * HOUR

/** Days of hours in one question; the account's hours are one row each. */
const HOURS_CHUNK = 3
const ACCOUNT_HOURS_CHUNK = 14
/** The account's hours are read of so many days whether a rule needs them or not: people ask what is usual by this hour. */
const ACCOUNT_HOURS = 28

type Level = InsightsRequest['level']

/**
 * Parents before what is in them: numbers grow while they are read, and what a parent has more than its children would be
 * taken for spend of deleted ones.
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
    // No tick waits for ads that only people look at.
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
    // Yesterday's among them in any case: an ended day shows what Meta gives by the hour.
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
  // Last, since it is the part that the fewest rules rest on.
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

/** Pure: what is to be asked, given what good syncs covered. Days are ISO dates of the account's time zone. */
export function rangesToAsk(covered: readonly CoveredRange[], today: string, now: number): Days[] {
  const oldest = addDays(today, 1 - BACKFILL)
  const known = new Set<string>()
  for (const range of covered) {
    for (let day = range.since < oldest ? oldest : range.since; day <= range.until; day = addDays(day, 1)) known.add(day)
  }
  const late = addDays(today, 1 - LATE_CONVERSIONS)
  const lateAt = Math.max(0, ...covered.filter(({ since }) => since <= addDays(late, 1)).map(({ finishedAt }) => finishedAt))
  let since = now - lateAt >= LATE_EVERY ? late : addDays(today, 1 - FRESH)

  // After an absence of days, the days that were missed, and the last that was asked for before it was over.
  const begun = covered.reduce<string>((last, { until }) => (until > last ? until : last), oldest)
  if (begun < since) since = begun
  const missed = inChunks({ since: oldest, until: addDays(since, -1) }, CHUNK)
  const lately = inChunks({ since, until: today }, CHUNK)
  // The days of an absence the earliest first: where one of them fails, the next tick goes on from there, and not from today.
  if (covered.length > 0) lately.reverse()
  return [...lately, ...missed.filter((chunk) => daysOf(chunk).some((day) => !known.has(day)))]
}

/** The days in questions of at most `size` days, the latest first; none where `since` is after `until`. */
function inChunks({ since, until }: Days, size: number): Days[] {
  const chunks: Days[] = []
  for (let last = until; last >= since; last = addDays(last, -size)) {
    const first = addDays(last, 1 - size)
    chunks.push({ since: first < since ? since : first, until: last })
  }
  return chunks
}

/** The first day from `first` on whose hours were not read after its end; `last` where all before it were. Pure. */
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
