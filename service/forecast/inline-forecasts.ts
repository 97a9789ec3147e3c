/** Computes forecasts in the caller's thread, for commands that have nothing else to do meanwhile. */

import { forecast } from '../../engine/forecast/forecast.js'
import type { ForecastLookup, ForecastResult } from '../../engine/forecast/task.js'
import { contentHash } from '../../store/analysis/forecasts.js'
import { fitArima, isBroken } from './arima-fit.js'

/** Returns a look-up with the same models as the service's threads; it computes each series once and never returns null. */
export function inlineForecasts(): ForecastLookup {
  const known = new Map<string, ForecastResult>()
  return (task) => {
    const hash = contentHash(task)
    let result = known.get(hash)
    if (result === undefined) {
      const { history, horizon, widen } = task
      const made = forecast(history, { horizon, fit: fitArima, ...(widen === null ? {} : { widen: (step) => widen[step] ?? 1 }) })
      // Without ARIMA, the forecast would differ from the service's.
      result = isBroken() ? { kind: 'timed-out', reason: 'ARIMA failed in this process; start the command again' } : made
      known.set(hash, result)
    }
    return result
  }
}
