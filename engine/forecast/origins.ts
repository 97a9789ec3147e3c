/** Chooses the past moments (origins) from which a series is forecast, to measure how accurate the models were. */

/** Eight weeks of daily origins; the same number at any other pace. */
const MOMENTS = 56

export interface Origins {
  /** Ascending; the last is the end of the series. */
  readonly origins: readonly number[]
  /** How many steps are forecast from each of the others. */
  readonly reach: number
}

/** Returns the origins. At least two thirds of the series lie before the first one. */
export function originsOf(
  length: number,
  { period, longPeriod = 1 }: { period: number; longPeriod?: number },
  horizon: number,
): Origins {
  // Hours of one weekday say little about those of another, so the origins are spread over at least a whole week.
  const span = Math.min(Math.max(MOMENTS, period <= 24 ? longPeriod : 0), Math.floor(length / 3))
  const stride = Math.ceil(span / MOMENTS)
  const origins: number[] = []
  for (let origin = length; origin >= length - span; origin -= stride) origins.unshift(origin)
  return { origins, reach: Math.min(horizon, Math.max(1, span >> 1)) }
}
