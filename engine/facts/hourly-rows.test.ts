import { describe, expect, test } from 'vitest'

import { addDays, startOfDay } from '../clock/zone.js'
import { OFF_META } from '../metric/off-meta.js'
import { Unknown, type Value } from '../value/value.js'
import { type DataRow, type DatasetEntity } from './dataset-source.js'
import { Dataset } from './dataset.js'
import { factsOf } from './facts-of-dataset.js'

const ZONE = 'Europe/Istanbul'
const TODAY = '2026-03-10'
const [YESTERDAY, BEFORE] = [addDays(TODAY, -1), addDays(TODAY, -2)]
const AT = startOfDay(TODAY, ZONE) + 12.5 * 3_600_000
const HOUR = 3_600_000

const ENTITY: DatasetEntity = {
  scope: 'adset',
  key: 's1',
  id: 's1',
  name: 'One',
  campaign: null,
  adset: null,
  result: 'purchases',
  attributes: {},
}

/** The remainder of the account. */
const REMAINDER: DatasetEntity = { ...ENTITY, key: 'remainder', id: null, name: null, hidden: true }

const row = (day: string, hour: number | null, measures: Record<string, number | null>, entity = 's1'): DataRow => ({
  scope: 'adset',
  entity,
  since: day,
  until: day,
  hour,
  measures: { spend: 1_000, impressions: 100, ...measures },
})

/**
 * @param purchases by day, those that its hourly rows add up to; null for a day without hourly rows
 * @param ofDay those in the daily row of each day
 */
function facts(purchases: Readonly<Record<string, number | null>>, ofDay = 4, more: readonly DataRow[] = []) {
  const rows = Object.entries(purchases).flatMap(([day, count]) => [
    row(day, null, { purchases: ofDay }),
    ...(count === null ? [] : [row(day, 9, { purchases: count }), row(day, 11, { purchases: 0 })]),
  ])
  const synced = [{ since: BEFORE, until: TODAY, at: AT - 60_000 }]
  const dataset = new Dataset({
    entities: [ENTITY, REMAINDER],
    rows: [...rows, ...more],
    knowledge: { kind: 'synced', days: synced, hours: synced },
    measures: null,
  })
  const account = { name: 'moda', id: null, currency: 'TRY', timezone: ZONE, result: 'purchases', values: {} }
  return factsOf(dataset, { account, at: AT, pace: HOUR })
}

const lastSix = (of: ReturnType<typeof facts>, measure: string): Value => {
  const to = AT - (AT % HOUR)
  return of.hourlyTotal({ scope: 'adset', key: 's1', id: 's1', name: 'One' }, measure, { from: to - 6 * HOUR, to })
}
const reasonOf = (value: Value): string => (value instanceof Unknown ? value.reason : 'known')

describe('hourly conversions', () => {
  test.each(['purchases', 'results', 'revenue', 'action:offsite_conversion.fb_pixel_purchase', 'action:contact_total'])(
    'are unknown, not zero, if a past day has some in its daily row and none in its hourly rows: %s',
    (measure) => {
      const withheld = facts({ [BEFORE]: 0, [YESTERDAY]: 0, [TODAY]: 0 })
      expect(reasonOf(lastSix(withheld, measure))).toContain(
        `those of ${YESTERDAY} are in its daily row but in none of its hourly rows`,
      )
    },
  )

  test('are known if the latest past day with conversions has some in its hourly rows', () => {
    expect(lastSix(facts({ [BEFORE]: 4, [YESTERDAY]: 4, [TODAY]: 0 }), 'purchases')).toBe(0)
    expect(lastSix(facts({ [BEFORE]: 0, [YESTERDAY]: 3, [TODAY]: 2 }), 'purchases')).toBe(2)
    expect(lastSix(facts({ [BEFORE]: 0, [YESTERDAY]: 0, [TODAY]: 0 }, 0), 'purchases')).toBe(0)
  })

  test('do not affect spend and actions on Meta', () => {
    const withheld = facts({ [BEFORE]: 0, [YESTERDAY]: 0, [TODAY]: 0 })
    expect(lastSix(withheld, 'spend')).toBe(2_000)
    expect(lastSix(withheld, 'link_clicks')).toBe(0)
    expect(lastSix(withheld, 'action:onsite_conversion.messaging_conversation_started_7d')).toBe(0)
  })
})

describe('hourly rows of a remainder with unknown conversions', () => {
  const remainder = [row(YESTERDAY, null, { purchases: 9 }, 'remainder'), row(YESTERDAY, 9, { [OFF_META]: null }, 'remainder')]
  const days = (purchases: number) => ({ [BEFORE]: purchases, [YESTERDAY]: purchases, [TODAY]: 0 })

  test('do not count as zero: for the ad sets, only their own daily and hourly rows are compared', () => {
    expect(lastSix(facts(days(0), 0, remainder), 'purchases')).toBe(0)
    expect(lastSix(facts(days(4), 4, remainder), 'purchases')).toBe(0)
    expect(lastSix(facts(days(0), 4, remainder), 'purchases')).toBeInstanceOf(Unknown)
  })

  test('make all measures of the account unknown that may happen off Meta', () => {
    const account = { scope: 'account', key: 'moda', id: null, name: 'moda' } as const
    const range = { from: startOfDay(YESTERDAY, ZONE), to: startOfDay(TODAY, ZONE) }
    const of = facts(days(4), 4, remainder)
    for (const measure of ['purchases', 'results', 'action:contact_website'])
      expect(reasonOf(of.hourlyTotal(account, measure, range))).toContain('different attribution settings')
    expect(of.hourlyTotal(account, 'spend', range)).toBe(3_000)
    expect(of.hourlyTotal(account, 'link_clicks', range)).toBe(0)
  })
})

test('a day that delivered but has no hourly rows has unknown hours, for spend too', () => {
  const withoutHours = facts({ [BEFORE]: 4, [YESTERDAY]: 4, [TODAY]: null })
  expect(reasonOf(lastSix(withoutHours, 'spend'))).toContain(`no hourly rows for ${TODAY}`)
})
