/** Forecasts a series: means, and bands that contain 80% and 95% of the actual values. */

import { type Accuracy, accuracyOf } from './accuracy.js'
import type { FitArima } from './arima.js'
import { type Bands, bandsOf } from './bands.js'
import { combine, type Combined } from './combine.js'
import { learntSeason, membersOf } from './members.js'
import { originsOf } from './origins.js'
import { prepare } from './prepare.js'

/** The least number of known values that a forecast needs. */
export const FEWEST_POINTS = 14
const LONGEST_HORIZON = 400
/** A series without a season still has a level and a trend to learn, which takes about as many values as a week has. */
const LEAST_SEASON = 7

export interface History {
  /** At an even pace, oldest first. A value that is not known (a paused day, for example) is null. */
  readonly values: readonly (number | null)[]
  /** Steps in a season (7 for days); 1 where there is none. */
  readonly period: number
  /** A longer season that contains several of `period` (168 for hours); left out if there is none. */
  readonly longPeriod?: number
  /** Known changes of level, such as a doubled budget: values before index `at` are multiplied by `ratio`. */
  readonly shifts?: readonly { readonly at: number; readonly ratio: number }[]
}

export interface ForecastOptions {
  /** Steps after the last value; at least 1, at most `LONGEST_HORIZON`. */
  readonly horizon: number
  /** Fits ARIMA; null leaves it out. */
  readonly fit: FitArima | null
  /** Factor by which the band of a step (0 is the first) is wider, for holidays and sales; values under 1 count as 1. */
  readonly widen?: (step: number) => number
}

export interface ForecastPoint {
  readonly mean: number
  readonly lo80: number
  readonly hi80: number
  readonly lo95: number
  readonly hi95: number
}

export interface Forecast {
  readonly kind: 'forecast'
  /** The members and their weights in words, the heaviest first: `robust ETS 40%, weekday median 35%, CES 25%`. */
  readonly model: string
  readonly members: readonly { readonly name: string; readonly weight: number }[]
  readonly points: readonly ForecastPoint[]
  /** Null if no past forecast can be compared with actual values. */
  readonly accuracy: Accuracy | null
  /** Correlation of the errors within the path, 0 to 1; `totalOf` needs it. */
  readonly together: number
  /** Assumptions, one sentence each. */
  readonly notes: readonly string[]
}

export interface NotEnoughHistory {
  readonly kind: 'not-enough-history'
  /** Number of known values. */
  readonly points: number
  readonly reason: string
}

/**
 * Forecasts a series. Deterministic, with a bounded amount of work for any input.
 *
 * @throws RangeError if the horizon is invalid or a value is not finite
 */
export function forecast(history: History, { horizon, fit, widen = () => 1 }: ForecastOptions): Forecast | NotEnoughHistory {
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > LONGEST_HORIZON)
    throw new RangeError(`A horizon is 1 to ${LONGEST_HORIZON} steps, not ${horizon}.`)
  const prepared = prepare(history)
  if (prepared.known < FEWEST_POINTS) {
    const reason = `not enough history: ${prepared.known} of at least ${FEWEST_POINTS} points`
    return { kind: 'not-enough-history', points: prepared.known, reason }
  }
  const { values, unit, notes, low, high } = prepared
  if (prepared.constant !== null) return flat(prepared.constant, low, high, horizon, notes)
  const { origins, reach } = originsOf(values.length, history, horizon)
  const task = { values, period: history.period, origins, reach, horizon }
  const seasons = prepared.known / Math.max(LEAST_SEASON, learntSeason(task))
  const members = membersOf(task, history.longPeriod ?? 1, fit)
  const combined = combine(members, values, origins, seasons)
  const bands = bandsOf(combined, values, origins, seasons)
  return {
    kind: 'forecast',
    model: inWords(combined.members),
    members: combined.members,
    points: pointsOf(combined, bands, widen, { unit, low, high }),
    accuracy: accuracyOf(combined, values, origins),
    together: bands.together,
    notes,
  }
}

/** Members with less weight than this are summed up as `others`. */
const NAMED = 0.05

function inWords(members: Forecast['members']): string {
  const named = members.filter(({ weight }) => weight >= NAMED).map(({ name, weight }) => [name, weight] as const)
  const rest = 1 - named.reduce((sum, [, weight]) => sum + weight, 0)
  const parts = rest < 0.005 ? named : [...named, ['others', rest] as const]
  return parts.map(([name, weight]) => `${name} ${Math.round(weight * 100)}%`).join(', ')
}

/** The forecast of a series that hardly varies: its value, with its lowest and highest values as the bands. */
function flat(value: number, low: number, high: number, horizon: number, notes: readonly string[]): Forecast {
  const point = { mean: value, lo80: low, hi80: high, lo95: low, hi95: high }
  const members = [{ name: 'constant', weight: 1 }]
  return {
    kind: 'forecast',
    model: 'constant',
    members,
    points: Array.from({ length: horizon }, () => point),
    accuracy: null,
    together: 1,
    notes,
  }
}

interface Measure {
  /** What 1 on the models' scale is in the series' own unit. */
  readonly unit: number
  /** The lowest and the highest value of the series, in its own unit. */
  readonly low: number
  readonly high: number
}

/** Bands reach at most this many times the range of the history beyond its ends. */
const FURTHEST = 8

function pointsOf(
  { paths }: Combined,
  { within80, within95 }: Bands,
  widen: (step: number) => number,
  { unit, low, high }: Measure,
): ForecastPoint[] {
  // Halved first, so that the range of very large values does not overflow to infinity.
  const margin = Math.min(Number.MAX_VALUE / 2, FURTHEST * (high / 2 - low / 2) * 2)
  // A series that was never negative is not forecast as negative.
  const least = low >= 0 ? 0 : Math.max(-Number.MAX_VALUE, low - margin)
  const most = Math.min(Number.MAX_VALUE, high + margin)
  const bounded = (value: number): number => Math.min(most, Math.max(least, value))
  return [...paths.at(-1)!].map((mean, h) => {
    const wider = Math.max(1, widen(h))
    const at = (width: number): number => bounded((mean + wider * width) * unit)
    return {
      mean: bounded(mean * unit),
      lo80: at(-within80.below[h]!),
      hi80: at(within80.above[h]!),
      lo95: at(-within95.below[h]!),
      hi95: at(within95.above[h]!),
    }
  })
}
