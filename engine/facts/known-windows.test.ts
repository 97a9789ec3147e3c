import { describe, expect, it } from 'vitest'

import { account, at, dataset, facts, HOUR, of, reason, row, synced, total } from '../../test/support/facts.js'
import { Unknown, type Value } from '../value/value.js'
import type { Knowledge } from './dataset-source.js'
import { factsOf } from './facts-of-dataset.js'

describe('facts of syncs', () => {
  const rows = [row('a', '2026-03-09', { spend: 5 }), row('a', '2026-03-10', { spend: 1 })]
  const read = (knowledge: Knowledge, since: string, until: string, now = '2026-03-10 14:00', pace = HOUR): Value =>
    total(facts(dataset(rows, { knowledge }), now, pace), 'a', 'spend', since, until)

  it('are zero for a day without rows that a sync covers, and unknown for a day that none covers', () => {
    const knowledge = synced(['2026-03-07', '2026-03-10', '2026-03-10 13:55'])
    expect(read(knowledge, '2026-03-07', '2026-03-10')).toBe(6)
    expect(read(knowledge, '2026-03-08', '2026-03-08')).toBe(0)
    expect(reason(read(knowledge, '2026-03-06', '2026-03-08'))).toBe('2026-03-06 was not read from Meta')
  })

  it('are unknown for today once the last sync is older than twice the rule’s pace plus one hour', () => {
    const knowledge = synced(['2026-03-07', '2026-03-10', '2026-03-10 11:00'])
    expect(read(knowledge, '2026-03-10', '2026-03-10', '2026-03-10 14:00')).toBe(1)
    expect(reason(read(knowledge, '2026-03-10', '2026-03-10', '2026-03-10 14:01'))).toContain('181 minutes old')
    expect(read(knowledge, '2026-03-10', '2026-03-10', '2026-03-10 14:01', 2 * HOUR)).toBe(1)
    expect(read(knowledge, '2026-03-09', '2026-03-09', '2026-03-10 23:00')).toBe(5)
  })

  it('are unknown for a past day until a sync has followed its end', () => {
    const before = synced(['2026-03-07', '2026-03-09', '2026-03-09 23:59'])
    expect(reason(read(before, '2026-03-09', '2026-03-09', '2026-03-10 00:05'))).toBe(
      'no successful sync followed the end of 2026-03-09',
    )
    const after = synced(['2026-03-07', '2026-03-09', '2026-03-10 00:01'])
    expect(read(after, '2026-03-09', '2026-03-09', '2026-03-10 00:05')).toBe(5)
    expect(read(after, '2026-03-09', '2026-03-09', '2026-03-10 00:00')).toBeInstanceOf(Unknown)
  })

  it('are known for the hours that a sync read after they ended', () => {
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

describe('hourly facts when the clock changes', () => {
  const NEW_YORK = 'America/New_York'
  const sumOf = (day: string, hours: readonly number[], from: string, count: number): Value => {
    const knowledge: Knowledge = { kind: 'synced', days: [], hours: [{ since: day, until: day, at: Date.parse('2027-01-01') }] }
    const rows = hours.map((hour) => row('a', day, { spend: 2 ** hour }, { hour }))
    const own = { ...account, timezone: NEW_YORK }
    const now = factsOf(dataset(rows, { knowledge }), { account: own, at: Date.parse('2027-01-01'), pace: HOUR })
    const start = Date.parse(from)
    return now.hourlyTotal(of(now, 'a'), 'spend', { from: start, to: start + count * HOUR })
  }

  it('leave out the hour that the clock skips', () => {
    // 2026-03-08 has no two o'clock: three follows one.
    expect(sumOf('2026-03-08', [0, 1, 3, 4], '2026-03-08T01:00:00-05:00', 2)).toBe(2 + 8)
    expect(sumOf('2026-03-08', [0, 1, 3, 4], '2026-03-08T00:00:00-05:00', 4)).toBe(1 + 2 + 8 + 16)
    expect(sumOf('2026-03-08', [0, 1, 3, 4], '2026-03-08T03:00:00-04:00', 2)).toBe(8 + 16)
  })

  it('include an hour that the clock shows twice, and are unknown if the window contains only one of the two', () => {
    const sum = (from: string, count: number) => sumOf('2026-11-01', [0, 1, 2, 3], from, count)
    expect(sum('2026-11-01T00:00:00-04:00', 4)).toBe(1 + 2 + 4)
    expect(sum('2026-11-01T01:00:00-04:00', 2)).toBe(2)
    expect(sum('2026-11-01T02:00:00-05:00', 2)).toBe(4 + 8)
    expect(sum('2026-11-01T00:00:00-04:00', 1)).toBe(1)
    // Only the first of the two, only the second, and the second with the hours after it.
    expect(sum('2026-11-01T00:00:00-04:00', 2)).toBeInstanceOf(Unknown)
    expect(sum('2026-11-01T01:00:00-05:00', 1)).toBeInstanceOf(Unknown)
    expect(sum('2026-11-01T01:00:00-05:00', 3)).toBeInstanceOf(Unknown)
  })
})
