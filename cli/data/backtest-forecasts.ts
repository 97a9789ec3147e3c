/** `tetik backtest --forecast`: compares forecasts made on past days, with the data known then, with the actual values. */

import { endOfDay } from '../../engine/backtest/evaluation-days.js'
import { dayNumberOf, isoDay } from '../../engine/clock/day.js'
import type { Facts } from '../../engine/facts/facts.js'
import { accuracyInWords } from '../../engine/forecast/accuracy.js'
import { Unknown } from '../../engine/value/value.js'
import type { BacktestRun } from './run-backtest.js'

/** Days per forecast, and days between two forecasts. */
const DAYS = 7
const METRICS = ['spend', 'results', 'cpa'] as const

export interface PastForecast {
  readonly account: string
  readonly metric: string
  /** The day at whose end it was made; it covers the seven days that follow. */
  readonly made: string
  /** Money in minor units. */
  readonly forecast: number
  readonly lo80: number
  readonly hi80: number
  readonly came: number
}

export interface PastForecasts {
  readonly currency: string | null
  readonly forecasts: readonly PastForecast[]
  readonly summary: readonly {
    readonly account: string
    readonly metric: string
    readonly made: number
    /** The sum of absolute errors divided by the sum of actual values. */
    readonly error: number
    readonly within80: number
    /** A clause for people. */
    readonly accuracy: string
  }[]
  /** Why there is no forecast of a metric, a sentence each. */
  readonly notes: readonly string[]
}

/** Makes the forecasts of each account once, however many rules it has. */
export async function pastForecasts(
  runs: readonly BacktestRun[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<PastForecasts> {
  const forecasts: PastForecast[] = []
  const notes: string[] = []
  const sources = new Map(runs.map(({ source }) => [source.account.name, source]))
  for (const [account, source] of sources) {
    const after = await source.afterwards(to)
    const missing = new Map<string, string>()
    for (let day = dayNumberOf(to) - DAYS; day >= dayNumberOf(from); day -= DAYS) {
      const moment = endOfDay(day, source.account.timezone)
      if (moment === null) continue
      const facts = (await source.at(moment, true)).facts(0)
      for (const metric of METRICS) {
        const made = forecastOf(facts, metric)
        const came = actualOf(after, metric, day)
        if (made instanceof Unknown || came === null)
          missing.set(metric, made instanceof Unknown ? made.reason : 'the actual values are not known')
        else forecasts.unshift({ account, metric, made: isoDay(day), ...made, came })
      }
    }
    for (const [metric, reason] of missing)
      if (!forecasts.some((one) => one.account === account && one.metric === metric))
        notes.push(`${account}: no past forecast of ${metric}: ${reason}.`)
  }
  return { currency: runs[0]?.source.account.currency ?? null, forecasts, summary: summaryOf(forecasts), notes }
}

function forecastOf(facts: Facts, metric: string): Pick<PastForecast, 'forecast' | 'lo80' | 'hi80'> | Unknown {
  const [account] = facts.entities('account')
  const estimate = facts.forecast?.(account!, { metric, actionType: null }, { kind: 'days', count: DAYS })
  const band = estimate?.detail?.bands?.find(({ level }) => level === 0.8)
  if (estimate === undefined || typeof estimate.value !== 'number' || band === undefined)
    return estimate?.value instanceof Unknown ? estimate.value : new Unknown('nothing is forecast here')
  return { forecast: estimate.value, lo80: band.lo, hi80: band.hi }
}

/** Returns the actual value of the seven days after a day, as known now. */
function actualOf(after: Facts, metric: (typeof METRICS)[number], day: number): number | null {
  const [account] = after.entities('account')
  const range = { since: isoDay(day + 1), until: isoDay(day + DAYS) }
  const of = (measure: string): number | null => {
    const value = after.total(account!, measure, range)
    return typeof value === 'number' ? value : null
  }
  if (metric !== 'cpa') return of(metric)
  const [spend, results] = [of('spend'), of('results')]
  return spend === null || !results ? null : spend / results
}

function summaryOf(forecasts: readonly PastForecast[]): PastForecasts['summary'] {
  const groups = new Map<string, PastForecast[]>()
  for (const one of forecasts) {
    const key = JSON.stringify([one.account, one.metric])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const order = (metric: string): number => METRICS.findIndex((one) => one === metric)
  const sorted = [...groups.values()].sort((one, other) => order(one[0]!.metric) - order(other[0]!.metric))
  return sorted.map((all) => {
    const sum = (of: (one: PastForecast) => number): number => all.reduce((total, one) => total + of(one), 0)
    const error =
      sum(({ forecast, came }) => Math.abs(forecast - came)) /
      Math.max(
        Number.MIN_VALUE,
        sum(({ came }) => Math.abs(came)),
      )
    return {
      account: all[0]!.account,
      metric: all[0]!.metric,
      made: all.length,
      error,
      within80: sum(({ came, lo80, hi80 }) => (lo80 <= came && came <= hi80 ? 1 : 0)) / all.length,
      accuracy: accuracyInWords({ error, steps: all.length }, 'forecast'),
    }
  })
}
