/** One forecast that somebody wants, and its result: plain data, for threads, caches and histories. */

import type { Forecast, History, NotEnoughHistory } from './forecast.js'

export interface ForecastTask {
  readonly history: History
  readonly horizon: number
  /** How many times as wide each step's band is; null for as it is. */
  readonly widen: readonly number[] | null
}

/** Took too long: nothing is known then, and no other model's number replaces it. */
interface TimedOut {
  readonly kind: 'timed-out'
  readonly reason: string
}

export type ForecastResult = Forecast | NotEnoughHistory | TimedOut

/** The answer to a task, or null where nobody has worked it out. */
export type ForecastLookup = (task: ForecastTask) => ForecastResult | null
