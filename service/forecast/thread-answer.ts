/** The result of a forecasting thread. */

import type { Forecast, NotEnoughHistory } from '../../engine/forecast/forecast.js'

export interface ThreadAnswer {
  readonly result: Forecast | NotEnoughHistory
  /** Whether the thread can fit no more ARIMA models and must be replaced. */
  readonly broken: boolean
}
