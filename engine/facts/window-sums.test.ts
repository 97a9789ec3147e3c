import { describe, expect, it } from 'vitest'

import { account, at, dataset, entity, facts, HOUR, of, reason, row, synced, total } from '../../test/support/facts.js'
import { Unknown } from '../value/value.js'
import type { AskedWindow } from './dataset-source.js'
import type { Facts } from './facts.js'

describe('results', () => {
  const goals = [
    entity('campaign', 'c'),
    entity('adset', 'a', { campaign: 'c', result: 'leads' }),
    entity('adset', 'b', { campaign: 'c' }),
  ]
  const rows = [row('a', '2026-03-08', { leads: 3, purchases: 9 }), row('b', '2026-03-09', { purchases: 2, leads: 7 })]
  const now = facts(dataset(rows, { entities: goals }))

  it('are counted by the ad set’s goal, or by the account’s if that is not known', () => {
    expect(total(now, 'a', 'results', '2026-03-08', '2026-03-09')).toBe(3)
    expect(total(now, 'b', 'results', '2026-03-08', '2026-03-09')).toBe(2)
    const other = facts(dataset(rows, { entities: goals }), undefined, HOUR, { ...account, result: 'leads' })
    expect(total(other, 'c', 'results', '2026-03-08', '2026-03-09')).toBe(10)
  })

  it('of different goals are unknown, unless only one of these goals has rows in the window', () => {
    expect(total(now, 'c', 'results', '2026-03-08', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(total(now, 'c', 'results', '2026-03-08')).toBe(3)
    expect(total(now, 'moda-tr', 'results', '2026-03-09')).toBe(2)
  })
})

describe('reach and frequency of a file', () => {
  const now = facts(
    dataset([
      row('a', '2026-03-08', { reach: 50, impressions: 100 }),
      row('a', '2026-03-09', { reach: 20, impressions: 30 }),
      row('b', '2026-03-07', { reach: 0, impressions: 0 }),
    ]),
  )

  it('are known only if the window has a single row', () => {
    expect(total(now, 'a', 'reach', '2026-03-08')).toBe(50)
    expect(total(now, 'a', 'frequency', '2026-03-08')).toBe(2)
    expect(total(now, 'a', 'reach', '2026-03-08', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(total(now, 'b', 'frequency', '2026-03-07')).toBeInstanceOf(Unknown)
  })
})

describe('reach and frequency of syncs', () => {
  const window = (asked: string, rows: [string, number | null, number | null][], more: Partial<AskedWindow> = {}) => ({
    level: 'adset' as const,
    since: '2026-03-07',
    until: '2026-03-09',
    at: at(asked),
    rows: new Map(rows.map(([key, reach, frequency]) => [key, { reach, frequency }])),
    ...more,
  })
  const known = (...reach: AskedWindow[]) =>
    facts(
      dataset([row('a', '2026-03-08', { impressions: 90 })], {
        knowledge: { ...synced(['2026-03-01', '2026-03-10', '2026-03-10 13:55']), reach },
      }),
    )
  const ask = (given: Facts, key: string, measure: string, since = '2026-03-07', until = '2026-03-09') =>
    total(given, key, measure, since, until)

  it('are known only for the windows and levels that were read', () => {
    const now = known(window('2026-03-10 00:05', [['a', 50, 1.8]]))
    expect(ask(now, 'a', 'reach')).toBe(50)
    expect(ask(now, 'a', 'frequency')).toBe(1.8)
    const cause = (since: string) => `reach and frequency of ${since} to 2026-03-09 were not read from Meta`
    expect(reason(ask(now, 'a', 'reach', '2026-03-08'))).toBe(cause('2026-03-08'))
    expect(reason(ask(now, 'c', 'reach'))).toBe(cause('2026-03-07'))
    const above = known(
      window('2026-03-10 00:05', [['c', 60, 2]], { level: 'campaign' }),
      window('2026-03-10 00:05', [['act_1', 70, 3]], { level: 'account' }),
    )
    expect([ask(above, 'c', 'reach'), ask(above, 'moda-tr', 'frequency')]).toEqual([60, 3])
  })

  it('are zero without a row only if there were no impressions', () => {
    const now = known(window('2026-03-10 00:05', []))
    expect(reason(ask(now, 'a', 'reach'))).toBe('Meta returned no reach for this window')
    expect(ask(now, 'b', 'reach')).toBe(0)
    expect(reason(ask(now, 'b', 'frequency'))).toBe('nobody was reached')
    const without = known(window('2026-03-10 00:05', [['a', null, null]]))
    expect(reason(ask(without, 'a', 'reach'))).toBe('Meta returned no reach for this window')
    expect(ask(known(window('2026-03-10 00:05', [['a', 60, null]])), 'a', 'frequency')).toBe(1.5)
  })

  it('are unknown if they were read before the window ended, or too long ago for a window that includes today', () => {
    const early = known(window('2026-03-09 23:59', [['a', 50, 1.8]]))
    expect(reason(ask(early, 'a', 'reach'))).toContain('were read before 2026-03-09 ended')
    const today = (asked: string) => known(window(asked, [['a', 50, 1.8]], { until: '2026-03-10' }))
    expect(ask(today('2026-03-10 11:00'), 'a', 'reach', '2026-03-07', '2026-03-10')).toBe(50)
    expect(reason(ask(today('2026-03-10 10:59'), 'a', 'reach', '2026-03-07', '2026-03-10'))).toContain('181 minutes old')
  })

  it('are never known by the hour', () => {
    const now = known(window('2026-03-10 00:05', [['a', 50, 1.8]]))
    const hours = { from: at('2026-03-10 12:00'), to: at('2026-03-10 13:00') }
    const read = dataset([], {
      knowledge: {
        ...synced(['2026-03-01', '2026-03-10', '2026-03-10 13:55']),
        hours: [{ since: '2026-03-10', until: '2026-03-10', at: at('2026-03-10 13:55') }],
      },
    })
    expect(now.hourlyTotal(of(now, 'a'), 'reach', hours)).toBeInstanceOf(Unknown)
    const hourly = facts(read)
    expect(reason(hourly.hourlyTotal(of(hourly, 'a'), 'frequency', hours))).toContain('by whole days')
  })
})
