import { describe, expect, it } from 'vitest'

import { at, dataset, entity, facts, HOUR, of, reason, row, total } from '../../test/support/facts.js'
import { Unknown } from '../value/value.js'

describe('facts of a file', () => {
  const data = dataset([
    row('a', '2026-03-05', { spend: 100, purchases: 1 }),
    row('a', '2026-03-07', { spend: 30 }),
    row('a', '2026-03-07', { spend: 12 }),
    row('b', '2026-03-09', { spend: 5, purchases: 2 }),
  ])

  it('add up the rows of an entity and of everything under it', () => {
    const now = facts(data)
    expect(total(now, 'a', 'spend', '2026-03-07')).toBe(42)
    expect(total(now, 'a', 'spend', '2026-03-05', '2026-03-09')).toBe(142)
    expect(total(now, 'c', 'spend', '2026-03-05', '2026-03-09')).toBe(147)
    expect(total(now, 'moda-tr', 'spend', '2026-03-05', '2026-03-09')).toBe(147)
  })

  it('count a day without a row as zero between the first and the last day of the file, for every entity', () => {
    expect(total(facts(data), 'b', 'spend', '2026-03-05', '2026-03-08')).toBe(0)
    expect(total(facts(data), 'a', 'purchases', '2026-03-06', '2026-03-09')).toBe(0)
  })

  it('are unknown for a window that begins before the first or ends after the last day of the file', () => {
    expect(reason(total(facts(data), 'a', 'spend', '2026-03-04', '2026-03-07'))).toBe('no rows before 2026-03-05')
    expect(reason(total(facts(data), 'a', 'spend', '2026-03-08', '2026-03-10'))).toBe('no rows after 2026-03-09')
  })

  it('at an earlier moment do not include later days, neither in a window nor in `maximum`', () => {
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

  it('are unknown by the hour', () => {
    const now = facts(data)
    const hours = { from: at('2026-03-09 10:00'), to: at('2026-03-09 12:00') }
    expect(reason(now.hourlyTotal(of(now, 'a'), 'spend', hours))).toBe('there are only daily rows')
  })

  it('are known only for `maximum` if the file has no dates', () => {
    const now = facts(dataset([row('a', null, { spend: 7 }), row('a', null, { spend: 3 })], { knowledge: { kind: 'undated' } }))
    expect(now.lifetimeTotal(of(now, 'a'), 'spend')).toBe(10)
    expect(total(now, 'a', 'spend', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(now.knownDays()).toBeNull()
  })

  it('are unknown for a measure that the file lacks, and for a window that covers only part of a row', () => {
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

  it('are unknown for every sum that includes a row without a value', () => {
    const now = facts(dataset([row('a', '2026-03-08', { spend: null }), row('b', '2026-03-09', { spend: 4 })]))
    expect(total(now, 'a', 'spend', '2026-03-08')).toBeInstanceOf(Unknown)
    expect(total(now, 'c', 'spend', '2026-03-08', '2026-03-09')).toBeInstanceOf(Unknown)
    expect(total(now, 'c', 'spend', '2026-03-09')).toBe(4)
  })
})

describe('attributes', () => {
  it('have the value of the moment, and are unknown if the data has none', () => {
    const entities = [
      entity('adset', 'a', {
        attributes: { daily_budget: 5000 },
        since: { age: at('2026-03-10 12:00') },
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
