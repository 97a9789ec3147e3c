/** Makes an account's report from its facts at one moment. */

import { addDays, dayOf } from '../clock/zone.js'
import type { Facts } from '../facts/facts.js'
import type { ReportPeriod } from '../value/period.js'
import type { DayRange } from '../value/ranges.js'
import type { ReportActivity } from './activity.js'
import { reportDays } from './days.js'
import { figuresOf } from './figures.js'
import { monthOf } from './month.js'
import { rankingOf } from './ranking.js'
import type { DataAge, Report } from './report.js'

export interface ReportInput {
  readonly period: ReportPeriod
  /** As of the report's moment, from the rows of ad sets: rows of ads would repeat the same numbers. */
  readonly facts: Facts
  readonly activity: ReportActivity | null
  readonly data: DataAge | null
}

export function makeReport({ period, facts, activity, data }: ReportInput): Report {
  const account = facts.entities('account')[0]!
  const { days, comparisons } = reportDays(period, facts.at, facts.account.timezone)
  const ranked = rankedDays(period, facts, days)
  return {
    period,
    account: facts.account,
    at: facts.at,
    days,
    comparisons,
    figures: figuresOf(facts, account, days, comparisons),
    attribution: facts.attribution?.(account) ?? [],
    month: monthOf(facts, account),
    rankings: (['campaign', 'adset'] as const).map((scope) => rankingOf(facts, account, scope, ranked)),
    activity,
    data,
  }
}

/** A single day has too few results to compare ad sets, so a daily report ranks them over seven days. */
function rankedDays(period: ReportPeriod, { at, account }: Facts, days: DayRange): DayRange {
  if (period === 'weekly') return days
  const today = dayOf(at, account.timezone)
  return { since: addDays(today, -7), until: addDays(today, -1) }
}
