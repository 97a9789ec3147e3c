/** Forecasts and anomalies for commands that judge rules on data they hold: what was not known at a moment, these don't know either. */

import { anomalyFacts } from '../../engine/anomaly/anomaly-facts.js'
import type { Facts } from '../../engine/facts/facts.js'
import { forecastFacts } from '../../engine/forecast/forecast-facts.js'
import { inlineForecasts } from '../../service/forecast/inline-forecasts.js'

/** One for the whole run: the moments of a backtest ask for the same series more than once. */
export const lookup = inlineForecasts()

/** @param facts those that the answers rest on, as of their own moment */
export const estimatesOn = (facts: Facts): Required<Pick<Facts, 'forecast' | 'expected' | 'anomaly'>> => ({
  ...anomalyFacts(facts),
  ...forecastFacts(facts, { lookup }),
})
