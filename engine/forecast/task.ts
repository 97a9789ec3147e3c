/** A requested forecast and its result: plain data, so that it can be passed to threads and kept in caches and histories. */

import type { Forecast, History, NotEnoughHistory } from './forecast.js'

export interface ForecastTask {
  readonly history: History
  readonly horizon: number
  /** Factor by which each step's band is wider; null to leave all bands as they are. */
  readonly widen: readonly number[] | null
}

/** The computation took too long. There is no forecast then; a simpler model's number does not replace it. */
interface TimedOut {
  readonly kind: 'timed-out'
  readonly reason: string
}

export type ForecastResult = Forecast | NotEnoughHistory | TimedOut

/** Returns the result of a task, or null if it has not been computed yet. */
export type ForecastLookup = (task: ForecastTask) => ForecastResult | null
