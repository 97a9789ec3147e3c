/** The anomaly detector with its default settings on labelled series. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { AnomalyDetector } from '../engine/anomaly/detector.js'
import { judgeFile } from '../engine/anomaly/judge-file.js'
import { judgeSeries } from '../engine/anomaly/judge-series.js'
import { readSeriesFile } from '../engine/read-series/read-series-file.js'
import { eventScore, type MadeUpEvent, nabScore } from './anomaly-scores.js'
import { type Benchmark, type Measurement, timed } from './measure.js'

/** A folder with `nab/*.csv` and `nab/windows.json`, `synthetic/series.csv` and `synthetic/labels.json`. */
const DATA = process.env['TETIK_ANOMALY_DATA'] ?? join(import.meta.dirname, '..', '..', 'shared', 'data', 'anomaly')
/** Events of the synthetic series begin after a month; the first four weeks are not scored. */
const FIRST_DAY = 28

export const benchmark: Benchmark = {
  description: 'anomalies in labelled series: hourly cost of ads (NAB realAdExchange) and synthetic daily metrics of ads',
  run: async () => {
    const speed = await speedOfPoints()
    if (existsSync(DATA)) return [...nab(), ...madeUp(), ...speed]
    console.log(`skipped: ${DATA} is missing (TETIK_ANOMALY_DATA names another folder), so only speed is measured`)
    return speed
  },
}

function nab(): Measurement[] {
  const folder = join(DATA, 'nab')
  const marked = JSON.parse(readFileSync(join(folder, 'windows.json'), 'utf8')) as Record<string, [string, string][]>
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  const files = names.map((name) => {
    const read = readSeriesFile({ path: name, text: readFileSync(join(folder, name), 'utf8') }, { doubled: 'keep' })
    const { points } = judgeFile(read).series[0]!
    const windows = (marked[name] ?? []).map(([from, until]) => {
      const [first, last] = [from.slice(0, 19), until.slice(0, 19)]
      return [
        points.findIndex(({ timestamp }) => timestamp >= first),
        points.findLastIndex(({ timestamp }) => timestamp <= last),
      ] as const
    })
    return { length: points.length, windows, alarms: points.flatMap(({ kind }, index) => (kind === null ? [] : [index])) }
  })
  const { score, found, windows, falseAlarms } = nabScore(files)
  const of = `NAB, ${names.length} files of realAdExchange`
  return [
    { name: `${of}: score`, value: score, unit: 'of 100', goal: { at: 'least', value: 72 } },
    { name: `${of}: windows found`, value: found, unit: `of ${windows}` },
    { name: `${of}: false alarms`, value: falseAlarms, unit: '', goal: { at: 'most', value: 8 } },
  ]
}

interface Label {
  readonly events: readonly { readonly type: string; readonly window: [number, number]; readonly ignore?: [number, number] }[]
}

function madeUp(): Measurement[] {
  const folder = join(DATA, 'synthetic')
  const labels = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as Record<string, Label>
  const values = new Map<string, number[]>()
  for (const line of readFileSync(join(folder, 'series.csv'), 'utf8').trim().split('\n').slice(1)) {
    const [id, , , value] = line.split(',')
    const series = values.get(id!) ?? []
    values.set(id!, series)
    series.push(Number(value))
  }
  const series = [...values].map(([id, values]) => ({
    length: values.length,
    alarms: judgeSeries(values, 7).flatMap(({ kind }, index) => (kind === null ? [] : [index])),
    events: labels[id]!.events.map(({ type, window, ignore }): MadeUpEvent => ({
      kind: type,
      window,
      forgivenUntil: ignore?.[1] ?? window[1],
    })),
  }))
  const score = eventScore(series, FIRST_DAY)
  const of = `${series.length} daily series`
  const share = (kind: string): number => score.recall[kind] ?? NaN
  return [
    { name: `${of}: F1`, value: score.f1, unit: '', goal: { at: 'least', value: 0.77 } },
    { name: `${of}: false alarms`, value: score.falseAlarmsPerMonth, unit: 'a month', goal: { at: 'most', value: 0.1 } },
    { name: `${of}: drops to near zero found`, value: share('zero'), unit: '', goal: { at: 'least', value: 0.95 } },
    { name: `${of}: drifts found`, value: share('drift'), unit: '', goal: { at: 'least', value: 0.5 } },
    { name: `${of}: shifts found`, value: share('shift'), unit: '' },
    { name: `${of}: spikes found`, value: share('spike'), unit: '' },
    { name: `${of}: mean delay without drifts`, value: score.delayWithoutDrifts, unit: 'days', goal: { at: 'most', value: 1 } },
    { name: `${of}: mean delay with drifts`, value: score.delay, unit: 'days', goal: { at: 'most', value: 1 } },
    { name: `${of}: median delay with drifts`, value: score.medianDelay, unit: 'days' },
  ]
}

/** Measures points per second, and whether a point costs more in a long series than in a short one. */
async function speedOfPoints(): Promise<Measurement[]> {
  const rate = async (count: number): Promise<number> => {
    const detector = new AnomalyDetector({ period: 24 })
    const took = await timed(() => {
      for (let slot = 0; slot < count; slot++) detector.judge(100 + 30 * Math.sin(slot / 3.8) + ((slot * 7919) % 13), slot)
    })
    return (count / took) * 1000
  }
  await rate(20_000)
  const [short, long] = [await rate(20_000), await rate(200_000)]
  return [
    { name: 'points evaluated', value: long, unit: 'per second' },
    {
      name: 'rate with ten times as many points',
      value: long / short,
      unit: 'of the short series’',
      goal: { at: 'least', value: 0.7 },
    },
  ]
}
