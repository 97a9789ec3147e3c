import { describe, expect, it } from 'vitest'

import { addDays, HOUR, startOfDay } from '../clock/zone.js'
import { type DataRow, type DatasetEntity } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import { accountAnomalies, type AccountVerdict } from './account-anomalies.js'
import { anomalyKey, keyOnDay } from './account-anomaly.js'

const [TODAY, ZONE, DAYS] = ['2026-03-19', 'Europe/Istanbul', 70]
const ADSETS = { a1: 60_000, a2: 50_000, b1: 50_000, b2: 30_000, c1: 20_000 }

interface Account {
  /** Spend of an ad set as a multiple of its usual spend; `back` counts days back from today. */
  readonly share?: (adset: string, back: number) => number
  /** Price of impressions as a multiple of the usual price. */
  readonly price?: (adset: string, back: number) => number
  /** How many hours of today are synced; null if hourly data is never read. */
  readonly hours?: number | null
}

function verdictOf({ share = () => 1, price = () => 1, hours = null }: Account): AccountVerdict {
  const of = (scope: 'campaign' | 'adset', key: string): DatasetEntity => ({
    scope,
    key,
    id: key,
    name: key,
    campaign: scope === 'campaign' ? null : key[0]!,
    adset: null,
    result: scope === 'campaign' ? null : 'purchases',
    attributes: { delivering: true },
  })
  const entities = [...['a', 'b', 'c'].map((key) => of('campaign', key)), ...Object.keys(ADSETS).map((key) => of('adset', key))]
  const rows: DataRow[] = []
  for (const [index, [entity, budget]] of Object.entries(ADSETS).entries())
    for (let back = 0; back <= DAYS; back++) {
      const day = addDays(TODAY, -back)
      const usual = budget * (1 + (((back * 7919 + index * 31) % 13) - 6) / 120)
      const row = (spend: number, hour: number | null): void => {
        const impressions = Math.round(spend / 10 / price(entity, back))
        const measures = { spend: Math.round(spend), impressions, clicks: Math.round(impressions / 50), purchases: 0 }
        rows.push({ scope: 'adset', entity, since: day, until: day, hour, measures })
      }
      if (back > 0) row(usual * share(entity, back), null)
      for (let hour = 0; hour < (hours === null ? 0 : back > 0 ? 24 : hours); hour++)
        row((usual * share(entity, back)) / 24, hour)
    }
  const at = startOfDay(TODAY, ZONE) + 12 * HOUR + 600_000
  const since = addDays(TODAY, -DAYS)
  const known = [{ since, until: TODAY, at }]
  const readAt = startOfDay(TODAY, ZONE) + (hours ?? 0) * HOUR
  const knowledge = { kind: 'synced', days: known, hours: hours === null ? [] : [{ since, until: TODAY, at: readAt }] } as const
  const dataset = new Dataset({ entities, rows, knowledge, measures: null })
  const account = { name: 'x', id: null, currency: 'TRY', timezone: ZONE, result: 'purchases', values: {} }
  const search = accountAnomalies(factsOf(dataset, { account, at, pace: HOUR }))
  for (;;) {
    const step = search.next()
    if (step.done) return step.value
  }
}

const causes = ({ anomalies }: AccountVerdict, metric: string): Record<string, string | null> =>
  Object.fromEntries(
    anomalies.filter((one) => one.metric === metric).map(({ entity, direction, cause }) => [`${entity.key} ${direction}`, cause]),
  )

describe('the cause of an anomaly', () => {
  it('does not exist if nothing is unusual', () => {
    expect(verdictOf({ hours: 12 }).anomalies).toEqual([])
  })

  it('is the account if all of it falls: an unpaid bill is one anomaly and not nine', () => {
    expect(causes(verdictOf({ share: (_, back) => (back === 1 ? 0.5 : 1) }), 'spend')).toEqual({
      'x down': null,
      'a down': 'account x spend down',
      'b down': 'account x spend down',
      'c down': 'account x spend down',
      'a1 down': 'campaign a spend down',
      'a2 down': 'campaign a spend down',
      'b1 down': 'campaign b spend down',
      'b2 down': 'campaign b spend down',
      'c1 down': 'campaign c spend down',
    })
  })

  it('is the campaign if all of that campaign falls, and nothing else', () => {
    expect(causes(verdictOf({ share: (adset, back) => (adset.startsWith('a') && back === 1 ? 0 : 1) }), 'spend')).toEqual({
      'x down': 'campaign a spend down',
      'a down': null,
      'a1 down': 'campaign a spend down',
      'a2 down': 'campaign a spend down',
    })
  })

  it('is the account if impressions cost more everywhere', () => {
    const costlier = verdictOf({ price: (_, back) => (back === 1 ? 2 : 1) })
    expect(causes(costlier, 'cpm')).toEqual({
      'x up': null,
      'a up': 'account x cpm up',
      'b up': 'account x cpm up',
      'c up': 'account x cpm up',
    })
  })

  it('leads in a few steps to an anomaly without a cause, never in a cycle', () => {
    const shares = [(back: number) => (back === 1 ? 0.4 : 1), (back: number) => (back === 1 ? 2.5 : 1), () => 1]
    for (const a of shares)
      for (const b of shares) {
        const { anomalies } = verdictOf({
          share: (adset, back) => (adset.startsWith('a') ? a : b)(back),
          price: (_, back) => a(back),
        })
        const all = new Map(
          anomalies.map((one) => [anomalyKey(one.entity.scope, one.entity.key, one.metric, one.direction), one]),
        )
        for (const anomaly of anomalies) {
          let steps = 0
          for (let one = anomaly; one.cause !== null; one = all.get(one.cause)!) expect(++steps).toBeLessThan(10)
        }
      }
  })
})

describe('a level that changed', () => {
  it.each([0.6, 1.6])('to %f is reported in its direction only, until it is the usual level', (level) => {
    const [way, other] = level < 1 ? ['down', 'up'] : ['up', 'down']
    for (let since = 1; since <= 12; since++) {
      const verdict = verdictOf({ share: (_, back) => (back <= since ? level : 1), hours: 12 })
      const spend = verdict.anomalies.filter(({ metric }) => metric === 'spend')
      expect(spend.filter(({ direction }) => direction === other)).toEqual([])
      for (const { score } of spend) expect(Math.abs(score)).toBeGreaterThan(1)
      const goesOn = spend.some(({ entity }) => entity.scope === 'account') || verdict.undecided.has(`account x spend ${way}`)
      if (since <= 6) expect(goesOn).toBe(true)
    }
  })
})

it('hours that are not synced are undecided, and so is a score that is not back to the usual', () => {
  const key = 'account x spend down'
  const late = verdictOf({ hours: 5 })
  expect(late.anomalies).toEqual([])
  expect(late.undecided.has(key)).toBe(false)
  expect([TODAY, addDays(TODAY, -1)].map((day) => late.undecidedDays.has(keyOnDay(key, day)))).toEqual([true, false])
  // This deviation is too small to begin an anomaly, and too large to end one.
  const between = verdictOf({ share: (_, back) => (back === 1 ? 0.95 : 1) })
  expect(between.anomalies).toEqual([])
  expect(between.undecided.has(key)).toBe(true)
  expect(between.undecided.has('account x spend up')).toBe(false)
})
