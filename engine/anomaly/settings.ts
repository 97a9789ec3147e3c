/**
 * The detector's few settings, the same for every series. They were chosen as round numbers on daily and hourly series
 * together (docs/anomalies.md has what was measured) and are not tuned to any one of them.
 */

/** A single point is reported from so many robust standard deviations on, in a series of days. */
export const POINT_THRESHOLD = 3.5
/** A run of points is reported from so many on: more runs than points are examined. */
export const RUN_THRESHOLD = 4
/** The level's share of each new point: it stands for the last nineteen points or so. */
export const LEVEL_SHARE = 0.1
/** The variance of such an exponentially weighted level, as a share of a point's. */
export const LEVEL_VARIANCE = LEVEL_SHARE / (2 - LEVEL_SHARE)
/** Beyond so many standard deviations a point pulls no harder (Huber's estimator). */
export const CUT = 2.5
/** How many points scales are taken from. */
export const MEMORY = 504
/** How many turns of a pattern its cells remember. */
export const TURNS = 21
/** Lengths of the runs that a new level is looked for in, in points. */
export const SHIFT_LENGTHS = [2, 3, 4] as const
/** Length of the run that a slow change is looked for in, its weights growing towards now. */
export const DRIFT_LENGTH = 7
/** The unit of runs, of cooldowns and of the rolling median, where a series has no pattern: seven points. */
export const SEVEN = 7
/** Fewer points than this and nothing is judged. */
export const LEAST_HISTORY = 14
/** At or under this share of what was expected a value is as good as nothing, by the rule for drops to zero. */
export const AS_GOOD_AS_NOTHING = 0.1
/** Under this share a drop is called one to zero, by whatever rule it was found. */
export const NEAR_NOTHING = 0.25
/** Series in which nothing is as common as this have no drops to zero. */
export const NOTHING_IS_COMMON = 0.05
/** Scores are kept within this: beyond, only the direction matters. */
export const MOST_SCORE = 100
