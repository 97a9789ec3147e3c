/** Input and output of the models in the combination. */

export interface Task {
  /** Ascending in time; NaN is missing. */
  readonly values: Float64Array
  /** Steps in a season; 1 where there is none. */
  readonly period: number
  /** Indices from which forecasts start, ascending; the last is `values.length`. */
  readonly origins: readonly number[]
  /** How many steps are forecast from every origin but the last. */
  readonly reach: number
  /** How many steps are forecast from the last origin; at least `reach`. */
  readonly horizon: number
}

/** A model's forecasts from several moments of the series. */
export interface Paths {
  /**
   * For each origin the means of the steps that follow it, made from the values before it only. The few model parameters are the
   * exception: they are fitted once, on the whole series.
   */
  readonly paths: readonly Float64Array[]
  /** The standard deviation that the model gives for each step of its last path; null if it gives none. */
  readonly spread: Float64Array | null
}

export interface Member extends Paths {
  /** Name for people to read: `ETS`, `weekday median`. */
  readonly name: string
}

/** An empty path for each origin. */
export const emptyPaths = ({ origins, reach, horizon }: Task): Float64Array[] =>
  origins.map((_, index) => new Float64Array(index === origins.length - 1 ? horizon : reach))
