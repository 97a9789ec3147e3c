/** Finds the season of a series from its pace. */

import { DAY } from '../clock/zone.js'
import { type Pace, periodOf } from '../read-series/pace.js'
import type { History } from './forecast.js'

/** Seasons of days, months, hours and weeks: the candidates for a series whose time stamps are plain numbers. */
const USUAL_PERIODS = [7, 12, 24, 52]
/** A season needs at least the first correlation, and one that exceeds those of the neighbouring lags by the second. */
const [CLEAR, CLEARER] = [0.3, 0.1]

export function seasonOf(pace: Pace, values: History['values']): Pick<History, 'period' | 'longPeriod'> {
  if (pace.unit === 'number') return { period: clearPeriod(values) }
  const period = periodOf(pace)
  const isWithinDay = pace.unit === 'duration' && pace.step < DAY && period > 1
  return isWithinDay ? { period, longPeriod: period * 7 } : { period }
}

/**
 * Returns the usual period with the highest clear correlation; 1 if none is clear. The correlation is that of changes, so that a
 * trend does not look like a season.
 */
function clearPeriod(values: History['values']): number {
  const changes = values.slice(1).map((value, index) => {
    const before = values[index] ?? null
    return value === null || before === null ? null : value - before
  })
  let [best, clearest] = [1, CLEAR]
  for (const period of USUAL_PERIODS) {
    if (changes.length < 3 * period) continue
    const correlation = correlationAt(changes, period)
    const neighbours = Math.max(correlationAt(changes, period - 1), correlationAt(changes, period + 1))
    if (correlation > clearest && correlation > neighbours + CLEARER) [best, clearest] = [period, correlation]
  }
  return best
}

function correlationAt(changes: readonly (number | null)[], lag: number): number {
  const largest = changes.reduce<number>((most, change) => Math.max(most, Math.abs(change ?? 0)), 0)
  if (largest === 0) return 0
  let [together, apart] = [0, 0]
  for (let t = lag; t < changes.length; t++) {
    const [now, then] = [changes[t], changes[t - lag]]
    if (now === null || now === undefined || then === null || then === undefined) continue
    together += (now / largest) * (then / largest)
    apart += ((now / largest) ** 2 + (then / largest) ** 2) / 2
  }
  return apart === 0 ? 0 : together / apart
}
