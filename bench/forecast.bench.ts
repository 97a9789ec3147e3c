/**
 * Forecasts on tasks with known outcomes, in one thread, as in a worker thread of the service. The goals are the best results of
 * statsforecast's AutoARIMA, AutoETS and AutoCES and of R's auto.arima on these sets, measured elsewhere.
 * `bench/peer-statsforecast.py` measures some of statsforecast's models on the same tasks if it is installed.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { forecast, type Forecast } from '../engine/forecast/forecast.js'
import { fitArima, isBroken } from '../service/forecast/arima-fit.js'
import { awkwardSeries } from '../service/forecast/fixtures/awkward-series.js'
import { faultsOf } from '../service/forecast/plausible-forecast.js'
import { earlier, forecastTasks, mean, type Scores, scoresOf, type Task } from './forecast-tasks.js'
import type { Benchmark, Measurement } from './measure.js'
import { statsforecastScores } from './peer-statsforecast.js'

type Goal = NonNullable<Measurement['goal']>
type Goals = { readonly [score in keyof Scores]?: Goal }

const most = (value: number): Goal => ({ at: 'most', value })
const SETS: Readonly<Record<string, { readonly name: string; readonly period: number; readonly goals: Goals }>> = {
  nn5_90: { name: 'NN5, 90 days', period: 7, goals: { mase: most(0.745), msis95: most(6.0) } },
  nn5_365: { name: 'NN5, 365 days', period: 7, goals: { mase: most(0.648), msis95: most(5.4) } },
  web365: { name: 'web visits, 365 days', period: 7, goals: { mase: most(1.2), covered95: { at: 'least', value: 0.93 } } },
  m5small: { name: 'M5 items', period: 7, goals: {} },
  m4_weekly: { name: 'M4 weekly', period: 52, goals: { mase: most(2.232) } },
}

export const benchmark: Benchmark = {
  description: 'forecasts with bands on public series: errors, coverage, time, awkward input, memory',
  run: async () => {
    const tasks = forecastTasks()
    if (tasks === null) console.log('skipped: the file of tasks is missing (TETIK_FORECAST_TASKS names another one)')
    const scored = tasks === null ? [] : Object.keys(SETS).flatMap((set) => ofSet(set, tasks))
    const peers = tasks === null ? [] : await statsforecastScores(tasks.filter(({ set }) => set in SETS && set !== 'm4_weekly'))
    return [...scored, ...(tasks === null ? [] : beyondTheSets(tasks)), ...peers, ...awkward(), memory()]
  },
}

function ofSet(set: string, all: readonly Task[]): Measurement[] {
  const { name, period, goals } = SETS[set]!
  const tasks = all.filter((task) => task.set === set)
  const times: number[] = []
  let faults = 0
  const scores = tasks.map((task) => {
    const began = performance.now()
    const result = forecast({ values: task.train, period }, { horizon: task.h, fit: fitArima }) as Forecast
    times.push(performance.now() - began)
    faults += faultsOf(result.points, task.train).length === 0 ? 0 : 1
    return scoresOf(task, result)
  })
  const of = (score: keyof Scores): number => meanOf(scores, score)
  const row = (label: string, score: keyof Scores, unit = ''): Measurement => {
    const goal = goals[score]
    return { name: `${name}: ${label}`, value: of(score), unit, ...(goal === undefined ? {} : { goal }) }
  }
  const sorted = times.sort((one, other) => one - other)
  const limit = set === 'nn5_90' ? 150 : set === 'nn5_365' ? 400 : 2000
  return [
    row('MASE', 'mase'),
    row('sMAPE', 'smape', '%'),
    row('MSIS 95%', 'msis95'),
    row('within the 80% band', 'covered80', 'of values'),
    row('within the 95% band', 'covered95', 'of values'),
    row('sum of all steps within its 80% band', 'sumCovered80', 'of sums'),
    { name: `${name}: time, p95`, value: sorted[Math.floor(sorted.length * 0.95)]!, unit: 'ms', goal: most(limit) },
    { name: `${name}: time, longest`, value: sorted.at(-1)!, unit: 'ms', goal: most(2000) },
    { name: `${name}: not finite, wild or garbage`, value: faults, unit: `of ${tasks.length}`, goal: most(0) },
  ]
}

/** The mean over known scores. */
const meanOf = (scores: readonly Scores[], score: keyof Scores): number =>
  mean(scores.map((one) => one[score]).filter((value) => !Number.isNaN(value)))

/** Cases that the sets do not cover: other moments of a series, little history, an outlier on the last day. Errors are scaled by the whole series. */
function beyondTheSets(all: readonly Task[]): Measurement[] {
  const of = (set: string): readonly Task[] => all.filter((task) => task.set === set)
  const shortened = (days: number): Changed[] => of('nn5_365').map((task) => ({ task, history: task.train.slice(-days) }))
  const withLast = (times: number): Changed[] =>
    of('web365').map((task) => ({ task, history: task.train.with(-1, times * (task.train.at(-1) ?? 0)) }))
  const groups: Readonly<Record<string, readonly Changed[]>> = {
    'web visits, nine earlier moments each': of('web365').flatMap((task) =>
      earlier(task, 9).map((one) => ({ task: one, history: one.train })),
    ),
    'NN5, of the last 16 days': shortened(16),
    'NN5, of the last 30 days': shortened(30),
    'NN5, of the last 60 days': shortened(60),
    'web visits, the last day ten times as high': withLast(10),
    'web visits, nothing on the last day': withLast(0),
  }
  return Object.entries(groups).flatMap(([name, changed]) => {
    const scores = changed.map(({ task, history }) =>
      scoresOf(task, forecast({ values: history, period: 7 }, { horizon: task.h, fit: fitArima }) as Forecast),
    )
    return [
      { name: `${name}: MASE`, value: meanOf(scores, 'mase'), unit: '' },
      { name: `${name}: within the 80% band`, value: meanOf(scores, 'covered80'), unit: 'of values' },
      { name: `${name}: within the 95% band`, value: meanOf(scores, 'covered95'), unit: 'of values' },
      { name: `${name}: sum of all steps within its 80% band`, value: meanOf(scores, 'sumCovered80'), unit: 'of sums' },
    ]
  })
}

/** A task with a changed history. */
interface Changed {
  readonly task: Task
  readonly history: Task['train']
}

function awkward(): Measurement[] {
  const inputs = Object.entries(awkwardSeries())
  let [faults, longest] = [0, 0]
  for (const [, values] of inputs) {
    const began = performance.now()
    const result = forecast({ values, period: 7 }, { horizon: 30, fit: fitArima })
    longest = Math.max(longest, performance.now() - began)
    if (isBroken() || (result.kind === 'forecast' && faultsOf(result.points, values).length > 0)) faults += 1
  }
  return [
    { name: 'awkward series: not finite, wild or garbage', value: faults, unit: `of ${inputs.length}`, goal: most(0) },
    { name: 'awkward series: time, longest', value: longest, unit: 'ms', goal: most(2000) },
  ]
}

const WARM_UP = 500
const FORECASTS = 5000

/** Measures memory that is still held after many forecasts; the first ones fill caches and compile code. */
function memory(): Measurement {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = (): number => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return (heapUsed + external) / 1e6
  }
  const run = (count: number): void => {
    for (let index = 0; index < count; index++) {
      const values = Array.from({ length: 40 }, (_, t) => 100 + 10 * (t % 7) + ((t * 7919 + index * 31) % 17))
      forecast({ values, period: 7 }, { horizon: 7, fit: fitArima })
    }
  }
  run(WARM_UP)
  const before = held()
  run(FORECASTS)
  return { name: `memory held after ${FORECASTS} forecasts`, value: held() - before, unit: 'MB more', goal: most(10) }
}
