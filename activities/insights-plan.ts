/** Which days of insights a tick asks for: everything once, then only what may have changed since. */

import { addDays, dayOf, HOUR, startOfDay } from '../engine/clock/zone.js'
import { coveredRanges } from '../store/syncs.js'
import type { CoveredRange } from '../store/syncs.js'
import type { Store } from '../store/store.js'
import type { InsightsRequest } from './contracts.js'
import type { RuleNeeds } from './rule-needs.js'
import { syncKind } from './sync-kind.js'

/** The first time, this many days back from today: `last_90d` and a month to compare with. */
const BACKFILL = 120
/** Days of one question of the first time; Meta makes a report of what is still too much. */
const CHUNK = 30
/** Conversions are attributed to the day of the click for 28 days (Meta's longest window); today is one more. */
const LATE_CONVERSIONS = 29
/** Most late conversions come within these days, today included. */
const FRESH = 3
const LATE_EVERY = HOUR

/** @param now when the tick runs, epoch milliseconds */
export async function planInsights(
  store: Store,
  account: { readonly name: string; readonly timezone: string },
  needs: RuleNeeds,
  now: number,
): Promise<InsightsRequest[]> {
  const today = dayOf(now, account.timezone)
  const requests: InsightsRequest[] = []
  for (const level of needs.ads ? (['adset', 'ad'] as const) : (['adset'] as const)) {
    const covered = await coveredRanges(store, account.name, syncKind(level, false))
    const days = rangesToAsk(covered, today, now)
    requests.push(...days.map((range) => ({ account: account.name, level, ...range, hourly: false })))
    const since = level === 'adset' ? needs.adsetHoursSince : needs.adHoursSince
    if (since === null) continue
    const hours = hoursToAsk(await coveredRanges(store, account.name, syncKind(level, true)), since, today, account.timezone)
    requests.push({ account: account.name, level, ...hours, hourly: true })
  }
  return requests
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
  const ranges: Days[] = [{ since, until: today }]
  for (let until = addDays(since, -1); until >= oldest; until = addDays(until, -CHUNK)) {
    const from = addDays(until, 1 - CHUNK)
    const chunk = { since: from < oldest ? oldest : from, until }
    if (daysOf(chunk).some((day) => !known.has(day))) ranges.push(chunk)
  }
  return ranges
}

/** From the first day whose hours were not read after its end, to today. Pure. */
export function hoursToAsk(covered: readonly CoveredRange[], first: string, today: string, zone: string): Days {
  const isRead = (day: string): boolean =>
    covered.some(({ since, until, startedAt }) => since <= day && day <= until && startedAt >= startOfDay(addDays(day, 1), zone))
  let since = first
  while (since < today && isRead(since)) since = addDays(since, 1)
  return { since, until: today }
}

function daysOf({ since, until }: Days): string[] {
  const days: string[] = []
  for (let day = since; day <= until; day = addDays(day, 1)) days.push(day)
  return days
}
