/** A metric's forecast as the API shows it, by day and at the month's end. */

import { isoDay, startOfMonth } from '../../engine/clock/day.js'
import { dayNumberAt } from '../../engine/clock/zone.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { accuracyInWords } from '../../engine/forecast/accuracy.js'
import { Forecaster, type ForecastFactsOptions } from '../../engine/forecast/forecast-facts.js'
import type { ForecastPoint } from '../../engine/forecast/forecast.js'
import { ratioOf } from '../../engine/forecast/ratio.js'
import { mapped } from '../../engine/forecast/total.js'
import type { MetricDefinition } from '../../engine/metric/catalogue.js'
import { minorDigits } from '../../engine/value/minor-units.js'
import { Unknown } from '../../engine/value/value.js'

export interface DescribedForecast {
  readonly unit: string
  readonly model: string | null
  readonly accuracy: string | null
  readonly reason: string | null
  /** From tomorrow on, in the metric's unit; money in whole units. */
  readonly points: readonly (ForecastPoint & { readonly date: string })[]
  readonly month: (ForecastPoint & { readonly soFar: number | null; readonly budget: number | null }) | null
}

export function describeForecast(
  facts: Facts,
  options: ForecastFactsOptions,
  { metric, entity, days }: { readonly metric: MetricDefinition; readonly entity: FactEntity; readonly days: number },
): DescribedForecast {
  const { currency, timezone } = facts.account
  const today = dayNumberAt(facts.at, timezone)
  const forecaster = new Forecaster(facts, options)
  const isMoney = metric.unit === 'money'
  const whole = isMoney && currency !== null ? 10 ** minorDigits(currency) : 1
  const inUnit = (point: ForecastPoint): ForecastPoint => mapped(point, (value) => value / whole)
  const unit = isMoney ? (currency ?? '') : metric.unit === 'percentage' ? '%' : ''
  const daily = dailyOf(forecaster, entity, metric, days)
  const month = forecaster.answer(entity, { metric: metric.name, actionType: null }, { kind: 'month' })
  const reason = daily instanceof Unknown ? daily.reason : null
  const soFar = metric.made.kind === 'sum' ? thisMonth(facts, entity, metric.made.measure, today) : null
  const budget = metric.name === 'spend' && entity.scope === 'account' ? facts.account.values['monthly_budget'] : undefined
  return {
    unit,
    model: daily instanceof Unknown ? null : daily.model,
    accuracy: daily instanceof Unknown ? null : daily.accuracy,
    reason,
    points:
      daily instanceof Unknown ? [] : daily.points.map((point, step) => ({ date: isoDay(today + 1 + step), ...inUnit(point) })),
    month:
      month instanceof Unknown
        ? null
        : {
            ...inUnit(month.total),
            soFar: soFar === null ? null : soFar / whole,
            budget: typeof budget === 'number' ? budget / whole : null,
          },
  }
}

interface Daily {
  readonly model: string
  readonly accuracy: string | null
  readonly points: readonly ForecastPoint[]
}

function dailyOf(forecaster: Forecaster, entity: FactEntity, { name, made }: MetricDefinition, days: number): Daily | Unknown {
  if (made.kind === 'asked') return new Unknown(`\`${name}\` cannot be summed over days, so it has no forecast`)
  const parts = (made.kind === 'sum' ? [made.measure] : [made.numerator, made.denominator]).map((measure) => ({
    measure,
    forecast: forecaster.daily(entity, measure, days + 1),
  }))
  const forecasts = []
  for (const { forecast } of parts) {
    if (forecast instanceof Unknown) return forecast
    forecasts.push(forecast)
  }
  const [numerator, denominator] = forecasts
  const whose = (index: number, mark: string): string => (parts.length === 1 ? '' : `${parts[index]!.measure}${mark} `)
  const accuracy = forecasts.flatMap((forecast, index) =>
    forecast.accuracy === null ? [] : [`${whose(index, '')}${accuracyInWords(forecast.accuracy, 'day')}`],
  )
  const model = forecasts.map((forecast, index) => `${whose(index, ':')}${forecast.model}`).join('; ')
  const points: ForecastPoint[] = []
  for (let step = 1; step <= days; step++) {
    const point =
      made.kind === 'sum' ? numerator!.points[step]! : ratioOf(numerator!.points[step]!, denominator!.points[step]!, made.scale)
    if (point === null) return new Unknown('what it is divided by is expected to be zero')
    points.push(point)
  }
  return { model, accuracy: accuracy.length === 0 ? null : accuracy.join(', '), points }
}

function thisMonth(facts: Facts, entity: FactEntity, measure: string, today: number): number | null {
  const value = facts.total(entity, measure, { since: isoDay(startOfMonth(today)), until: isoDay(today) })
  return typeof value === 'number' ? value : null
}
