/** Runs in a worker thread: one forecast after another. */

import { forecast } from '../../engine/forecast/forecast.js'
import type { ForecastTask } from '../../engine/forecast/task.js'
import { fitArima, isBroken } from './arima-fit.js'
import type { ThreadAnswer } from './thread-answer.js'

/** Piscina calls this by its name. */
export function runForecast({ history, horizon, widen }: ForecastTask): ThreadAnswer {
  const result = forecast(history, { horizon, fit: fitArima, ...(widen === null ? {} : { widen: (step) => widen[step] ?? 1 }) })
  return { result, broken: isBroken() }
}
