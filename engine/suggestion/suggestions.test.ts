import { describe, expect, it } from 'vitest'

import { dayNumberOf, isoDay } from '../clock/day.js'
import { HOUR } from '../clock/zone.js'
import type { Value } from '../expression/value.js'
import { Dataset } from '../facts/dataset.js'
import type { DataRow, DatasetEntity } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import type { Facts } from '../facts/facts.js'
import { suggestionsFor } from './suggestions.js'

/** The 11th of March 2026, a Wednesday: ten days of the month are over, 21 are left. */
const TODAY = '2026-03-11'
const day = (back: number): string => isoDay(dayNumberOf(TODAY) - back)

interface AdSet {
  readonly name: string
  readonly budget?: number
  readonly attributes?: Record<string, Value>
  /** Of a day so many days back. */
  readonly of: (back: number) => { spend: number; purchases?: number; clicks?: number; impressions?: number }
}

function suggest(
  adsets: readonly AdSet[],
  values: Record<string, Value> = {},
  { except = new Set<string>(), estimates }: { except?: Set<string>; estimates?: Pick<Facts, 'forecast'> } = {},
) {
  const entities = adsets.map(({ name, budget, attributes }): DatasetEntity => ({
    scope: 'adset',
    key: name,
    id: name,
    name,
    campaign: null,
    adset: null,
    result: 'purchases',
    attributes: {
      delivering: true,
      status: 'ACTIVE',
      objective: 'OUTCOME_SALES',
      ...(budget === undefined ? {} : { daily_budget: budget }),
      ...attributes,
    },
  }))
  const rows = adsets.flatMap(({ name, of }) =>
    Array.from({ length: 60 }, (_, index): DataRow => {
      const { spend, purchases = 0, clicks = 200, impressions = 10_000 } = of(index + 1)
      const measures = { spend, purchases, clicks, impressions }
      return { scope: 'adset', entity: name, since: day(index + 1), until: day(index + 1), hour: null, measures }
    }),
  )
  const dataset = new Dataset({ entities, rows, knowledge: { kind: 'file' }, measures: null })
  const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values }
  const facts = factsOf(dataset, {
    account,
    at: Date.parse(`${TODAY}T09:00:00Z`),
    pace: HOUR,
    ...(estimates === undefined ? {} : { estimates }),
  })
  return suggestionsFor({ facts, largestStep: 0.2, except })
}

const wobble = (back: number): number => 1 + (((back * 7919) % 13) - 6) / 100
const steady = (spend: number, purchases: number) => (back: number) => ({ spend: Math.round(spend * wobble(back)), purchases })

describe('the pace of the month', () => {
  const two: AdSet[] = [
    { name: 'A', budget: 60_000, of: steady(60_000, 6) },
    { name: 'B', budget: 40_000, of: steady(40_000, 4) },
  ]

  it('that is on plan suggests nothing', () => {
    // 31 days of 1,000 TRY.
    expect(suggest(two, { monthly_budget: 3_100_000 })).toEqual([])
  })

  it('that is too slow raises budgets, no further than a step, and says where the month would end', () => {
    const [one, ...others] = suggest(two, { monthly_budget: 5_000_000 })
    expect(others).toEqual([])
    expect(one).toMatchObject({
      kind: 'pace',
      changes: [
        { entityId: 'A', field: 'daily_budget', before: '60000', target: '72000' },
        { entityId: 'B', field: 'daily_budget', before: '40000', target: '48000' },
      ],
      effect: { measure: 'month_spend' },
    })
    // Ten days of 1,000 TRY are spent; 21 of 1,200 are to come.
    expect(one!.effect.expected / 100).toBeCloseTo(10_000 + 21 * 1_200, -3)
    expect(one!.effect.low).toBeLessThan(one!.effect.expected)
    expect(one!.effect.high).toBeGreaterThan(one!.effect.expected)
    expect(one!.reason.en).toMatch(/ends at TRY.30,9.*where TRY.50,000.00 is planned: raise 2 budgets by 20%/)
    expect(one!.reason.tr).toMatch(/plan ₺50\.000,00: 2 bütçeyi %20 artırın/)
  })

  it('that is too quick lowers them by what is needed', () => {
    const [one] = suggest(two, { monthly_budget: 2_800_000 })
    const targets = one!.changes.map(({ target }) => Number(target))
    expect(targets[0]).toBeLessThan(60_000)
    expect(targets[0]).toBeGreaterThan(48_000)
    expect(one!.effect.expected / 100).toBeCloseTo(28_000, -3)
  })

  it('goes by the forecast of the month, where there is one', () => {
    const forecast = () => ({
      value: 4_000_000,
      detail: { model: 'ets', bands: [{ level: 0.8, lo: 3_800_000, hi: 4_200_000 }] },
    })
    const [one] = suggest(two, { monthly_budget: 5_000_000 }, { estimates: { forecast } })
    expect(one!.reason.en).toContain('40,000.00')
    // What is ahead, 30,000 TRY, grows by a fifth.
    expect(one!.effect.expected).toBeCloseTo(4_000_000 + 0.2 * 3_000_000, -5)
    expect(one!.effect.high - one!.effect.low).toBeCloseTo(400_000, -2)
    expect(suggest(two, { monthly_budget: 4_150_000 }, { estimates: { forecast } })).toEqual([])
  })

  it('of an account without a plan is nobody’s business', () => {
    expect(suggest(two)).toEqual([])
  })
})

describe('waste', () => {
  const good: AdSet = { name: 'good', budget: 100_000, of: steady(100_000, 10) }

  it('is an ad set that spent what four results cost, and had none', () => {
    const [one, ...others] = suggest([good, { name: 'bad', budget: 10_000, of: steady(10_000, 0) }])
    expect(others).toEqual([])
    expect(one).toMatchObject({
      kind: 'waste',
      changes: [{ entityId: 'bad', field: 'status', before: 'ACTIVE', target: 'PAUSED' }],
    })
    expect(one!.effect.expected).toBeLessThan(-9_000)
    expect(one!.reason.en).toMatch(/“bad” spent TRY.1,4\d\d.* in 14 days without a result, where about 1\d were to be expected/)
  })

  it.each([
    ['that spent little', steady(2_000, 0)],
    ['with a result of yesterday', (back: number) => ({ spend: 10_000, purchases: back === 1 ? 1 : 0 })],
  ])('is not an ad set %s', (_, of) => {
    expect(suggest([good, { name: 'bad', budget: 10_000, of }])).toEqual([])
  })

  it('is not the only ad set that delivers', () => {
    expect(suggest([{ name: 'bad', budget: 10_000, of: steady(10_000, 0) }], { target_cpa: 1_000 })).toEqual([])
  })
})

describe('a move', () => {
  const cheap: AdSet = { name: 'cheap', budget: 50_000, of: steady(50_000, 10) }
  const dear: AdSet = { name: 'dear', budget: 50_000, of: steady(50_000, 3) }

  it('takes from the dear and gives to the cheap, first down and then up, the sum staying what it was', () => {
    const [one, ...others] = suggest([cheap, dear])
    expect(others).toEqual([])
    expect(one).toMatchObject({
      kind: 'move',
      changes: [
        { entityId: 'dear', before: '50000', target: '40000' },
        { entityId: 'cheap', before: '50000', target: '60000' },
      ],
    })
    const { low, expected, high } = one!.effect
    // 100 TRY bring 2 at the cheap one, of which seven tenths count, and 0.6 at the dear one.
    expect(expected).toBeCloseTo(1.4 - 0.6, 1)
    expect(low).toBeLessThan(expected)
    expect(high).toBeGreaterThan(expected)
  })

  it.each([
    ['whose costs chance may have made', { ...dear, of: steady(50_000, 8) }, cheap],
    ['whose budget is not spent', dear, { ...cheap, budget: 90_000 }],
    ['that is only a little dearer', { ...dear, of: steady(50_000, 7) }, cheap],
    ['with few results', dear, { ...cheap, of: steady(1_000, 0.5) }],
    ['that is learning', dear, { ...cheap, attributes: { learning: true } }],
    ['for another objective', dear, { ...cheap, attributes: { objective: 'OUTCOME_LEADS' } }],
  ])('is not made with an ad set %s', (_, from, to) => {
    expect(suggest([from, to]).filter(({ kind }) => kind === 'move')).toEqual([])
  })
})

describe('fatigue', () => {
  const worn = (clicks: number) => (back: number) => ({
    spend: 50_000,
    purchases: 5,
    impressions: 20_000,
    clicks: back <= 7 ? clicks : 400,
  })

  it('is a click rate that fell far, while clicks became dearer', () => {
    const [one] = suggest([{ name: 'A', budget: 50_000, of: worn(240) }])
    expect(one).toMatchObject({ kind: 'fatigue', changes: [{ entityId: 'A', before: '50000', target: '40000' }] })
    expect(one!.reason.en).toMatch(/fell by 40%/)
  })

  it('of a budget that is the campaign’s has nothing to apply', () => {
    expect(suggest([{ name: 'A', of: worn(240) }])).toMatchObject([{ kind: 'fatigue', changes: [] }])
  })

  it('is not a small fall', () => {
    expect(suggest([{ name: 'A', budget: 50_000, of: worn(360) }])).toEqual([])
  })
})

it('what is to be left alone is in none of them', () => {
  const wasteful: AdSet[] = [
    { name: 'good', budget: 100_000, of: steady(100_000, 10) },
    { name: 'bad', budget: 10_000, of: steady(10_000, 0) },
  ]
  expect(suggest(wasteful, {}, { except: new Set(['bad']) })).toEqual([])
  expect(suggest(wasteful, { monthly_budget: 9_000_000 }, { except: new Set(['good', 'bad']) })).toEqual([])
})

it('an entity is changed by one suggestion at most', () => {
  const all = suggest(
    [
      { name: 'cheap', budget: 50_000, of: steady(50_000, 10) },
      { name: 'dear', budget: 50_000, of: steady(50_000, 3) },
      { name: 'bad', budget: 50_000, of: steady(50_000, 0) },
      { name: 'other', budget: 50_000, of: steady(50_000, 7) },
    ],
    { monthly_budget: 12_000_000 },
  )
  const touched = all.flatMap(({ changes }) => changes.map(({ entityId }) => entityId))
  expect(new Set(touched).size).toBe(touched.length)
  expect(all.map(({ kind }) => kind)).toEqual(['waste', 'move', 'pace'])
})
