/** What every model of the combination takes and gives. */

export interface Task {
  /** Ascending in time; NaN is missing. */
  readonly values: Float64Array
  /** Steps in a season; 1 where there is none. */
  readonly period: number
  /** Indices from which is forecast, ascending; the last is `values.length`. */
  readonly origins: readonly number[]
  /** How many steps are forecast from every origin but the last. */
  readonly reach: number
  /** How many from the last; at least `reach`. */
  readonly horizon: number
}

/** A model's forecasts, as made at several moments of the series. */
export interface Paths {
  /**
   * For each origin the means of the steps that follow it, as they were possible when only the values before it were known
   * (but for a handful of parameters, which are fitted once).
   */
  readonly paths: readonly Float64Array[]
  /** The standard deviation that the model itself gives each step of its last path; null where it has none. */
  readonly spread: Float64Array | null
}

export interface Member extends Paths {
  /** In words, for people: `ETS`, `weekday median`. */
  readonly name: string
}

/** An empty path for each origin. */
export const emptyPaths = ({ origins, reach, horizon }: Task): Float64Array[] =>
  origins.map((_, index) => new Float64Array(index === origins.length - 1 ? horizon : reach))
