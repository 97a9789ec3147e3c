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
/** What has come in of the last three days: of ten purchases a day. */
const CAME = [9, 8, 6]
const usual: ArrivedShare = (_, age) => [0.6, 0.8, 0.9][Math.floor(age / DAY)] ?? 1

/** Ten purchases a day and 100 of spend, but for what has not come in yet; asked at noon of the day after the last. */
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
  it('are taken for what they will be, where it is known how late they come', () => {
    const { of, tasks } = ask(usual)
    expect(of('results', false)).toBeCloseTo(70, 0)
    expect(tasks[0]!.history.values.slice(-4)).toEqual([10, 10, 10, 10])
    // 100 a day for seven days, over ten results a day.
    expect(of('cpa', false)).toBeCloseTo(10, 0)
  })

  it('are not known for three days, where it is not, and make no forecast lower', () => {
    const { of, tasks } = ask()
    expect(of('results', false)).toBeCloseTo(70, 0)
    expect(tasks[0]!.history.values.slice(-4)).toEqual([10, null, null, null])
  })

  it('are not known where too few of them are there', () => {
    const { tasks, of } = ask(() => 0.4)
    of('results', false)
    expect(tasks[0]!.history.values.slice(-4)).toEqual([10, null, null, null])
  })

  it('count for the month as what they will be', () => {
    // The sixtieth day is 29 April: 29 days of the month are over but for what is still to come, and one is ahead.
    expect(ask(usual).of('results', true)).toBeCloseTo(300, 0)
    expect(ask().of('results', true)).toBeCloseTo(293, 0)
  })

  it('are the same task from one look to the next, and another one as more of them is known', () => {
    const growing: ArrivedShare = (_, age) => Math.min(1, 0.6 + (0.4 * age) / (3 * DAY))
    const taskAt = (hour: number): ForecastTask => {
      const { of, tasks } = ask(growing, hour)
      of('results', false)
      return tasks[0]!
    }
    expect(taskAt(13)).toEqual(taskAt(17.9))
    expect(taskAt(18).history).not.toEqual(taskAt(17.9).history)
  })

  it('of a measure that the data does not have are no short history: it is said why', () => {
    const { of } = ask(usual)
    expect(of('video_3s_views', false)).toMatchObject({ reason: expect.stringContaining('the data has no') as string })
  })

  it('leave spend as it is', () => {
    const { of, tasks } = ask(usual)
    expect(of('spend', false)).toBeCloseTo(700, 0)
    expect(tasks[0]!.history.values).not.toContain(null)
  })
})
