/**
 * The detector's few settings, the same for every series. They are round numbers, chosen on daily and hourly series together
 * (docs/anomalies.md has the measurements), and not tuned to any single series.
 */

/** A single point is reported from this many robust standard deviations on, in a daily series. */
export const POINT_THRESHOLD = 3.5
/** A run of points is reported from this many on; more than for points, because more runs than points are examined. */
export const RUN_THRESHOLD = 4
/** Weight of each new point in the level, which thus averages about the last nineteen points. */
export const LEVEL_SHARE = 0.1
/** The variance of such an exponentially weighted level, as a share of a point's. */
export const LEVEL_VARIANCE = LEVEL_SHARE / (2 - LEVEL_SHARE)
/** A point further away than this many standard deviations moves the level as if it were this far away (Huber's estimator). */
export const CUT = 2.5
/** How many recent points the standard deviations are estimated from. */
export const MEMORY = 504
/** How many turns of the pattern each cell remembers. */
export const TURNS = 21
/** Lengths, in points, of the runs that reveal a new level. */
export const SHIFT_LENGTHS = [2, 3, 4] as const
/** Length, in points, of the run that reveals a slow change; later points have more weight. */
export const DRIFT_LENGTH = 7
/** Points in a week; also the length of rests and of the rolling median in a series without a longer pattern. */
export const SEVEN = 7
/** This many points must be known before one is judged. */
export const LEAST_HISTORY = 14
/** The rule for drops to zero counts a value as nearly zero if it is at most this share of the expected one. */
export const AS_GOOD_AS_NOTHING = 0.1
/** Any single-point drop to less than this share of the expected value is called a drop to zero. */
export const NEAR_NOTHING = 0.25
/** If at least this share of recent points was nearly zero, the rule for drops to zero does not apply. */
export const NOTHING_IS_COMMON = 0.05
/** Scores are limited to ±this; beyond it only the direction matters. */
export const MOST_SCORE = 100
