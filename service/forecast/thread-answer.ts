/** What comes back from a forecasting thread. */

import type { Forecast, NotEnoughHistory } from '../../engine/forecast/forecast.js'

export interface ThreadAnswer {
  readonly result: Forecast | NotEnoughHistory
  /** The thread can fit no ARIMA any more and must be replaced. */
  readonly broken: boolean
}
