/** Asks a question that rests on forecasts until all of them are worked out. */

import type { ForecastLookup, ForecastResult, ForecastTask } from '../../engine/forecast/task.js'
import { contentHash } from '../../store/analysis/forecasts.js'
import type { ForecastPool } from './forecast-pool.js'

/** What was found out may lead to one more question, but not to ever more. */
const ROUNDS = 4

/**
 * The answer to `ask`, which gets what it looks up: nothing at first, and again when it was worked out. The pool remembers, so
 * that the same series costs nothing the second time.
 */
export async function askForecasts<T>(pool: ForecastPool, ask: (lookup: ForecastLookup) => T): Promise<T> {
  const known = new Map<string, ForecastResult>()
  for (let round = 0; ; round++) {
    const wanted = new Map<string, ForecastTask>()
    const answer = ask((task) => {
      const hash = contentHash(task)
      const result = known.get(hash)
      if (result === undefined) wanted.set(hash, task)
      return result ?? null
    })
    if (wanted.size === 0 || round === ROUNDS) return answer
    await Promise.all([...wanted].map(async ([hash, task]) => known.set(hash, await pool.run(task))))
  }
}
