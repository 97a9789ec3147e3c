/** Random accounts as plain data, for the comparison of evaluators. */

import fc from 'fast-check'

import { randomFrom } from '../../../bench/daily-account.js'

export interface World {
  readonly zone: string
  readonly account: {
    readonly result: 'purchases' | 'leads'
    /** Minor units. */
    readonly targetCpa: number | null
    readonly gross: { readonly fees: number; readonly tax: number } | null
  }
  readonly entities: readonly PlainEntity[]
  readonly rows: readonly PlainRow[]
  /** Null for a file; else the ranges and times of successful syncs. */
  readonly syncs: readonly { readonly since: string; readonly until: string; readonly at: number }[] | null
  /** The measures that the source has; null if a measure without rows is zero. */
  readonly measures: readonly string[] | null
}

export interface PlainEntity {
  readonly scope: 'campaign' | 'adset' | 'ad'
  readonly key: string
  readonly name: string | null
  readonly campaign: string | null
  readonly adset: string | null
  readonly goal: string | null
  /** By attribute: a value, or values with the day from which they hold. */
  readonly attributes: Readonly<Record<string, PlainValue | readonly { readonly day: string; readonly value: PlainValue }[]>>
  /** Epoch milliseconds. */
  readonly createdAt: number | null
}

export type PlainValue = number | string | boolean

export interface PlainRow {
  readonly scope: 'campaign' | 'adset' | 'ad'
  readonly entity: string
  /** First and last day, inclusive. */
  readonly since: string
  readonly until: string
  readonly measures: Readonly<Record<string, number | null>>
}

const DAY = 86_400_000
const HOUR = 3_600_000

/** First days of the data, shortly before changes of the clock or the calendar: Samoa skipped 2011-12-30. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  'Europe/Istanbul': ['2015-10-20', '2015-11-01', '2016-03-15', '2025-02-10'],
  'America/New_York': ['2025-02-20', '2025-10-20', '2024-02-10'],
  'Asia/Kathmandu': ['2025-03-01', '2024-12-20'],
  'Pacific/Apia': ['2011-12-15', '2012-03-20', '2020-09-10', '2021-03-20'],
}
export const ZONES = Object.keys(BEGINNINGS)

export const worlds: fc.Arbitrary<World> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    beginning: fc.nat(3),
    days: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 30, max: 80 })),
    campaigns: fc.integer({ min: 1, max: 3 }),
    adsets: fc.integer({ min: 1, max: 6 }),
    ads: fc.boolean(),
    goals: fc.constantFrom('none', 'one', 'mixed'),
    synced: fc.boolean(),
    missing: fc.constantFrom(0, 0.1, 0.4),
    long: fc.constantFrom(0, 0, 0.08),
    blanks: fc.constantFrom(0, 0, 0.03),
    partial: fc.boolean(),
    seed: fc.nat(),
  })
  .map((shape) => {
    const next = randomFrom(shape.seed)
    const beginnings = BEGINNINGS[shape.zone]!
    const first = Date.parse(beginnings[shape.beginning % beginnings.length]!)
    const day = (index: number): string => new Date(first + index * DAY).toISOString().slice(0, 10)
    const entities = entitiesOf(shape, next, first, day)
    const rows = rowsOf(shape, next, entities, day)
    const all = ['spend', 'impressions', 'clicks', 'purchases', 'leads', 'revenue', 'reach']
    return {
      zone: shape.zone,
      account: {
        result: next() < 0.7 ? 'purchases' : 'leads',
        targetCpa: next() < 0.8 ? Math.floor(next() * 200) * 100 : null,
        gross: next() < 0.7 ? { fees: 0.05, tax: 0.2 } : null,
      },
      entities,
      rows,
      syncs: shape.synced ? syncsOf(next, first, shape.days, day) : null,
      measures: shape.synced ? null : shape.partial ? all.filter(() => next() < 0.8) : all,
    } satisfies World
  })

interface Shape {
  readonly days: number
  readonly campaigns: number
  readonly adsets: number
  readonly ads: boolean
  readonly goals: string
  readonly missing: number
  readonly long: number
  readonly blanks: number
}

type Day = (index: number) => string

function entitiesOf(shape: Shape, next: () => number, first: number, day: Day): readonly PlainEntity[] {
  const entities: PlainEntity[] = []
  const pick = <T>(...items: readonly T[]): T => items[Math.floor(next() * items.length)]!
  const goal = (): string | null =>
    shape.goals === 'none' ? null : shape.goals === 'one' ? 'leads' : pick('leads', 'purchases', null)
  const attributes = (): PlainEntity['attributes'] => ({
    ...(next() < 0.8 ? { delivering: next() < 0.7 } : {}),
    ...(next() < 0.7 ? { daily_budget: Math.floor(next() * 50) * 1000 } : {}),
    ...(next() < 0.7 ? { status: dated(next, shape.days, day, () => pick('ACTIVE', 'PAUSED')) } : {}),
    ...(next() < 0.2 ? { daily_budget: dated(next, shape.days, day, () => Math.floor(next() * 50) * 1000) } : {}),
  })
  const createdAt = (): number | null => (next() < 0.7 ? first - Math.floor(next() * 30 * DAY) : null)
  for (let index = 0; index < shape.campaigns; index++)
    entities.push({
      scope: 'campaign',
      key: `c${index}`,
      name: pick('TR | Summer', 'TR | Winter', null),
      campaign: null,
      adset: null,
      goal: null,
      attributes: attributes(),
      createdAt: createdAt(),
    })
  for (let index = 0; index < shape.adsets; index++) {
    const campaign = next() < 0.9 ? `c${Math.floor(next() * shape.campaigns)}` : null
    const key = `a${index}`
    entities.push({
      scope: 'adset',
      key,
      name: pick('Women 25-44', 'Men | Broad', 'Kadın', null),
      campaign,
      adset: null,
      goal: goal(),
      attributes: attributes(),
      createdAt: createdAt(),
    })
    if (!shape.ads) continue
    for (let ad = 0; ad < 2; ad++)
      entities.push({
        scope: 'ad',
        key: `${key}-${ad}`,
        name: pick('Video', 'Image'),
        campaign,
        adset: key,
        goal: null,
        attributes: attributes(),
        createdAt: createdAt(),
      })
  }
  return entities
}

function dated(
  next: () => number,
  days: number,
  day: Day,
  value: () => PlainValue,
): readonly { day: string; value: PlainValue }[] {
  return Array.from({ length: 1 + Math.floor(next() * 4) }, () => ({ day: day(Math.floor(next() * days)), value: value() }))
}

function rowsOf(shape: Shape, next: () => number, entities: readonly PlainEntity[], day: Day): readonly PlainRow[] {
  const rows: PlainRow[] = []
  const count = (most: number, none: number): number => (next() < none ? 0 : Math.floor(next() * most))
  for (const { scope, key } of entities.filter(({ scope }) => scope === (shape.ads ? 'ad' : 'adset'))) {
    const [silent, unlucky] = [next() * 0.4, next()]
    for (let index = 0; index < shape.days; index++) {
      if (next() < shape.missing) continue
      const length = next() < shape.long ? Math.min(Math.floor(next() * 5), shape.days - 1 - index) : 0
      const measures: Record<string, number | null> = {
        spend: count(50_000, silent),
        impressions: count(3_000, silent),
        clicks: count(100, silent),
        purchases: count(4, unlucky),
        leads: count(6, unlucky),
        revenue: count(90_000, unlucky),
      }
      if (next() < 0.5) measures['reach'] = count(2_000, 0.1)
      if (next() < shape.blanks) measures[['spend', 'purchases', 'revenue'][Math.floor(next() * 3)]!] = null
      rows.push({ scope, entity: key, since: day(index), until: day(index + length), measures })
      // Sometimes a second row for the same day, which is added.
      if (length === 0 && next() < 0.1)
        rows.push({
          scope,
          entity: key,
          since: day(index),
          until: day(index),
          measures: { spend: count(9_000, 0.2), purchases: count(3, 0.5) },
        })
      index += length
    }
  }
  return rows
}

function syncsOf(next: () => number, first: number, days: number, day: Day): NonNullable<World['syncs']> {
  const syncs = [{ since: day(-40), until: day(Math.floor(next() * days)), at: first + Math.floor(next() * days * DAY) }]
  for (let index = 0; index < days; index++) {
    if (next() < 0.15) continue
    const until = day(index)
    syncs.push({ since: day(index - Math.floor(next() * 4)), until, at: first + index * DAY + Math.floor(next() * 30) * HOUR })
  }
  return syncs
}
