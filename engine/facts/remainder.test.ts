import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { OFF_META } from '../metric/off-meta.js'
import { type LevelRow, type LevelRows, type Levels, withRemainders } from './remainder.js'

const DAY = '2026-03-09'
const ALWAYS = () => true

const row = (
  entity: string,
  campaign: string | null,
  measures: LevelRow['measures'],
  more: Partial<LevelRow> = {},
): LevelRow => ({
  ...{ entity, campaign, adset: entity, day: DAY, hour: null, measures },
  ...more,
})
const level = (...rows: LevelRow[]): LevelRows => ({ rows, covers: ALWAYS })
const remainders = (levels: Omit<Levels, 'scope'>, scope: Levels['scope'] = 'adset') =>
  withRemainders({ scope, ...levels }, ({ scope: of, key }) => `goal of ${of} ${key}`)

describe('the remainder of a campaign', () => {
  const own = level(row('a', 'c', { spend: 100, purchases: 2 }), row('b', 'c', { spend: 50, leads: 1 }))

  it('contains the difference of each measure, in a hidden ad set of the campaign', () => {
    const found = remainders({ own, campaign: level(row('c', 'c', { spend: 180, purchases: 1, leads: 4, clicks: 7 })) })
    expect(found.rows).toEqual([
      {
        ...{ scope: 'adset', entity: 'remainder of campaign c', since: DAY, until: DAY, hour: null },
        measures: { spend: 30, leads: 3, clicks: 7 },
      },
    ])
    expect(found.entities).toMatchObject([
      { scope: 'adset', campaign: 'c', hidden: true, id: null, name: null, result: 'goal of campaign c' },
    ])
  })

  it('does not exist if the ad sets add up to the campaign’s total or more', () => {
    const campaign = level(row('c', 'c', { spend: 149, purchases: 2, leads: 1 }))
    expect(remainders({ own, campaign })).toMatchObject({ entities: [], rows: [] })
  })

  it('does not exist on days that were not read at both levels', () => {
    const campaign = level(row('c', 'c', { spend: 500 }))
    expect(remainders({ own: { ...own, covers: () => false }, campaign }).rows).toEqual([])
    expect(remainders({ own, campaign: { ...campaign, covers: () => false } }).rows).toEqual([])
  })

  it('is silent if only money differs, because Meta rounds each row separately', () => {
    const found = remainders({ own, campaign: level(row('c', 'c', { spend: 151, purchases: 2, 'value:omni_purchase': 1 })) })
    expect(found.rows).toMatchObject([{ measures: { spend: 1, 'value:omni_purchase': 1 }, silent: true }])
  })

  it('leaves out reach, and measures that are unknown for the campaign or an ad set', () => {
    const unknown = level(row('a', 'c', { spend: 1, leads: null }))
    const campaign = level(row('c', 'c', { spend: null, leads: 9, reach: 50 }))
    expect(remainders({ own: unknown, campaign }).rows).toEqual([])
  })
})

describe('a total without off-Meta conversions, because the ad sets have several attribution settings', () => {
  const own = level(row('a', 'c', { spend: 100, clicks: 5, purchases: 2 }))
  const leftOut = { purchases: null, [OFF_META]: null }

  it('makes the conversions of a remainder with spend unknown, and adds none to the account', () => {
    const campaign = level(row('c', 'c', { spend: 180, clicks: 9, ...leftOut }))
    const account = level(row('act_1', null, { spend: 180, clicks: 9, purchases: 7 }))
    expect(remainders({ own, campaign, account }).rows).toMatchObject([
      { entity: 'remainder of campaign c', measures: { spend: 80, clicks: 4, [OFF_META]: null } },
    ])
  })

  it.each([
    ['nothing', { spend: 100, clicks: 5 }, []],
    ['cents of rounding', { spend: 101, clicks: 5 }, [{ spend: 1 }]],
    ['clicks that cost nothing', { spend: 100, clicks: 6 }, [{ clicks: 1 }]],
  ])('does not make conversions unknown if the remainder contains %s', (_, measures, expected) => {
    const found = remainders({ own, campaign: level(row('c', 'c', { ...measures, ...leftOut })) })
    expect(found.rows.map((one) => one.measures)).toEqual(expected)
  })

  it('is recognized if it has no conversions although its children have some', () => {
    const campaign = level(row('c', 'c', { spend: 180, clicks: 9, purchases: 0 }))
    expect(remainders({ own, campaign }).rows).toMatchObject([{ measures: { spend: 80, [OFF_META]: null } }])
    const none = level(row('a', 'c', { spend: 100, purchases: 0 }))
    expect(remainders({ own: none, campaign }).rows[0]?.measures).toEqual({ spend: 80, clicks: 9 })
  })
})

it('the account’s remainder does not include those of its campaigns', () => {
  const own = level(row('a', 'c', { spend: 100 }))
  const campaign = level(row('c', 'c', { spend: 160 }), row('gone', 'gone', { spend: 7 }))
  const account = level(row('act_1', null, { spend: 170 }))
  const found = remainders({ own, campaign, account })
  expect(found.rows.map(({ entity, measures }) => [entity, measures['spend']])).toEqual([
    ['remainder of campaign c', 60],
    ['remainder of campaign gone', 7],
    ['remainder of account act_1', 3],
  ])
  expect(found.entities.map(({ campaign }) => campaign)).toEqual(['c', 'gone', null])
})

it('rows of ads have remainders for ad sets, campaigns and the account', () => {
  const own = level(row('x', 'c', { spend: 10 }, { adset: 'a' }))
  const found = remainders(
    {
      own,
      adset: level(row('a', 'c', { spend: 15 }), row('b', 'c', { spend: 4 })),
      campaign: level(row('c', 'c', { spend: 20 })),
      account: level(row('act_1', null, { spend: 20 })),
    },
    'ad',
  )
  expect(found.entities.map(({ scope, adset, campaign }) => [scope, adset, campaign])).toEqual([
    ['ad', 'a', 'c'],
    ['ad', 'b', 'c'],
    ['ad', null, 'c'],
  ])
  expect(found.rows.map(({ measures }) => measures['spend'])).toEqual([5, 4, 1])
})

it('a row without a campaign is left out if the totals of the campaigns were read that day', () => {
  const own = level(row('lost', null, { spend: 40 }), row('a', 'c', { spend: 100 }))
  const campaign = level(row('c', 'c', { spend: 140 }))
  const known = remainders({ own, campaign, account: level(row('act_1', null, { spend: 140 })) })
  expect(known.own.map(({ entity }) => entity)).toEqual(['a'])
  expect(known.rows).toMatchObject([{ measures: { spend: 40 } }])
  const unread = remainders({
    own,
    campaign: { rows: [], covers: () => false },
    account: level(row('act_1', null, { spend: 145 })),
  })
  expect(unread.own.map(({ entity }) => entity)).toEqual(['lost', 'a'])
  expect(unread.rows).toMatchObject([{ entity: 'remainder of account act_1', measures: { spend: 5 } }])
})

it('the account has an hourly remainder over its ad sets', () => {
  const at = (hour: number) => ({ hour })
  const found = remainders({
    own: level(row('a', 'c', { spend: 5 }, at(9)), row('b', 'c', { spend: 5 }, at(9))),
    account: level(row('act_1', null, { spend: 12 }, at(9)), row('act_1', null, { spend: 3 }, at(10))),
  })
  expect(found.rows.map(({ hour, measures }) => [hour, measures['spend']])).toEqual([
    [9, 2],
    [10, 3],
  ])
})

/** Rows of ad sets and their campaigns. Meta leaves out those that are not listed. */
const tree = fc.array(
  fc.record({
    campaign: fc.constantFrom('c', 'd', 'e'),
    day: fc.constantFrom('2026-03-08', '2026-03-09'),
    spend: fc.integer({ min: 0, max: 50 }),
    leads: fc.integer({ min: 0, max: 3 }),
    listed: fc.boolean(),
    campaignListed: fc.boolean(),
  }),
  { maxLength: 12 },
)

it('campaigns and the account add up to their own totals, whichever rows Meta leaves out, and all remainders are positive', () => {
  fc.assert(
    fc.property(tree, (all) => {
      const sum = (rows: readonly LevelRow[], measure: string, day: string) =>
        rows.filter((one) => one.day === day).reduce((total, { measures }) => total + (measures[measure] ?? 0), 0)
      const adsets = all.map(({ campaign, day, spend, leads }, index) => row(`s${index}`, campaign, { spend, leads }, { day }))
      const unlisted = new Set<string>(all.filter(({ campaignListed }) => !campaignListed).map(({ campaign }) => campaign))
      const days = ['2026-03-08', '2026-03-09']
      const totalOf = (entity: string, rows: readonly LevelRow[], campaign: string | null) =>
        days.flatMap((day) => row(entity, campaign, { spend: sum(rows, 'spend', day), leads: sum(rows, 'leads', day) }, { day }))
      const campaigns = ['c', 'd', 'e'].map((key) => ({
        key,
        rows: totalOf(
          key,
          adsets.filter((one) => one.campaign === key),
          key,
        ),
      }))
      const found = remainders({
        own: level(...adsets.filter((_, index) => all[index]!.listed)),
        campaign: level(...campaigns.filter(({ key }) => !unlisted.has(key)).flatMap(({ rows }) => rows)),
        account: level(...totalOf('act_1', adsets, null)),
      })
      const inside = new Map(found.entities.map((entity) => [entity.key, entity.campaign]))
      for (const day of days)
        for (const measure of ['spend', 'leads']) {
          const of = (campaign: string | null | undefined) =>
            sum(
              found.own.filter((one) => campaign === undefined || one.campaign === campaign),
              measure,
              day,
            ) +
            found.rows
              .filter((one) => one.since === day && (campaign === undefined || inside.get(one.entity) === campaign))
              .reduce((total, { measures }) => total + (measures[measure] ?? 0), 0)
          expect(of(undefined)).toBe(sum(adsets, measure, day))
          for (const { key, rows } of campaigns) if (!unlisted.has(key)) expect(of(key)).toBe(sum(rows, measure, day))
        }
      for (const { measures } of found.rows) for (const value of Object.values(measures)) expect(value).toBeGreaterThan(0)
    }),
  )
})
