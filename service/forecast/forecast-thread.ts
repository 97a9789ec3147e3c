/** The worker thread's code, which computes one forecast at a time. */

import { forecast } from '../../engine/forecast/forecast.js'
import type { ForecastTask } from '../../engine/forecast/task.js'
import { fitArima, isBroken } from './arima-fit.js'
import type { ThreadAnswer } from './thread-answer.js'

/** Piscina calls this by name. */
export function runForecast({ history, horizon, widen }: ForecastTask): ThreadAnswer {
  const result = forecast(history, { horizon, fit: fitArima, ...(widen === null ? {} : { widen: (step) => widen[step] ?? 1 }) })
  return { result, broken: isBroken() }
}
