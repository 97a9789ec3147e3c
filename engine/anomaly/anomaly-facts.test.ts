import { describe, expect, it } from 'vitest'

import { dayNumberOf, isoDay } from '../clock/day.js'
import { HOUR } from '../clock/zone.js'
import { type DataRow, type DatasetEntity, type Knowledge } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { windowRange } from '../metric/window.js'
import { Unknown } from '../value/value.js'
import { anomalyFacts } from './anomaly-facts.js'
import type { ArrivedShare } from './lateness.js'

const ADSET: DatasetEntity = {
  scope: 'adset',
  key: 'A',
  id: 'A',
  name: 'A',
  campaign: null,
  adset: null,
  result: 'purchases',
  attributes: {},
}
const A: FactEntity = { scope: 'adset', key: 'A', id: 'A', name: 'A' }
const FIRST = '2026-01-01'
const day = (index: number): string => isoDay(dayNumberOf(FIRST) + index)
const instant = (index: number, hour: number): number => Date.parse(`${day(index)}T00:00:00Z`) + hour * HOUR
const wobble = (index: number): number => 1 + (((index * 7919) % 13) - 6) / 60

type Day = Partial<Record<'spend' | 'impressions' | 'clicks' | 'purchases', number>>
const row = (index: number, hour: number | null, measures: Day): DataRow => ({
  scope: 'adset',
  entity: 'A',
  since: day(index),
  until: day(index),
  hour,
  measures: { impressions: 1000, ...measures },
})

function facts(rows: readonly DataRow[], at: number, knowledge: Knowledge = { kind: 'file' }): Facts {
  const dataset = new Dataset({ entities: [ADSET], rows, knowledge, measures: null })
  const account = {
    name: 'a',
    id: null,
    currency: 'TRY',
    timezone: 'UTC',
    result: 'purchases',
    values: {},
  }
  return factsOf(dataset, { account, at, pace: HOUR })
}

const yesterday = windowRange({ kind: 'preset', preset: 'yesterday', offsetDays: 0 }, 0, 'UTC')
const ask = (of: Facts, metric: string, preset: 'yesterday' | 'today' | 'last_7d' | 'maximum', arrived?: ArrivedShare) => {
  const window = windowRange({ kind: 'preset', preset, offsetDays: 0 }, of.at, 'UTC')
  const estimates = anomalyFacts(of, arrived === undefined ? {} : { arrived })
  const reference = { metric, actionType: null }
  return { expected: estimates.expected(A, reference, window), anomaly: estimates.anomaly(A, reference, window) }
}
const days = (count: number, of: (index: number) => Day): DataRow[] =>
  Array.from({ length: count }, (_, index) => row(index, null, of(index)))

describe('a day that is over', () => {
  const of = (last: Day) => [...days(40, (index) => ({ spend: 10_000 * wobble(index) })), row(40, null, last)]

  it('has a score near zero if it is usual, with the expected value and a band', () => {
    const { expected, anomaly } = ask(facts(of({ spend: 10_000 }), instant(41, 9)), 'spend', 'yesterday')
    expect(expected.value).toBeGreaterThan(9_000)
    expect(expected.value).toBeLessThan(11_000)
    expect(Math.abs(anomaly.value as number)).toBeLessThan(2)
    expect(anomaly.detail).toMatchObject({ anomalyKind: null, expected: expected.value })
    expect(anomaly.detail!.bands![0]!.level).toBe(0.95)
  })

  it('is a spike with twice the usual spend, and a drop to zero with none', () => {
    const twice = ask(facts(of({ spend: 20_000 }), instant(41, 9)), 'spend', 'yesterday').anomaly
    expect(twice.value).toBeGreaterThan(3.5)
    expect(twice.detail!.anomalyKind).toBe('spike')
    const none = ask(facts(of({ spend: 0, impressions: 0 }), instant(41, 9)), 'spend', 'yesterday').anomaly
    expect(none.value).toBeLessThan(-3.5)
    expect(none.detail!.anomalyKind).toBe('zero')
  })

  it('is judged the same whatever comes after it', () => {
    const later = [...of({ spend: 20_000 }), row(41, null, { spend: 1 })]
    expect(ask(facts(later, instant(41, 9)), 'spend', 'yesterday')).toEqual(
      ask(facts(of({ spend: 20_000 }), instant(41, 9)), 'spend', 'yesterday'),
    )
  })

  it('is not judged against days without delivery', () => {
    const paused = days(40, (index) => (index % 3 === 0 ? { spend: 0, impressions: 0 } : { spend: 10_000 * wobble(index) }))
    const { expected } = ask(facts([...paused, row(40, null, { spend: 10_000 })], instant(41, 9)), 'spend', 'yesterday')
    expect(expected.value).toBeGreaterThan(9_000)
  })
})

it('in a file without impressions, days without spend count as days without delivery', () => {
  const bare = (index: number, spend: number): DataRow => ({ ...row(index, null, {}), measures: { spend } })
  const rows = Array.from({ length: 41 }, (_, index) => bare(index, index < 40 && index % 2 === 0 ? 0 : 10_000 * wobble(index)))
  const dataset = new Dataset({ entities: [ADSET], rows, knowledge: { kind: 'file' }, measures: new Set(['spend']) })
  const { account } = facts([], instant(41, 9))
  const { expected } = ask(factsOf(dataset, { account, at: instant(41, 9), pace: HOUR }), 'spend', 'yesterday')
  expect(expected.value).toBeGreaterThan(9_000)
})

describe('a window that cannot be judged', () => {
  it.each([
    ['a short history', 'yesterday', /too little history: 9 earlier/],
    ['a week over few weeks', 'last_7d', /too little history|no rows before/],
    ['a window without an end', 'maximum', /without an end/],
  ] as const)('%s is unknown and says so', (_, preset, reason) => {
    const { anomaly, expected } = ask(
      facts(
        days(10, () => ({ spend: 100 })),
        instant(10, 9),
      ),
      'spend',
      preset,
    )
    expect((anomaly.value as Unknown).reason).toMatch(reason)
    expect(expected.value).toBeInstanceOf(Unknown)
    expect(yesterday.kind).toBe('days')
  })
})

describe('today so far', () => {
  // Most of a day's spend comes in the evening.
  const hourly = (index: number, hours: number, factor = 1): DataRow[] =>
    Array.from({ length: hours }, (_, hour) =>
      row(index, hour, { spend: factor * (hour < 18 ? 100 : 3000) * wobble(index + hour) }),
    )
  const past = Array.from({ length: 40 }, (_, index) => hourly(index, 24)).flat()
  const synced = (at: number): Knowledge => ({ kind: 'synced', days: [], hours: [{ since: day(0), until: day(40), at }] })
  const at = instant(40, 12)

  it('is compared with the same hours of earlier days and not with whole days', () => {
    const { expected, anomaly } = ask(facts([...past, ...hourly(40, 12)], at, synced(at)), 'spend', 'today')
    expect(expected.value).toBeGreaterThan(1_100)
    expect(expected.value).toBeLessThan(1_300)
    expect(Math.abs(anomaly.value as number)).toBeLessThan(2.5)
  })

  it('is an anomaly by noon if three times as much was spent', () => {
    const { anomaly } = ask(facts([...past, ...hourly(40, 12, 3)], at, synced(at)), 'spend', 'today')
    expect(anomaly.value).toBeGreaterThan(3.5)
  })

  it('does not show a drop of late conversions, even if it is known how much of a whole day has arrived at its end', () => {
    const hours = (index: number, count: number, purchases: number): DataRow[] =>
      Array.from({ length: count }, (_, hour) => row(index, hour, { spend: 1_000, purchases }))
    const before = Array.from({ length: 40 }, (_, index) => hours(index, 24, 4 + (index % 3))).flat()
    const of = (purchases: number) =>
      ask(facts([...before, ...hours(40, 12, purchases)], at, synced(at)), 'purchases', 'today', () => 0.9).anomaly.value
    // Nine in ten of a whole day's purchases have arrived by midnight, but only four in ten of this morning's by noon.
    expect((of(2) as Unknown).reason).toMatch(/may still come in/)
    expect(of(15)).toBeGreaterThan(3.5)
  })

  it('is unknown before its first hour is over', () => {
    const early = instant(40, 0) + 60_000
    const { anomaly } = ask(facts(past, early, synced(early)), 'spend', 'today')
    expect((anomaly.value as Unknown).reason).toMatch(/only begun/)
  })
})

describe('late conversions', () => {
  const rows = [
    ...days(40, (index) => ({ spend: 1000, purchases: Math.round(40 * wobble(index)) })),
    row(40, null, { spend: 1000, purchases: 8 }),
  ]

  it('are not a drop while more may still come in', () => {
    const { anomaly } = ask(facts(rows, instant(41, 1)), 'purchases', 'yesterday')
    expect((anomaly.value as Unknown).reason).toMatch(/may still come in/)
  })

  it('are compared with the share that has usually arrived by then, if that is known', () => {
    const usual = ask(facts(rows, instant(41, 1)), 'purchases', 'yesterday', () => 0.2)
    expect(Math.abs(usual.anomaly.value as number)).toBeLessThan(2.5)
    expect(usual.expected.value).toBeCloseTo(8, 0)
    expect(ask(facts(rows, instant(41, 1)), 'purchases', 'yesterday', () => 0.8).anomaly.value).toBeLessThan(-3.5)
  })

  it('are a drop once the count has settled', () => {
    const window = { kind: 'days', days: { since: day(40), until: day(40) } } as const
    const of = facts([...rows, ...days(4, () => ({})).map((_, index) => row(41 + index, null, { spend: 1000 }))], instant(44, 12))
    expect(anomalyFacts(of).anomaly(A, { metric: 'purchases', actionType: null }, window).value).toBeLessThan(-3.5)
  })

  it('do not make costs look high', () => {
    expect((ask(facts(rows, instant(41, 1)), 'cpa', 'yesterday').anomaly.value as Unknown).reason).toMatch(/may still come in/)
  })
})

describe('ratios', () => {
  const of = (last: Day) => [
    ...days(40, (index) => ({ spend: 10_000, clicks: Math.round(200 * wobble(index)) })),
    row(40, null, last),
  ]

  it('have as expected value the ratio of the expected parts', () => {
    const { expected, anomaly } = ask(facts(of({ spend: 20_000, clicks: 400 }), instant(41, 9)), 'cpc', 'yesterday')
    expect(expected.value).toBeCloseTo(50, -1)
    expect(Math.abs(anomaly.value as number)).toBeLessThan(1)
  })

  it('of small counts vary by chance: two results instead of four are not an anomaly', () => {
    const rows = [
      ...days(40, (index) => ({ spend: 10_000, purchases: 3 + (index % 3) })),
      row(40, null, { spend: 10_000, purchases: 2 }),
    ]
    const window = { kind: 'days', days: { since: day(40), until: day(40) } } as const
    const settled = facts([...rows, row(45, null, { spend: 1 })], instant(45, 9))
    const { value } = anomalyFacts(settled).anomaly(A, { metric: 'cpa', actionType: null }, window)
    expect(value).toBeGreaterThan(0)
    expect(value).toBeLessThan(2)
  })

  it('with a denominator of zero are as unusual as the zero is', () => {
    const rows = [
      ...days(40, (index) => ({ spend: 10_000, purchases: 20 + (index % 3) })),
      row(40, null, { spend: 10_000, purchases: 0 }),
    ]
    const window = { kind: 'days', days: { since: day(40), until: day(40) } } as const
    const settled = facts([...rows, row(45, null, { spend: 1 })], instant(45, 9))
    expect(anomalyFacts(settled).anomaly(A, { metric: 'cpa', actionType: null }, window).value).toBeGreaterThan(3.5)
  })
})
