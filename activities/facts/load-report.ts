/** An account's report from the store: as of a moment, on what was known at another. */

import type { Account } from '../../engine/account/account.js'
import { HOUR } from '../../engine/clock/zone.js'
import type { ForecastLookup } from '../../engine/forecast/task.js'
import { reportDays } from '../../engine/report/days.js'
import { makeReport } from '../../engine/report/make-report.js'
import type { Report } from '../../engine/report/report.js'
import type { ReportPeriod } from '../../engine/value/period.js'
import { lastGoodSync } from '../../store/account/syncs.js'
import { storedForecasts } from '../../store/analysis/forecasts.js'
import type { Store } from '../../store/base/store.js'
import { loadFacts } from './load-facts.js'
import { reportActivity } from './report-activity.js'
import { syncKind } from './sync-kind.js'

export interface ReportQuestion {
  readonly period: ReportPeriod
  /** The moment that the report is of, epoch milliseconds. */
  readonly at: number
  /** What was known by then counts. */
  readonly knownAt: number
}

/** @param elsewhere where forecasts are looked up that the store does not have */
export type LoadedReport = (elsewhere?: ForecastLookup) => Report

/** Ad sets say all that ads say: their rows are read, whatever a rule looks at. */
const LEVEL = 'adset'
/** A report has no numbers of today: any interval will do. */
const PACE = HOUR

/** Reads once; what comes back makes the report, again and again for as long as forecasts are still being worked out. */
export async function loadReport(store: Store, account: Account, { period, at, knownAt }: ReportQuestion): Promise<LoadedReport> {
  const stored = await storedForecasts(store, account.name, knownAt)
  let elsewhere: ForecastLookup | undefined
  const facts = await loadFacts(store, account, {
    at,
    knownAt,
    level: LEVEL,
    days: true,
    hoursSince: null,
    compares: true,
    forecasts: (task) => stored(task) ?? elsewhere?.(task) ?? null,
  })
  const { name, timezone } = account
  const { days } = reportDays(period, at, timezone)
  const activity = await reportActivity(store, { account: name, timezone, days, at })
  const sync = await lastGoodSync(store, name, syncKind(LEVEL, false), knownAt)
  const data = { kind: 'synced', at: sync?.finished_at ?? null } as const
  return (lookup) => {
    elsewhere = lookup
    return makeReport({ period, facts: facts(PACE), activity, data })
  }
}
