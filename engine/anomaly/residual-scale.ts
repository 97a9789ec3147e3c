/** How a value is set against what was expected: as a ratio where nothing is negative, as a difference elsewhere. */

/** What a series is measured on. `RELATIVE` takes values and expectations of zero or more. All answers are finite. */
export interface ResidualScale {
  /** Signed distance of a value from what was expected. */
  residual(value: number, expected: number): number
  /** The value at that distance. */
  value(expected: number, residual: number): number
  /** A level moved by a distance. */
  moved(level: number, distance: number): number
  /** Standard deviation below which nothing is called unusual, about a level. */
  floor(level: number, typical: number): number
  /** The variance that residuals about a level have by chance alone. */
  leastVariance(level: number): number
}

/** A fiftieth of what was expected is as good as nothing, so that zero has a distance. */
const NOTHING = Math.log(1 / 50)
/** Nothing is further away than this; a distance from an expectation of zero has no other measure. */
const FURTHEST = 700
/** A deviation of two per cent is nothing to tell, however even a series is. */
const LEAST_SHARE = 0.02

const finite = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))

/** The logarithm of value over expectation: twice as much is as far away as half of it. */
export const RELATIVE: ResidualScale = {
  residual: (value, expected) => {
    if (expected <= 0) return value > 0 ? FURTHEST : 0
    return value <= 0 ? NOTHING : Math.max(NOTHING, Math.min(FURTHEST, Math.log(value) - Math.log(expected)))
  },
  value: (expected, residual) => (expected <= 0 ? 0 : finite(expected * Math.exp(residual))),
  moved: (level, distance) => finite(level * Math.exp(distance)),
  floor: () => LEAST_SHARE,
  leastVariance: () => 0,
}

/** Added to counts, so that one is not endlessly far from none. */
const HALF = 0.5
const countMoved = (count: number, by: number): number => Math.max(0, finite((Math.max(0, count) + HALF) * Math.exp(by) - HALF))

/** The same for counts. Of larger ones it is as good as `RELATIVE`. */
export const COUNTS: ResidualScale = {
  residual: (value, expected) => Math.max(NOTHING, Math.log(value + HALF) - Math.log(Math.max(0, expected) + HALF)),
  value: countMoved,
  moved: countMoved,
  floor: () => LEAST_SHARE,
  leastVariance: (level) => level / (level + HALF) ** 2,
}

export const ADDITIVE: ResidualScale = {
  residual: (value, expected) => finite(value - expected),
  value: (expected, residual) => finite(expected + residual),
  moved: (level, distance) => finite(level + distance),
  floor: (level, typical) => Math.max(LEAST_SHARE * Math.abs(level), LEAST_SHARE * typical, Number.MIN_VALUE),
  leastVariance: () => 0,
}
