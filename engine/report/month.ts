/** The month's spend so far, and its forecast total. */

import { dayNumberOf } from '../clock/day.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { monthOfYesterday } from './days.js'
import { valueOver } from './figures.js'
import type { MonthForecast, ReportMonth } from './report.js'

const BAND = 0.8

export function monthOf(facts: Facts, account: FactEntity): ReportMonth {
  const { month, days } = monthOfYesterday(facts.at, facts.account.timezone)
  const budget = facts.account.values['monthly_budget']
  const length = (range: { since: string; until: string }): number => dayNumberOf(range.until) - dayNumberOf(range.since) + 1
  return {
    month,
    days,
    spend: valueOver(facts, account, 'spend', days),
    budget: typeof budget === 'number' && budget > 0 ? budget : null,
    elapsed: length(days) / length(month),
    // Forecasts are for the current month. On its first day the report is about the previous month, which is over.
    forecast: days.until === month.until ? null : forecastOf(facts, account),
  }
}

function forecastOf(facts: Facts, account: FactEntity): MonthForecast | null {
  const estimate = facts.forecast?.(account, { metric: 'spend', actionType: null }, { kind: 'month' })
  if (estimate === undefined) return null
  return { total: estimate.value, band: estimate.detail?.bands?.find(({ level }) => level === BAND) ?? null }
}
