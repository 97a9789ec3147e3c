/** Forecasts and anomalies for commands that evaluate rules on given data. They use only what was known at the moment in question. */

import { anomalyFacts } from '../../engine/anomaly/anomaly-facts.js'
import type { Facts } from '../../engine/facts/facts.js'
import { forecastFacts } from '../../engine/forecast/forecast-facts.js'
import { inlineForecasts } from '../../service/forecast/inline-forecasts.js'

/** One cache for the whole run, because the moments of a backtest need the same series repeatedly. */
export const lookup = inlineForecasts()

/** @param facts the facts that estimates are computed from, as of their own moment */
export const estimatesOn = (facts: Facts): Required<Pick<Facts, 'forecast' | 'expected' | 'anomaly'>> => ({
  ...anomalyFacts(facts),
  ...forecastFacts(facts, { lookup }),
})
