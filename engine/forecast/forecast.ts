/** From a series to what is to be expected of it: means, and bands that hold what they promise. */

import { type Accuracy, accuracyOf } from './accuracy.js'
import type { FitArima } from './arima.js'
import { type Bands, bandsOf } from './bands.js'
import { combine, type Combined } from './combine.js'
import { learntSeason, membersOf } from './members.js'
import { originsOf } from './origins.js'
import { prepare } from './prepare.js'

/** Fewer known values than this are not enough history. */
export const FEWEST_POINTS = 14
const LONGEST_HORIZON = 400
/** What a series without a season has to be learnt of, a level, a trend and how they change, is as much as a week has. */
const LEAST_SEASON = 7

export interface History {
  /** At an even pace, oldest first. What is not known, a paused day for one, is null. */
  readonly values: readonly (number | null)[]
  /** Steps in a season (7 for days); 1 where there is none. */
  readonly period: number
  /** The longer season around it (168 for hours); left out where there is none. */
  readonly longPeriod?: number
  /** Known changes of level: what lies before `at` (an index) is taken times `ratio`, as a budget that was doubled asks for. */
  readonly shifts?: readonly { readonly at: number; readonly ratio: number }[]
}

export interface ForecastOptions {
  /** Steps after the last value; at least 1, at most `LONGEST_HORIZON`. */
  readonly horizon: number
  /** Fits ARIMA; null leaves it out. */
  readonly fit: FitArima | null
  /** How many times as wide the band of a step is (0 is the first), for holidays and sales; never under 1. */
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
  /** In words, the heaviest first: `robust ETS 40 %, weekday median 35 %, CES 25 %`. */
  readonly model: string
  readonly members: readonly { readonly name: string; readonly weight: number }[]
  readonly points: readonly ForecastPoint[]
  /** Null where nothing could be tried out. */
  readonly accuracy: Accuracy | null
  /** How much errors of the path go together, 0 to 1; `totalOf` needs it. */
  readonly together: number
  /** What was assumed, a sentence each. */
  readonly notes: readonly string[]
}

export interface NotEnoughHistory {
  readonly kind: 'not-enough-history'
  /** Known values. */
  readonly points: number
  readonly reason: string
}

/**
 * Deterministic, and bounded in work whatever the input. Values that are not finite are a fault of the caller.
 *
 * @throws RangeError for an invalid horizon or value
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

/** What weighs less than this is not named. */
const NAMED = 0.05

function inWords(members: Forecast['members']): string {
  const named = members.filter(({ weight }) => weight >= NAMED).map(({ name, weight }) => [name, weight] as const)
  const rest = 1 - named.reduce((sum, [, weight]) => sum + weight, 0)
  const parts = rest < 0.005 ? named : [...named, ['others', rest] as const]
  return parts.map(([name, weight]) => `${name} ${Math.round(weight * 100)} %`).join(', ')
}

/** What a series that hardly moves will go on doing; `low` and `high` are all that it ever was. */
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
  /** What one is in the series' own unit. */
  readonly unit: number
  /** The least and the most that the series ever was, in its own unit. */
  readonly low: number
  readonly high: number
}

/** A band reaches no further outside of history than this many times its range. */
const FURTHEST = 8

function pointsOf(
  { paths }: Combined,
  { within80, within95 }: Bands,
  widen: (step: number) => number,
  { unit, low, high }: Measure,
): ForecastPoint[] {
  // Of the largest numbers there are, eight times the range would be infinite.
  const margin = Math.min(Number.MAX_VALUE / 2, FURTHEST * (high / 2 - low / 2) * 2)
  // What never was negative is not going to be.
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
