/** Compares a value with the expected one: as a ratio for series that are never negative, otherwise as a difference. */

/** The scale on which residuals are measured. `RELATIVE` and `COUNTS` need values of zero or more. All results are finite. */
export interface ResidualScale {
  /** Signed distance of a value from the expected one. */
  residual(value: number, expected: number): number
  /** The value at that distance. */
  value(expected: number, residual: number): number
  /** A level moved by a distance. */
  moved(level: number, distance: number): number
  /** The smallest standard deviation around a level that is assumed. */
  floor(level: number, typical: number): number
  /** The variance that residuals around a level have by chance alone. */
  leastVariance(level: number): number
}

/** The distance of zero, whose logarithm is infinite: that of a fiftieth of the expected value. */
const NOTHING = Math.log(1 / 50)
/** The largest distance; also that of any positive value from an expected value of zero. */
const FURTHEST = 700
/** At least two per cent is assumed as the standard deviation, so that tiny changes of a very even series are not reported. */
const LEAST_SHARE = 0.02

const finite = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))

/** The logarithm of value over expected value: twice as much is as far away as half as much. */
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

/** Added to counts before taking logarithms, so that the distance between one and zero is finite. */
const HALF = 0.5
const countMoved = (count: number, by: number): number => Math.max(0, finite((Math.max(0, count) + HALF) * Math.exp(by) - HALF))

/** The same for counts; for large counts it is practically equal to `RELATIVE`. */
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
