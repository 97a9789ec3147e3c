/** The sum of several steps of a forecast. */

import type { Forecast, ForecastPoint } from './forecast.js'

/**
 * Returns the sum of the steps from `from` (0 is the first) up to but not including `to`. The errors of a path are partly
 * correlated: the squared width of the sum is Σw² + ρ((Σw)² − Σw²), with ρ (`together`) estimated from the series.
 */
export function totalOf({ points, together }: Pick<Forecast, 'points' | 'together'>, from: number, to: number): ForecastPoint {
  const steps = points.slice(from, to)
  const sum = (of: (point: ForecastPoint) => number): number => steps.reduce((total, point) => total + of(point), 0)
  const mean = sum((point) => point.mean)
  const reach = (width: (point: ForecastPoint) => number): number => {
    const [squares, straight] = [sum((point) => width(point) ** 2), sum(width)]
    return Math.sqrt(squares + together * Math.max(0, straight ** 2 - squares))
  }
  // If no step's band goes below zero, that of the sum does not either.
  const least = sum((point) => Math.min(0, point.lo95))
  return {
    mean,
    lo80: Math.max(least, mean - reach((point) => point.mean - point.lo80)),
    hi80: mean + reach((point) => point.hi80 - point.mean),
    lo95: Math.max(least, mean - reach((point) => point.mean - point.lo95)),
    hi95: mean + reach((point) => point.hi95 - point.mean),
  }
}

/** Adds a known number to the mean and to every bound. */
export const plus = (point: ForecastPoint, known: number): ForecastPoint => mapped(point, (value) => value + known)

/** Limits the mean and every bound to a range. */
export const within = (point: ForecastPoint, least: number, most: number): ForecastPoint =>
  mapped(point, (value) => Math.min(most, Math.max(least, value)))

export const mapped = ({ mean, lo80, hi80, lo95, hi95 }: ForecastPoint, change: (value: number) => number): ForecastPoint => ({
  mean: change(mean),
  lo80: change(lo80),
  hi80: change(hi80),
  lo95: change(lo95),
  hi95: change(hi95),
})
