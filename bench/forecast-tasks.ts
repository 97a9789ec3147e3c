/** Forecasting tasks with their answers, and the usual scores. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ForecastPoint } from '../engine/forecast/forecast.js'

/** A line each: `{ set, id, m, h, train, test }`; `m` is the season that MASE is scaled by. */
const FILE =
  process.env['TETIK_FORECAST_TASKS'] ?? join(import.meta.dirname, '..', '..', 'shared', 'data', 'forecast-tasks.jsonl')

export interface Task {
  readonly set: string
  readonly id: string
  readonly m: number
  readonly h: number
  readonly train: readonly (number | null)[]
  readonly test: readonly (number | null)[]
}

/** Null where the file is missing. */
export function forecastTasks(): readonly Task[] | null {
  if (!existsSync(FILE)) return null
  return readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Task)
}

export interface Scores {
  /** Mean absolute error over the mean absolute seasonal difference in sample (Hyndman and Koehler 2006). */
  readonly mase: number
  /** Percent. */
  readonly smape: number
  /** Mean scaled interval score of the 95 % band (M4 competition). */
  readonly msis95: number
  /** Shares of the values within their bands. */
  readonly covered80: number
  readonly covered95: number
}

export function scoresOf({ train, test, m }: Task, points: readonly ForecastPoint[]): Scores {
  const differences = train.flatMap((value, t) => {
    const before = t < m ? null : (train[t - m] ?? null)
    return value === null || before === null ? [] : [Math.abs(value - before)]
  })
  const scale = mean(differences)
  const known = points.flatMap((point, h) => {
    const value = test[h] ?? null
    return value === null ? [] : [{ ...point, value }]
  })
  const each = known.map(({ value, mean: expected, lo80, hi80, lo95, hi95 }) => ({
    error: Math.abs(value - expected),
    share: value === 0 && expected === 0 ? 0 : (200 * Math.abs(value - expected)) / (Math.abs(value) + Math.abs(expected)),
    interval: hi95 - lo95 + 40 * Math.max(0, lo95 - value, value - hi95),
    in80: lo80 <= value && value <= hi80 ? 1 : 0,
    in95: lo95 <= value && value <= hi95 ? 1 : 0,
  }))
  return {
    mase: mean(each.map(({ error }) => error)) / scale,
    smape: mean(each.map(({ share }) => share)),
    msis95: mean(each.map(({ interval }) => interval)) / scale,
    covered80: mean(each.map(({ in80 }) => in80)),
    covered95: mean(each.map(({ in95 }) => in95)),
  }
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
