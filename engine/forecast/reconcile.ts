/**
 * Makes the forecasts of parts add up to that of the whole: the gap is shared out in proportion to the variance of each (MinT
 * with a diagonal covariance; Wickramasuriya, Athanasopoulos and Hyndman 2019, JASA 114).
 */

import type { ForecastPoint } from './forecast.js'
import { mapped, within } from './total.js'

export interface Reconciled {
  readonly whole: ForecastPoint
  readonly parts: readonly ForecastPoint[]
}

/** Returns forecasts whose means add up. Bands move with their means and keep their width; a band not below zero stays so. */
export function reconcile(whole: ForecastPoint, parts: readonly ForecastPoint[]): Reconciled {
  const variance = ({ lo80, hi80 }: ForecastPoint): number => ((hi80 - lo80) / 2) ** 2
  const variances = parts.map(variance)
  const all = variances.reduce((sum, one) => sum + one, variance(whole))
  const sum = parts.reduce((total, { mean }) => total + mean, 0)
  if (all === 0) return { whole: moved(whole, sum - whole.mean), parts }
  const gap = whole.mean - sum
  const given = parts.map((part, index) => moved(part, (gap * variances[index]!) / all))
  return { whole: moved(whole, given.reduce((total, { mean }) => total + mean, 0) - whole.mean), parts: given }
}

/** Returns the whole as the sum of its parts, with its own width: for a whole whose history is not that of these parts alone. */
export const summed = (whole: ForecastPoint, parts: readonly ForecastPoint[]): Reconciled => ({
  whole: moved(whole, parts.reduce((sum, { mean }) => sum + mean, 0) - whole.mean),
  parts,
})

const moved = (point: ForecastPoint, by: number): ForecastPoint => {
  const there = mapped(point, (value) => value + by)
  return point.lo95 >= 0 ? within(there, 0, Infinity) : there
}
