/** Loads an account's report from the store: as of one moment, with what was known at another. */

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
  /** The time of the report, epoch milliseconds. */
  readonly at: number
  /** Only what was learned until then counts, epoch milliseconds. */
  readonly knownAt: number
}

/** @param elsewhere looks up forecasts that the store does not have */
export type LoadedReport = (elsewhere?: ForecastLookup) => Report

/** The rows of ad sets contain everything that a report needs, whatever level rules use. */
const LEVEL = 'adset'
/** A report contains no numbers of today, so any pace will do. */
const PACE = HOUR

/** Reads the store once and returns a function that makes the report. It may be called again as more forecasts become available. */
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
