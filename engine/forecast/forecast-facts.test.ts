import { describe, expect, it } from 'vitest'

import { addDays, HOUR } from '../clock/zone.js'
import { type DataRow, type DatasetEntity } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import { forecastFacts } from './forecast-facts.js'
import { forecast } from './forecast.js'
import { ratioOf } from './ratio.js'

const TODAY = '2026-03-11'

/** Two campaigns of ten purchases a day at 100 each, up to yesterday; those in `stopped` no longer deliver. */
function ask(stopped: readonly string[], { hasStatus = true, daysAgo = 0 } = {}) {
  const of = (scope: 'campaign' | 'adset', key: string): DatasetEntity => ({
    scope,
    key,
    id: key,
    name: key,
    campaign: scope === 'adset' ? key : null,
    adset: null,
    result: scope === 'adset' ? 'purchases' : null,
    attributes: hasStatus
      ? { delivering: !stopped.includes(key), effective_status: 'x', lifetime_budget: 9_000_000 }
      : { delivering: true },
  })
  const rows = ['A', 'B'].flatMap((entity, index) =>
    Array.from({ length: 60 }, (_, back): DataRow[] => {
      if (stopped.includes(entity) && back < daysAgo) return []
      const day = addDays(TODAY, -back - 1)
      const wobble = (((back + index) * 7919) % 5) - 2
      const measures = { spend: 1_000 + 20 * wobble, impressions: 1_000, purchases: 10 + wobble }
      return [{ scope: 'adset', entity, since: day, until: day, hour: null, measures }]
    }).flat(),
  )
  const entities = ['A', 'B'].flatMap((key) => [of('campaign', key), of('adset', key)])
  const dataset = new Dataset({ entities, rows, knowledge: { kind: 'file' }, measures: null })
  const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values: {} }
  const facts = factsOf(dataset, { account, at: Date.parse(`${TODAY}T09:00:00Z`), pace: HOUR })
  const made = forecastFacts(facts, { lookup: ({ history, horizon }) => forecast(history, { horizon, fit: null }) })
  const value = (scope: 'account' | 'campaign', metric: string): number => {
    const [entity] = facts.entities(scope)
    return made.forecast(entity!, { metric, actionType: null }, { kind: 'days', count: 7 }).value as number
  }
  return value
}

describe('a campaign that stopped', () => {
  it('adds nothing to the account, and the other campaign does not take over its share', () => {
    const of = ask(['B'])
    for (const scope of ['account', 'campaign'] as const) {
      expect(of(scope, 'spend')).toBeCloseTo(7_000, -3)
      expect(of(scope, 'results')).toBeGreaterThan(63)
      expect(of(scope, 'results')).toBeLessThan(77)
      expect(of(scope, 'cpa')).toBeCloseTo(100, -1)
    }
    expect(ask([])('account', 'results')).toBeGreaterThan(130)
  })

  it('is recognised by a week without delivery if the data has no status', () => {
    const of = ask(['B'], { hasStatus: false, daysAgo: 8 })
    expect(of('account', 'spend')).toBeCloseTo(7_000, -3)
    expect(of('account', 'cpa')).toBeCloseTo(100, -1)
    expect(ask(['B'], { hasStatus: false, daysAgo: 4 })('account', 'spend')).toBeGreaterThan(12_000)
  })

  it('makes the forecast of the account zero if it was the last one', () => {
    expect(ask(['A', 'B'])('account', 'results')).toBe(0)
    expect(ask(['A', 'B'])('account', 'spend')).toBe(0)
  })
})

it('the band of a ratio is finite even if the denominator is close to zero', () => {
  const spend = { mean: 100, lo80: 80, hi80: 120, lo95: 60, hi95: 140 }
  const rare = { mean: 1e-4, lo80: 0, hi80: 1, lo95: 0, hi95: 3 }
  const { mean, lo80, hi95 } = ratioOf(spend, rare, 1)!
  expect([mean, lo80, hi95].every(Number.isFinite)).toBe(true)
  expect(hi95).toBeCloseTo(100 * mean, 0)
})
