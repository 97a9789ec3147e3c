import Type, { type Static } from 'typebox'

import { Day, nullable, Scope, shape } from './common.js'

const number = (description: string) => Type.Number({ description })

const band = {
  mean: number('What is expected'),
  lo80: number('80 % of what comes lies from here'),
  hi80: number('to here'),
  lo95: number('95 % of what comes lies from here'),
  hi95: number('to here'),
}

const ForecastPoint = shape('ForecastPoint', { date: Day, ...band })
type ForecastPoint = Static<typeof ForecastPoint>

const MonthForecast = shape(
  'MonthForecast',
  {
    ...band,
    soFar: nullable(number('What there was this month, up to now; null of a ratio')),
    budget: nullable(number('The account’s `monthly_budget`; null where there is none, or of anything but spend')),
  },
  'The whole of this month: what was, and what is to come',
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
    model: nullable(Type.String({ description: 'Which models, and how much of each' })),
    accuracy: nullable(Type.String({ description: '“off by 9 % on average over the last 8 weeks”' })),
    reason: nullable(
      Type.String({ description: 'Why there is no forecast, for one “not enough history”; then `points` is empty' }),
    ),
    points: Type.Array(ForecastPoint, { description: 'A day each, from tomorrow on' }),
    month: nullable(MonthForecast),
  },
  'What is to be expected. Forecasts of campaigns add up to their account’s.',
)
export type Forecast = Static<typeof Forecast>
