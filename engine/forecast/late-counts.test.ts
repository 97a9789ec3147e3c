import { describe, expect, it } from 'vitest'

import type { ArrivedShare } from '../anomaly/lateness.js'
import { dayNumberOf, isoDay } from '../clock/day.js'
import { DAY, HOUR } from '../clock/zone.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import { forecastFacts } from './forecast-facts.js'
import { forecast } from './forecast.js'
import type { ForecastTask } from './task.js'

const FIRST = '2026-03-01'
const day = (index: number): string => isoDay(dayNumberOf(FIRST) + index)
const DAYS = 60
/** How many of each day's ten purchases have arrived, for the last three days. */
const CAME = [9, 8, 6]
const usual: ArrivedShare = (_, age) => [0.6, 0.8, 0.9][Math.floor(age / DAY)] ?? 1

/** Ten purchases a day and 100 of spend, less the purchases that have not arrived; asked at noon of the day after the last. */
function ask(arrived?: ArrivedShare, hour = 12) {
  const rows = Array.from({ length: DAYS }, (_, index) => ({
    scope: 'adset' as const,
    entity: 'A',
    since: day(index),
    until: day(index),
    hour: null,
    measures: { spend: 100, impressions: 1000, purchases: CAME[index - DAYS + 3] ?? 10 },
  }))
  const adset = {
    scope: 'adset' as const,
    key: 'A',
    id: 'A',
    name: 'A',
    campaign: null,
    adset: null,
    result: 'purchases',
    attributes: {},
  }
  const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values: {} }
  const at = Date.parse(`${day(DAYS)}T00:00:00Z`) + hour * HOUR
  const dataset = new Dataset({
    entities: [adset],
    rows,
    knowledge: { kind: 'file' },
    measures: new Set(['spend', 'impressions', 'purchases']),
  })
  const facts = factsOf(dataset, { account, at, pace: HOUR })
  const tasks: ForecastTask[] = []
  const lookup = (task: ForecastTask) => {
    tasks.push(task)
    return forecast(task.history, { horizon: task.horizon, fit: null })
  }
  const made = forecastFacts(facts, { lookup, ...(arrived === undefined ? {} : { arrived }) })
  const of = (metric: string, month: boolean): number => {
    const [entity] = facts.entities('account')
    const horizon = month ? ({ kind: 'month' } as const) : ({ kind: 'days', count: 7 } as const)
    return made.forecast(entity!, { metric, actionType: null }, horizon).value as number
  }
  return { of, tasks }
}

describe('conversions that come in late', () => {
  it('count as their estimated final number if their delay is known', () => {
    const { of, tasks } = ask(usual)
    expect(of('results', false)).toBeCloseTo(70, 0)
    expect(tasks[0]!.history.values.slice(-4)).toEqual([10, 10, 10, 10])
    // 100 a day for seven days, divided by ten results a day.
    expect(of('cpa', false)).toBeCloseTo(10, 0)
  })

  it('count as unknown for three days if their delay is not known, and do not lower the forecast', () => {
    const { of, tasks } = ask()
    expect(of('results', false)).toBeCloseTo(70, 0)
    expect(tasks[0]!.history.values.slice(-4)).toEqual([10, null, null, null])
  })

  it('count as unknown if too few of them have arrived', () => {
    const { tasks, of } = ask(() => 0.4)
    of('results', false)
    expect(tasks[0]!.history.values.slice(-4)).toEqual([10, null, null, null])
  })

  it('count in the month as their estimated final number', () => {
    // The sixtieth day is 29 April: 29 days of the month are over, with some counts still to arrive, and one day is ahead.
    expect(ask(usual).of('results', true)).toBeCloseTo(300, 0)
    expect(ask().of('results', true)).toBeCloseTo(293, 0)
  })

  it('give the same forecast task for six hours, and then another one', () => {
    const growing: ArrivedShare = (_, age) => Math.min(1, 0.6 + (0.4 * age) / (3 * DAY))
    const taskAt = (hour: number): ForecastTask => {
      const { of, tasks } = ask(growing, hour)
      of('results', false)
      return tasks[0]!
    }
    expect(taskAt(13)).toEqual(taskAt(17.9))
    expect(taskAt(18).history).not.toEqual(taskAt(17.9).history)
  })

  it('are reported as absent from the data, and not as a short history, if the data lacks the measure', () => {
    const { of } = ask(usual)
    expect(of('video_3s_views', false)).toMatchObject({ reason: expect.stringContaining('the data has no') as string })
  })

  it('do not affect spend', () => {
    const { of, tasks } = ask(usual)
    expect(of('spend', false)).toBeCloseTo(700, 0)
    expect(tasks[0]!.history.values).not.toContain(null)
  })
})
