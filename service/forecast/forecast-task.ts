/** What goes to a forecasting thread and what comes back: plain data. */

import type { Forecast, History, NotEnoughHistory } from '../../engine/forecast/forecast.js'

export interface ForecastTask {
  readonly history: History
  readonly horizon: number
  /** How many times as wide each step's band is; null for as it is. */
  readonly widen: readonly number[] | null
}

/** Took longer than it may: nothing is known then, and no other model's number stands in. */
export interface TimedOut {
  readonly kind: 'timed-out'
  readonly reason: string
}

export type ForecastResult = Forecast | NotEnoughHistory | TimedOut

export interface ThreadAnswer {
  readonly result: Forecast | NotEnoughHistory
  /** The thread can fit no ARIMA any more and must be replaced. */
  readonly broken: boolean
}
