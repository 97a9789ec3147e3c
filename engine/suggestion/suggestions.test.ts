import { describe, expect, it } from 'vitest'

import { dayNumberOf, isoDay } from '../clock/day.js'
import { HOUR } from '../clock/zone.js'
import { type DataRow, type DatasetEntity } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import type { Facts } from '../facts/facts.js'
import type { Value } from '../value/value.js'
import { suggestionsFor } from './suggestions.js'

/** The 11th of March 2026, a Wednesday: ten days of the month are over, 21 are left. */
const TODAY = '2026-03-11'
const day = (back: number): string => isoDay(dayNumberOf(TODAY) - back)

interface AdSet {
  readonly name: string
  readonly budget?: number
  readonly attributes?: Record<string, Value>
  readonly campaign?: string
  readonly goal?: string | null
  /** Returns the numbers of the day this many days ago. */
  readonly of: (back: number) => { spend: number; purchases?: number; clicks?: number; impressions?: number; carts?: number }
}

function suggest(
  adsets: readonly AdSet[],
  values: Record<string, Value> = {},
  {
    except = new Set<string>(),
    changed = new Set<string>(),
    estimates,
    campaigns = {},
  }: {
    except?: Set<string>
    changed?: Set<string>
    estimates?: Pick<Facts, 'forecast'>
    campaigns?: Record<string, Record<string, Value>>
  } = {},
) {
  const above = Object.entries(campaigns).map(([name, attributes]): DatasetEntity => ({
    scope: 'campaign',
    key: name,
    id: name,
    name,
    campaign: null,
    adset: null,
    result: null,
    attributes: { delivering: true, status: 'ACTIVE', objective: 'OUTCOME_SALES', ...attributes },
  }))
  const below = adsets.map(({ name, budget, attributes, campaign = null, goal = 'purchases' }): DatasetEntity => ({
    scope: 'adset',
    key: name,
    id: name,
    name,
    campaign,
    adset: null,
    result: goal,
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
      const { spend, purchases = 0, clicks = 200, impressions = 10_000, carts = 0 } = of(index + 1)
      const measures = { spend, purchases, clicks, impressions, add_to_cart: carts }
      return { scope: 'adset', entity: name, since: day(index + 1), until: day(index + 1), hour: null, measures }
    }),
  )
  const dataset = new Dataset({ entities: [...above, ...below], rows, knowledge: { kind: 'file' }, measures: null })
  const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values }
  const facts = factsOf(dataset, {
    account,
    at: Date.parse(`${TODAY}T09:00:00Z`),
    pace: HOUR,
    ...(estimates === undefined ? {} : { estimates }),
  })
  return suggestionsFor({ facts, largestStep: 0.2, except, changed })
}

const wobble = (back: number): number => 1 + (((back * 7919) % 13) - 6) / 100
const steady = (spend: number, purchases: number) => (back: number) => ({ spend: Math.round(spend * wobble(back)), purchases })

describe('the pace of the month', () => {
  const two: AdSet[] = [
    { name: 'A', budget: 60_000, of: steady(60_000, 6) },
    { name: 'B', budget: 40_000, of: steady(40_000, 4) },
  ]

  it('suggests nothing if it is on plan', () => {
    // 31 days of 1,000 TRY.
    expect(suggest(two, { monthly_budget: 3_100_000 })).toEqual([])
  })

  it('raises budgets by at most one step if it is too slow, and says where the month would end', () => {
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
    expect(one!.reason.en).toMatch(/ends at TRY.30,9.*but TRY.50,000.00 is planned: raise 2 budgets by 20%/)
    expect(one!.reason.tr).toMatch(/plan ₺50\.000,00: 2 bütçeyi %20 artırın/)
  })

  it('lowers budgets by what is needed if it is too fast', () => {
    const [one] = suggest(two, { monthly_budget: 2_800_000 })
    const targets = one!.changes.map(({ target }) => Number(target))
    expect(targets[0]).toBeLessThan(60_000)
    expect(targets[0]).toBeGreaterThan(48_000)
    expect(one!.effect.expected / 100).toBeCloseTo(28_000, -3)
  })

  it('is judged by the forecast of the month, if there is one', () => {
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

  it('depends on what delivers now, however recently it started', () => {
    // Ten days of 1,000 TRY a day, and 21 to come: 31,000 and no less.
    const young: AdSet = { name: 'A', budget: 100_000, of: (back) => ({ spend: back <= 10 ? 100_000 * wobble(back) : 0 }) }
    expect(suggest([young], { monthly_budget: 3_100_000 })).toEqual([])
    expect(suggest([young], { monthly_budget: 2_500_000 })).toMatchObject([{ kind: 'pace', key: 'pace down' }])
    // The paused ad set spends nothing more: 10,000 are spent, and 10,500 are to come.
    const stopped: AdSet = { ...two[0]!, name: 'off', attributes: { delivering: false, status: 'PAUSED' } }
    const half: AdSet = { name: 'A', budget: 50_000, of: steady(50_000, 5) }
    const [one] = suggest([half, stopped], { monthly_budget: 3_100_000 })
    expect(one).toMatchObject({ kind: 'pace', key: 'pace up', changes: [{ entityId: 'A', target: '60000' }] })
  })

  it('ignores budgets that are not used up, and assumes that other spend does not grow', () => {
    const unspent: AdSet = { name: 'B', budget: 200_000, of: steady(40_000, 4) }
    const lifetime: AdSet = { name: 'L', attributes: { lifetime_budget: 9_000_000 }, of: steady(100_000, 4) }
    expect(suggest([unspent], { monthly_budget: 5_000_000 })).toEqual([])
    const [one] = suggest([two[0]!, unspent, lifetime], { monthly_budget: 9_000_000 })
    expect(one!.changes.map(({ entityId }) => entityId)).toEqual(['A'])
    // 31 days of 2,000 TRY, and 21 of 120 more.
    expect(one!.effect.expected / 100).toBeCloseTo(62_000 + 21 * 120, -3)
  })

  it('suggests nothing while the effect of recent budget changes is unknown', () => {
    expect(suggest(two, { monthly_budget: 5_000_000 }, { changed: new Set(['A']) })).toEqual([])
  })

  it('suggests nothing if the forecast disagrees with what delivers now', () => {
    const forecast = () => ({
      value: 4_000_000,
      detail: { model: 'ets', bands: [{ level: 0.8, lo: 3_900_000, hi: 4_100_000 }] },
    })
    expect(suggest(two, { monthly_budget: 3_100_000 }, { estimates: { forecast } })).toEqual([])
  })

  it('changes a shared campaign budget, but not while an ad set in the campaign is learning', () => {
    const inside = { campaign: 'C', attributes: { budget_level: 'campaign' } }
    const three = (learning: boolean): AdSet[] => [
      { name: 'A', ...inside, of: steady(60_000, 6) },
      { name: 'B', campaign: 'C', attributes: { budget_level: 'campaign', learning }, of: steady(40_000, 4) },
    ]
    const options = { campaigns: { C: { daily_budget: 100_000, budget_level: 'campaign' } } }
    expect(suggest(three(false), { monthly_budget: 5_000_000 }, options)).toMatchObject([
      { kind: 'pace', changes: [{ level: 'campaign', entityId: 'C', before: '100000', target: '120000' }] },
    ])
    expect(suggest(three(true), { monthly_budget: 5_000_000 }, options)).toEqual([])
  })

  it('suggests nothing for an account without a monthly budget', () => {
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
    expect(one!.reason.en).toMatch(/“bad” spent TRY.1,4\d\d.* in 14 days without a result, although about 1\d were expected/)
  })

  it.each([
    ['that spent little', steady(2_000, 0)],
    ['with a result yesterday', (back: number) => ({ spend: 10_000, purchases: back === 1 ? 1 : 0 })],
  ])('is not an ad set %s', (_, of) => {
    expect(suggest([good, { name: 'bad', budget: 10_000, of }])).toEqual([])
  })

  it.each([
    ['an over-ambitious target', { target_cpa: 1_000 }, [good, { name: 'bad', budget: 3_000, of: steady(2_500, 0) }]],
    [
      'days on which nothing was counted anywhere',
      {},
      ['A', 'B', 'C'].map((name) => ({
        name,
        budget: 100_000,
        of: (back: number) => ({ spend: 100_000, purchases: back > 17 ? 10 : 0 }),
      })),
    ],
    [
      'a dozen days on which half of the results were not counted',
      {},
      [
        { ...good, of: (back: number) => ({ spend: 100_000, purchases: back > 14 ? 10 : back === 5 ? 5 : 0 }) },
        {
          name: 'small',
          budget: 10_000,
          of: (back: number) => ({ spend: 10_000, purchases: back > 17 && back % 2 === 0 ? 2 : 0 }),
        },
      ],
    ],
    [
      'ad sets with a more expensive goal',
      {},
      [
        { ...good, goal: 'add_to_cart', of: () => ({ spend: 100_000, carts: 100 }) },
        { name: 'buy', budget: 20_000, of: steady(20_000, 0) },
      ],
    ],
    [
      'ad sets for awareness',
      {},
      [good, { name: 'seen', budget: 50_000, goal: null, attributes: { objective: 'OUTCOME_AWARENESS' }, of: steady(50_000, 0) }],
    ],
  ] as [string, Record<string, Value>, AdSet[]][])('is not suggested because of %s', (_, values, adsets) => {
    expect(suggest(adsets, values)).toEqual([])
  })

  it('in a campaign that shares its budget saves nothing: the money goes to the others', () => {
    const inside = { campaign: 'C', attributes: { budget_level: 'campaign' } }
    const adsets: AdSet[] = [
      { ...good, ...inside },
      { name: 'bad', ...inside, of: steady(10_000, 0) },
    ]
    const [one] = suggest(adsets, {}, { campaigns: { C: { daily_budget: 110_000, budget_level: 'campaign' } } })
    expect(one).toMatchObject({ kind: 'waste', effect: { expected: 0, high: 0 } })
    expect(one!.reason.en).toMatch(/pause it; its campaign’s budget then goes to its other ad sets\.$/)
    expect(one!.reason.tr).toMatch(/duraklatın; kampanyanın bütçesi o zaman diğer reklam setlerine gider\.$/)
  })

  it('is never the only ad set that delivers', () => {
    expect(suggest([{ name: 'bad', budget: 10_000, of: steady(10_000, 0) }], { target_cpa: 1_000 })).toEqual([])
  })
})

describe('a move', () => {
  const cheap: AdSet = { name: 'cheap', budget: 50_000, of: steady(50_000, 10) }
  const expensive: AdSet = { name: 'expensive', budget: 50_000, of: steady(50_000, 3) }

  it('moves budget from the expensive ad set to the cheap one, decrease first, with an unchanged sum', () => {
    const [one, ...others] = suggest([cheap, expensive])
    expect(others).toEqual([])
    expect(one).toMatchObject({
      kind: 'move',
      changes: [
        { entityId: 'expensive', before: '50000', target: '40000' },
        { entityId: 'cheap', before: '50000', target: '60000' },
      ],
    })
    const { low, expected, high } = one!.effect
    // 100 TRY bring 2 results in the cheap ad set, of which 70% are counted, and 0.6 in the expensive one.
    expect(expected).toBeCloseTo(1.4 - 0.6, 1)
    expect(low).toBeLessThan(expected)
    expect(high).toBeGreaterThan(expected)
  })

  it.each([
    ['whose cost may be chance', { ...expensive, of: steady(50_000, 8) }, cheap],
    ['whose budget is not used up', expensive, { ...cheap, budget: 90_000 }],
    ['that is only a little more expensive', { ...expensive, of: steady(50_000, 7) }, cheap],
    ['that is expensive, but does not use up its budget', { ...expensive, budget: 90_000 }, cheap],
    ['whose results are of another kind', expensive, { ...cheap, goal: 'add_to_cart', of: () => ({ spend: 50_000, carts: 50 }) }],
    ['with few results', expensive, { ...cheap, of: steady(1_000, 0.5) }],
    ['that is learning', expensive, { ...cheap, attributes: { learning: true } }],
    ['for another objective', expensive, { ...cheap, attributes: { objective: 'OUTCOME_LEADS' } }],
  ])('is not made with an ad set %s', (_, from, to) => {
    expect(suggest([from, to]).filter(({ kind }) => kind === 'move')).toEqual([])
  })
})

describe('chance among many ad sets', () => {
  /** Mulberry32, and Poisson counts by Knuth's product. */
  const randomOf = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const poisson = (random: () => number, mean: number): number => {
    let count = 0
    for (let product = random(); product > Math.exp(-mean); product *= random()) count++
    return count
  }

  it('is no reason to move money between forty equal ad sets', () => {
    let moved = 0
    for (let seed = 1; seed <= 40; seed++) {
      const random = randomOf(seed)
      const alike = Array.from({ length: 40 }, (_, index): AdSet => {
        const purchases = Array.from({ length: 61 }, () => poisson(random, 0.9))
        return { name: `S${index}`, budget: 10_000, of: (back) => ({ spend: 10_000, purchases: purchases[back]! }) }
      })
      moved += suggest(alike).filter(({ kind }) => kind === 'move').length
    }
    expect(moved).toBe(0)
  })
})

describe('fatigue', () => {
  const worn = (clicks: number) => (back: number) => ({
    spend: 50_000,
    purchases: 5,
    impressions: 20_000,
    clicks: back <= 7 ? clicks : 400,
  })

  it('is a click rate that fell sharply while clicks became more expensive', () => {
    const [one] = suggest([{ name: 'A', budget: 50_000, of: worn(240) }])
    expect(one).toMatchObject({ kind: 'fatigue', changes: [{ entityId: 'A', before: '50000', target: '40000' }] })
    expect(one!.reason.en).toMatch(/fell by 40%/)
  })

  it('has no changes to apply if the campaign has the budget', () => {
    expect(suggest([{ name: 'A', of: worn(240) }])).toMatchObject([{ kind: 'fatigue', changes: [] }])
  })

  it('is not a small fall', () => {
    expect(suggest([{ name: 'A', budget: 50_000, of: worn(360) }])).toEqual([])
  })
})

it('entities to leave alone are in no suggestion', () => {
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
      { name: 'expensive', budget: 50_000, of: steady(50_000, 3) },
      { name: 'bad', budget: 50_000, of: steady(50_000, 0) },
      { name: 'other', budget: 50_000, of: steady(50_000, 7) },
    ],
    { monthly_budget: 12_000_000 },
  )
  const touched = all.flatMap(({ changes }) => changes.map(({ entityId }) => entityId))
  expect(new Set(touched).size).toBe(touched.length)
  expect(all.map(({ kind }) => kind)).toEqual(['waste', 'move', 'pace'])
})
