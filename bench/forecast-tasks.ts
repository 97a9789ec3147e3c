/** Forecasting tasks with known outcomes, and the usual scores. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Forecast } from '../engine/forecast/forecast.js'
import { totalOf } from '../engine/forecast/total.js'

/** JSON lines `{ set, id, m, h, train, test }`; `m` is the season by which MASE is scaled. */
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

/** Returns the tasks; null if the file is missing. */
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
  /** Mean scaled interval score of the 95% band (M4 competition). */
  readonly msis95: number
  /** Shares of the values within their bands. */
  readonly covered80: number
  readonly covered95: number
  /** 1 if the sum of all steps is within its 80% band, else 0; NaN if a value of the test is missing. */
  readonly sumCovered80: number
}

/** Returns tasks on the same series from `times` earlier moments, each a horizon further back. */
export const earlier = ({ train, test, ...rest }: Task, times: number): Task[] =>
  Array.from({ length: times }, (_, index) => {
    const [all, end] = [[...train, ...test], train.length - (index + 1) * rest.h]
    return { ...rest, train: all.slice(0, end), test: all.slice(end, end + rest.h) }
  })

export function scoresOf({ train, test, m }: Task, { points, together }: Pick<Forecast, 'points' | 'together'>): Scores {
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
  const sum = totalOf({ points, together }, 0, test.length)
  const came = test.reduce<number>((total, value) => total + (value ?? NaN), 0)
  return {
    mase: mean(each.map(({ error }) => error)) / scale,
    smape: mean(each.map(({ share }) => share)),
    msis95: mean(each.map(({ interval }) => interval)) / scale,
    covered80: mean(each.map(({ in80 }) => in80)),
    covered95: mean(each.map(({ in95 }) => in95)),
    sumCovered80: Number.isNaN(came) ? NaN : sum.lo80 <= came && came <= sum.hi80 ? 1 : 0,
  }
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
