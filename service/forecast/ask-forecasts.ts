/** Computes an answer that depends on forecasts. */

import type { ForecastLookup, ForecastResult, ForecastTask } from '../../engine/forecast/task.js'
import { contentHash } from '../../store/analysis/forecasts.js'
import type { ForecastPool } from './forecast-pool.js'

/** A forecast may lead to more look-ups; this is the most rounds of them. */
const ROUNDS = 4

/**
 * Returns the answer of `ask`. Its look-ups return null at first; the pool then computes the missing forecasts and `ask` is called
 * again, until none is missing. The pool caches results, so the same series is computed once.
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
