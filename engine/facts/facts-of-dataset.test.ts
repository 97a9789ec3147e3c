import { describe, expect, it } from 'vitest'

import { parseTime } from '../clock/written-time.js'
import { Unknown, type Value } from '../value/value.js'
import { type AskedWindow, type DataRow, type DatasetEntity, type DatasetSource, type Knowledge } from './dataset-source.js'
import { Dataset } from './dataset.js'
import { factsOf } from './facts-of-dataset.js'
import type { FactAccount, Facts } from './facts.js'

const HOUR = 3_600_000
const ZONE = 'Europe/Istanbul'
const account: FactAccount = { name: 'moda-tr', id: 'act_1', currency: 'TRY', timezone: ZONE, result: 'purchases', values: {} }

const entity = (scope: DatasetEntity['scope'], key: string, more: Partial<DatasetEntity> = {}): DatasetEntity => ({
  scope,
  key,
  id: key,
  name: `name of ${key}`,
  campaign: null,
  adset: null,
  result: null,
  attributes: {},
  ...more,
})

const row = (key: string, day: string | null, measures: DataRow['measures'], more: Partial<DataRow> = {}): DataRow => ({
  scope: 'adset',
  entity: key,
  since: day,
  until: day,
  hour: null,
  measures,
  ...more,
})

const ENTITIES = [entity('campaign', 'c'), entity('adset', 'a', { campaign: 'c' }), entity('adset', 'b', { campaign: 'c' })]

function dataset(rows: DataRow[], more: Partial<DatasetSource> = {}): Dataset {
  return new Dataset({ entities: ENTITIES, rows, knowledge: { kind: 'file' }, measures: null, ...more })
}

const facts = (data: Dataset, at = '2026-03-10 14:00', pace = HOUR, own: FactAccount = account): Facts =>
  factsOf(data, { account: own, at: parseTime(at, ZONE)!, pace })

const of = (given: Facts, key: string) =>
  [...given.entities('campaign'), ...given.entities('adset'), ...given.entities('account')].find((one) => one.key === key)!
const total = (given: Facts, key: string, measure: string, since: string, until = since): Value =>
  given.total(of(given, key), measure, { since, until })
const reason = (value: Value): string | null => (value instanceof Unknown ? value.reason : null)

describe('facts of a file', () => {
  const data = dataset([
    row('a', '2026-03-05', { spend: 100, purchases: 1 }),
    row('a', '2026-03-07', { spend: 30 }),
    row('a', '2026-03-07', { spend: 12 }),
    row('b', '2026-03-09', { spend: 5, purchases: 2 }),
  ])

  it('add up the rows of an entity and day, and of all that is under an entity', () => {
    const now = facts(data)
    expect(total(now, 'a', 'spend', '2026-03-07')).toBe(42)
    expect(total(now, 'a', 'spend', '2026-03-05', '2026-03-09')).toBe(142)
    expect(total(now, 'c', 'spend', '2026-03-05', '2026-03-09')).toBe(147)
    expect(total(now, 'moda-tr', 'spend', '2026-03-05', '2026-03-09')).toBe(147)
  })

  it('take a day without a row for zero within the days of the file, for every entity', () => {
    expect(total(facts(data), 'b', 'spend', '2026-03-05', '2026-03-08')).toBe(0)
    expect(total(facts(data), 'a', 'purchases', '2026-03-06', '2026-03-09')).toBe(0)
  })

  it('know nothing outside of the file, and a window not at all where a part is not known', () => {
    expect(reason(total(facts(data), 'a', 'spend', '2026-03-04', '2026-03-07'))).toBe('no rows before 2026-03-05')
    expect(reason(total(facts(data), 'a', 'spend', '2026-03-08', '2026-03-10'))).toBe('no rows after 2026-03-09')
  })

  it('know a day from that day on, and `maximum` is all that is known by then', () => {
    const early = facts(data, '2026-03-07 00:00')
    expect(total(early, 'a', 'spend', '2026-03-05', '2026-03-07')).toBe(142)
    expect(total(early, 'a', 'spend', '2026-03-07', '2026-03-08')).toBeInstanceOf(Unknown)
    expect(early.lifetimeTotal(of(early, 'c'), 'spend')).toBe(142)
    expect(early.knownDays()).toEqual({ since: '2026-03-05', until: '2026-03-07' })
    expect(facts(data).lifetimeTotal(of(facts(data), 'c'), 'spend')).toBe(147)
    const before = facts(data, '2026-03-04 23:59')
    expect(before.knownDays()).toBeNull()
    expect(before.lifetimeTotal(of(before, 'a'), 'spend')).toBeInstanceOf(Unknown)
  })

  it('have no hours', () => {
    const now = facts(data)
    const hours = { from: parseTime('2026-03-09 10:00', ZONE)!, to: parseTime('2026-03-09 12:00', ZONE)! }
    expect(reason(now.hourlyTotal(of(now, 'a'), 'spend', hours))).toBe('there are only daily rows')
  })

  it('know only `maximum` where the file has no dates', () => {
    const now = facts(dataset([row('a', null, { spend: 7 }), row('a', null, { spend: 3 })], { knowledge: { kind: 'undated' } }))
    expect(now.lifetimeTotal(of(now, 'a'), 'spend')).toBe(10)
    expect(total(now, 'a', 'spend', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(now.knownDays()).toBeNull()
  })

  it('do not know a measure that the file lacks, nor a window that a longer row reaches out of', () => {
    const now = facts(
      dataset([row('a', '2026-03-01', { spend: 9 }, { until: '2026-03-07' }), row('b', '2026-03-09', { spend: 1 })], {
        measures: new Set(['spend']),
      }),
    )
    expect(reason(total(now, 'a', 'leads', '2026-03-09'))).toBe('the data has no `leads`')
    expect(total(now, 'a', 'spend', '2026-03-01', '2026-03-07')).toBe(9)
    expect(total(now, 'a', 'spend', '2026-03-02', '2026-03-08')).toBeInstanceOf(Unknown)
    expect(total(now, 'b', 'spend', '2026-03-02', '2026-03-09')).toBe(1)
    expect(total(now, 'c', 'spend', '2026-03-02', '2026-03-09')).toBeInstanceOf(Unknown)
  })

  it('carry a value that is not known into every sum it would be part of', () => {
    const now = facts(dataset([row('a', '2026-03-08', { spend: null }), row('b', '2026-03-09', { spend: 4 })]))
    expect(total(now, 'a', 'spend', '2026-03-08')).toBeInstanceOf(Unknown)
    expect(total(now, 'c', 'spend', '2026-03-08', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(total(now, 'c', 'spend', '2026-03-09')).toBe(4)
  })
})

describe('results', () => {
  const goals = [
    entity('campaign', 'c'),
    entity('adset', 'a', { campaign: 'c', result: 'leads' }),
    entity('adset', 'b', { campaign: 'c' }),
  ]
  const rows = [row('a', '2026-03-08', { leads: 3, purchases: 9 }), row('b', '2026-03-09', { purchases: 2, leads: 7 })]
  const now = facts(dataset(rows, { entities: goals }))

  it('are what the ad set optimises for, else what the account names', () => {
    expect(total(now, 'a', 'results', '2026-03-08', '2026-03-09')).toBe(3)
    expect(total(now, 'b', 'results', '2026-03-08', '2026-03-09')).toBe(2)
    const other = facts(dataset(rows, { entities: goals }), undefined, HOUR, { ...account, result: 'leads' })
    expect(total(other, 'c', 'results', '2026-03-08', '2026-03-09')).toBe(10)
  })

  it('of different goals are unknown together, unless only one of them had a row in the window', () => {
    expect(total(now, 'c', 'results', '2026-03-08', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(total(now, 'c', 'results', '2026-03-08')).toBe(3)
    expect(total(now, 'moda-tr', 'results', '2026-03-09')).toBe(2)
  })
})

describe('what does not add up', () => {
  const now = facts(
    dataset([
      row('a', '2026-03-08', { reach: 50, impressions: 100 }),
      row('a', '2026-03-09', { reach: 20, impressions: 30 }),
      row('b', '2026-03-07', { reach: 0, impressions: 0 }),
    ]),
  )

  it('is known where a single row covers the window, else unknown', () => {
    expect(total(now, 'a', 'reach', '2026-03-08')).toBe(50)
    expect(total(now, 'a', 'frequency', '2026-03-08')).toBe(2)
    expect(total(now, 'a', 'reach', '2026-03-08', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(total(now, 'b', 'frequency', '2026-03-07')).toBeInstanceOf(Unknown)
  })
})

describe('facts of syncs', () => {
  const at = (text: string): number => parseTime(text, ZONE)!
  const synced = (...times: [since: string, until: string, at: string][]): Knowledge => ({
    kind: 'synced',
    days: times.map(([since, until, time]) => ({ since, until, at: at(time) })),
    hours: [],
  })
  const rows = [row('a', '2026-03-09', { spend: 5 }), row('a', '2026-03-10', { spend: 1 })]
  const read = (knowledge: Knowledge, since: string, until: string, now = '2026-03-10 14:00', pace = HOUR): Value =>
    total(facts(dataset(rows, { knowledge }), now, pace), 'a', 'spend', since, until)

  it('know a day without rows as zero where a sync asked for it, and not at all where none did', () => {
    const knowledge = synced(['2026-03-07', '2026-03-10', '2026-03-10 13:55'])
    expect(read(knowledge, '2026-03-07', '2026-03-10')).toBe(6)
    expect(read(knowledge, '2026-03-08', '2026-03-08')).toBe(0)
    expect(reason(read(knowledge, '2026-03-06', '2026-03-08'))).toBe('2026-03-06 was not read from Meta')
  })

  it('let today be unknown once the last sync is older than twice the rule’s pace and an hour', () => {
    const knowledge = synced(['2026-03-07', '2026-03-10', '2026-03-10 11:00'])
    expect(read(knowledge, '2026-03-10', '2026-03-10', '2026-03-10 14:00')).toBe(1)
    expect(reason(read(knowledge, '2026-03-10', '2026-03-10', '2026-03-10 14:01'))).toContain('181 minutes old')
    expect(read(knowledge, '2026-03-10', '2026-03-10', '2026-03-10 14:01', 2 * HOUR)).toBe(1)
    expect(read(knowledge, '2026-03-09', '2026-03-09', '2026-03-10 23:00')).toBe(5)
  })

  it('let a day that ended be unknown until a sync followed its end', () => {
    const before = synced(['2026-03-07', '2026-03-09', '2026-03-09 23:59'])
    expect(reason(read(before, '2026-03-09', '2026-03-09', '2026-03-10 00:05'))).toBe(
      'no successful sync followed the end of 2026-03-09',
    )
    const after = synced(['2026-03-07', '2026-03-09', '2026-03-10 00:01'])
    expect(read(after, '2026-03-09', '2026-03-09', '2026-03-10 00:05')).toBe(5)
    expect(read(after, '2026-03-09', '2026-03-09', '2026-03-10 00:00')).toBeInstanceOf(Unknown)
  })

  describe('of reach and frequency', () => {
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
          knowledge: { ...synced(['2026-03-01', '2026-03-10', '2026-03-10 13:55']), reach } as Knowledge,
        }),
      )
    const ask = (given: Facts, key: string, measure: string, since = '2026-03-07', until = '2026-03-09') =>
      total(given, key, measure, since, until)

    it('know the window that was read, of what it was read for, and no other', () => {
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

    it('take no row for zero only where nothing was shown', () => {
      const now = known(window('2026-03-10 00:05', []))
      expect(reason(ask(now, 'a', 'reach'))).toBe('Meta returned no reach for this window')
      expect(ask(now, 'b', 'reach')).toBe(0)
      expect(reason(ask(now, 'b', 'frequency'))).toBe('nobody was reached')
      const without = known(window('2026-03-10 00:05', [['a', null, null]]))
      expect(reason(ask(without, 'a', 'reach'))).toBe('Meta returned no reach for this window')
      expect(ask(known(window('2026-03-10 00:05', [['a', 60, null]])), 'a', 'frequency')).toBe(1.5)
    })

    it('let a window be unknown that was read before it ended, or too long ago where it has today', () => {
      const early = known(window('2026-03-09 23:59', [['a', 50, 1.8]]))
      expect(reason(ask(early, 'a', 'reach'))).toContain('were read before 2026-03-09 ended')
      const today = (asked: string) => known(window(asked, [['a', 50, 1.8]], { until: '2026-03-10' }))
      expect(ask(today('2026-03-10 11:00'), 'a', 'reach', '2026-03-07', '2026-03-10')).toBe(50)
      expect(reason(ask(today('2026-03-10 10:59'), 'a', 'reach', '2026-03-07', '2026-03-10'))).toContain('181 minutes old')
    })

    it('never know those of hours', () => {
      const now = known(window('2026-03-10 00:05', [['a', 50, 1.8]]))
      const hours = { from: at('2026-03-10 12:00'), to: at('2026-03-10 13:00') }
      const read = dataset([], {
        knowledge: {
          ...(synced(['2026-03-01', '2026-03-10', '2026-03-10 13:55']) as object),
          hours: [{ since: '2026-03-10', until: '2026-03-10', at: at('2026-03-10 13:55') }],
        } as unknown as Knowledge,
      })
      expect(now.hourlyTotal(of(now, 'a'), 'reach', hours)).toBeInstanceOf(Unknown)
      const hourly = facts(read)
      expect(reason(hourly.hourlyTotal(of(hourly, 'a'), 'frequency', hours))).toContain('by whole days')
    })
  })

  it('know the hours that a sync read after their end', () => {
    const hours = [9, 10, 11].map((hour) => row('a', '2026-03-10', { spend: hour }, { hour }))
    const knowledge: Knowledge = {
      kind: 'synced',
      days: [],
      hours: [{ since: '2026-03-10', until: '2026-03-10', at: at('2026-03-10 12:00') }],
    }
    const now = facts(dataset(hours, { knowledge }), '2026-03-10 12:10')
    const sum = (from: string, to: string): Value => now.hourlyTotal(of(now, 'a'), 'spend', { from: at(from), to: at(to) })
    expect(sum('2026-03-10 08:00', '2026-03-10 12:00')).toBe(30)
    expect(sum('2026-03-10 12:00', '2026-03-10 13:00')).toBeInstanceOf(Unknown)
    expect(sum('2026-03-09 23:00', '2026-03-10 01:00')).toBeInstanceOf(Unknown)
  })
})

describe('hours at a change of the clock', () => {
  const NEW_YORK = 'America/New_York'
  const sumOf = (day: string, hours: readonly number[], from: string, count: number): Value => {
    const knowledge: Knowledge = { kind: 'synced', days: [], hours: [{ since: day, until: day, at: Date.parse('2027-01-01') }] }
    const rows = hours.map((hour) => row('a', day, { spend: 2 ** hour }, { hour }))
    const own = { ...account, timezone: NEW_YORK }
    const now = factsOf(dataset(rows, { knowledge }), { account: own, at: Date.parse('2027-01-01'), pace: HOUR })
    const start = Date.parse(from)
    return now.hourlyTotal(of(now, 'a'), 'spend', { from: start, to: start + count * HOUR })
  }

  it('leave out the one that the clock skips', () => {
    // 2026-03-08 has no two o'clock: one and three are neighbours.
    expect(sumOf('2026-03-08', [0, 1, 3, 4], '2026-03-08T01:00:00-05:00', 2)).toBe(2 + 8)
    expect(sumOf('2026-03-08', [0, 1, 3, 4], '2026-03-08T00:00:00-05:00', 4)).toBe(1 + 2 + 8 + 16)
    expect(sumOf('2026-03-08', [0, 1, 3, 4], '2026-03-08T03:00:00-04:00', 2)).toBe(8 + 16)
  })

  it('count the one that the clock shows twice as a whole, or not at all', () => {
    const sum = (from: string, count: number) => sumOf('2026-11-01', [0, 1, 2, 3], from, count)
    expect(sum('2026-11-01T00:00:00-04:00', 4)).toBe(1 + 2 + 4)
    expect(sum('2026-11-01T01:00:00-04:00', 2)).toBe(2)
    expect(sum('2026-11-01T02:00:00-05:00', 2)).toBe(4 + 8)
    expect(sum('2026-11-01T00:00:00-04:00', 1)).toBe(1)
    // The first of the two alone, the second alone, and the second with what follows.
    expect(sum('2026-11-01T00:00:00-04:00', 2)).toBeInstanceOf(Unknown)
    expect(sum('2026-11-01T01:00:00-05:00', 1)).toBeInstanceOf(Unknown)
    expect(sum('2026-11-01T01:00:00-05:00', 3)).toBeInstanceOf(Unknown)
  })
})

describe('attributes', () => {
  it('are known as of the moment, and unknown where the data has none', () => {
    const entities = [
      entity('adset', 'a', {
        attributes: { daily_budget: 5000 },
        since: { age: parseTime('2026-03-10 12:00', ZONE)! },
        history: {
          effective_status: [
            { day: '2026-03-09', value: 'PAUSED' },
            { day: '2026-03-05', value: 'ACTIVE' },
          ],
        },
      }),
    ]
    const data = dataset([row('a', '2026-03-05', { spend: 1 })], { entities })
    const now = facts(data)
    expect(now.attribute(of(now, 'a'), 'daily_budget')).toBe(5000)
    expect(now.attribute(of(now, 'a'), 'age')).toBe(2 * HOUR)
    expect(now.attribute(of(now, 'a'), 'effective_status')).toBe('PAUSED')
    const early = facts(data, '2026-03-08')
    expect(early.attribute(of(early, 'a'), 'effective_status')).toBe('ACTIVE')
    expect(now.attribute(of(now, 'a'), 'learning')).toBeInstanceOf(Unknown)
    expect(now.owner(of(now, 'a'), 'campaign')).toBeNull()
    expect(now.owner(of(now, 'a'), 'account')?.name).toBe('moda-tr')
  })
})
