import Type, { type Static } from 'typebox'

import { Day, nullable, Scope, shape } from './common.js'

const number = (description: string) => Type.Number({ description })

const band = {
  mean: number('What is expected'),
  lo80: number('Lower bound of the 80% band'),
  hi80: number('Upper bound of the band'),
  lo95: number('Lower bound of the 95% band'),
  hi95: number('Upper bound of the band'),
}

const ForecastPoint = shape('ForecastPoint', { date: Day, ...band })
type ForecastPoint = Static<typeof ForecastPoint>

const MonthForecast = shape(
  'MonthForecast',
  {
    ...band,
    soFar: nullable(number('The month’s total up to now; null for a ratio')),
    budget: nullable(number('The account’s `monthly_budget`; null if there is none, or for metrics other than spend')),
  },
  'The whole of this month: so far, plus the forecast of the rest',
)
type MonthForecast = Static<typeof MonthForecast>

export const Forecast = shape(
  'Forecast',
  {
    account: Type.String(),
    metric: Type.String(),
    entity: shape('ForecastEntity', { scope: Scope, id: nullable(Type.String()), name: nullable(Type.String()) }),
    unit: Type.String({
      description: 'ISO 4217 of money, which is in whole units with fractions; `%` of ratios from 0 to 1; else empty',
    }),
    model: nullable(Type.String({ description: 'The models and their weights' })),
    accuracy: nullable(Type.String({ description: '“off by 9% on average over the last 8 weeks”' })),
    reason: nullable(
      Type.String({ description: 'Why there is no forecast, such as “not enough history”; `points` is then empty' }),
    ),
    points: Type.Array(ForecastPoint, { description: 'One per day, from tomorrow on' }),
    month: nullable(MonthForecast),
  },
  'A forecast. Those of campaigns add up to their account’s.',
)
export type Forecast = Static<typeof Forecast>
