/** A report as JSON: money in the major unit, percentages in per cent, changes as ratios, unknown values as null with a reason. */

import { formatInstant } from '../clock/written-time.js'
import { findMetric } from '../metric/catalogue.js'
import type { SideElement } from '../rule/decision.js'
import { sideValue } from '../rule/evaluate/side-value.js'
import { toMajor } from '../value/minor-units.js'
import type { UnitKind } from '../value/unit.js'
import { Unknown, type Value } from '../value/value.js'
import type { ReportActivity, ReportChange } from './activity.js'
import type { Ranked, Ranking, Report, ReportMonth } from './report.js'

export function reportAsData(report: Report) {
  const { account, comparisons, data } = report
  const { currency, timezone } = account
  const instant = (at: number): string => formatInstant(at, timezone)
  return {
    report: report.period,
    account: account.name,
    currency,
    timezone,
    at: instant(report.at),
    days: report.days,
    compared: comparisons.map((comparison) => ({ with: comparison.with, days: comparison.days })),
    figures: report.figures.map(({ metric, value, before }) => {
      const unit = findMetric(metric)?.unit ?? 'number'
      return {
        metric,
        unit: unit === 'money' ? (currency ?? 'money') : unit === 'percentage' ? '%' : unit,
        ...shown(value, unit, currency),
        compared: before.map((earlier, index) => ({
          with: comparisons[index]!.with,
          ...shown(earlier.value, unit, currency),
          change: earlier.change,
        })),
      }
    }),
    attribution: report.attribution,
    month: monthAsData(report.month, currency),
    rankings: report.rankings.map((ranking) => rankingAsData(ranking, currency)),
    activity: report.activity === null ? null : activityAsData(report.activity, currency, instant),
    data:
      data === null
        ? null
        : data.kind === 'file'
          ? { kind: data.kind }
          : { kind: data.kind, at: data.at === null ? null : instant(data.at) },
  }
}

interface Shown {
  readonly value: SideElement
  readonly because?: string
}

const shown = (value: Value, unit: UnitKind, currency: string | null): Shown => ({
  value: sideValue(value, unit, currency),
  ...(value instanceof Unknown ? { because: value.reason } : {}),
})

function monthAsData({ month, days, spend, budget, elapsed, forecast }: ReportMonth, currency: string | null) {
  const band = forecast?.band ?? null
  return {
    month: month.since.slice(0, 7),
    days,
    spend: shown(spend, 'money', currency),
    budget: budget === null ? null : toMajor(budget, currency),
    elapsed,
    forecast: forecast && {
      ...shown(forecast.total, 'money', currency),
      band: band && { level: band.level, lo: toMajor(band.lo, currency), hi: toMajor(band.hi, currency) },
    },
  }
}

function rankingAsData({ scope, days, best, worst, because }: Ranking, currency: string | null) {
  const entry = ({ id, name, spend, results, cost }: Ranked) => ({
    id,
    name,
    spend: toMajor(spend, currency),
    results,
    cpa: sideValue(cost, 'money', currency),
  })
  return {
    scope,
    days,
    best: best.map(entry),
    worst: worst.map(entry),
    ...(because === null ? {} : { because: because === 'too-few' ? 'too little evidence' : because.reason }),
  }
}

const AMOUNTS: readonly string[] = ['daily_budget', 'lifetime_budget', 'bid_amount']

function activityAsData(activity: ReportActivity, currency: string | null, instant: (at: number) => string) {
  const { decisions, changes, doubtful, refusals, alerts, approvals, suggestions, stop } = activity
  const amount = ({ field }: ReportChange, text: string): string | number =>
    AMOUNTS.includes(field) && /^\d+$/.test(text) ? toMajor(Number(text), currency) : text
  return {
    decisions,
    changes: changes.map((change) => ({
      ...change,
      before: amount(change, change.before),
      target: amount(change, change.target),
      at: instant(change.at),
    })),
    doubtful,
    refusals: refusals.map((refusal) => ({ ...refusal, at: instant(refusal.at) })),
    alerts: alerts.map(({ value, lo, hi, ...alert }) => {
      const unit = findMetric(alert.metric)?.unit ?? 'number'
      const number = (one: number): SideElement => sideValue(one, unit, currency)
      return { ...alert, value: value === null ? null : number(value), lo: number(lo), hi: number(hi) }
    }),
    approvals: approvals.map((approval) => ({ ...approval, until: instant(approval.until) })),
    suggestions,
    stop: stop && { ...stop, since: instant(stop.since) },
  }
}
