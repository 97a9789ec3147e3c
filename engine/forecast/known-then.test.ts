/** What rules see at a moment does not depend on anything that came after it. */

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { anomalyFacts } from '../anomaly/anomaly-facts.js'
import { addDays, DAY, HOUR, startOfDay } from '../clock/zone.js'
import { type DataRow, type DatasetEntity } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import { windowRange } from '../metric/window.js'
import { forecastFacts } from './forecast-facts.js'
import { forecast } from './forecast.js'

const FIRST = '2026-01-01'
const DAYS = 70
const ENTITIES = ['A', 'B'].flatMap((key) =>
  (['campaign', 'adset'] as const).map((scope): DatasetEntity => ({
    ...{ scope, key, id: key, name: key, campaign: scope === 'adset' ? key : null, adset: null, result: 'purchases' },
    attributes: {},
  })),
)

const row = (entity: string, index: number, spend: number, purchases: number): DataRow => {
  const day = addDays(FIRST, index)
  const measures = { spend, impressions: 10 * spend, purchases }
  return { scope: 'adset', entity, since: day, until: day, hour: null, measures }
}

function answers(rows: readonly DataRow[], timezone: string, last: number) {
  const dataset = new Dataset({ entities: ENTITIES, rows, knowledge: { kind: 'file' }, measures: null })
  const account = { name: 'a', id: null, currency: 'USD', timezone, result: 'purchases', values: {} }
  const at = startOfDay(addDays(FIRST, last + 1), timezone) - 60_000
  const facts = factsOf(dataset, { account, at, pace: HOUR })
  const made = {
    ...anomalyFacts(facts, { arrived: (_, age) => Math.min(1, 0.5 + age / (6 * DAY)) }),
    ...forecastFacts(facts, { lookup: ({ history, horizon }) => forecast(history, { horizon, fit: null }) }),
  }
  const window = windowRange({ kind: 'preset', preset: 'yesterday', offsetDays: 0 }, at, timezone)
  return (['account', 'campaign'] as const).flatMap((scope) =>
    facts.entities(scope).flatMap((entity) =>
      ['spend', 'results', 'cpa'].flatMap((metric) => {
        const asked = { metric, actionType: null }
        return [
          made.forecast(entity, asked, { kind: 'month' }),
          made.forecast(entity, asked, { kind: 'days', count: 7 }),
          made.expected(entity, asked, window),
          made.anomaly(entity, asked, window),
        ]
      }),
    ),
  )
}

const day = fc.record({ spend: fc.integer({ min: 0, max: 5_000 }), purchases: fc.integer({ min: 0, max: 40 }) })
const series = fc.array(day, { minLength: DAYS, maxLength: DAYS })
const rowsOf = (entity: string, days: readonly { spend: number; purchases: number }[]): DataRow[] =>
  days.map(({ spend, purchases }, index) => row(entity, index, spend, purchases))

it('later days change neither forecasts nor expected values nor anomaly scores', () => {
  const zone = fc.constantFrom('America/New_York', 'Europe/London', 'Europe/Istanbul')
  // These include the last and the first day of a month, the end of February and a change of the clock.
  const last = fc.constantFrom(30, 31, 45, 57, 58, 59, 65, 66)
  fc.assert(
    fc.property(series, series, series, zone, last, (a, b, other, timezone, until) => {
      const rows = [...rowsOf('A', a), ...rowsOf('B', b)]
      const isPast = ({ since }: DataRow): boolean => since! <= addDays(FIRST, until)
      const changed = [...rows.filter(isPast), ...[...rowsOf('A', other), ...rowsOf('B', other)].filter((one) => !isPast(one))]
      const then = answers(rows, timezone, until)
      expect(answers(changed, timezone, until)).toEqual(then)
      expect(answers(rows.filter(isPast), timezone, until)).toEqual(then)
      expect(then.filter(({ value }) => typeof value === 'number').length).toBeGreaterThan(0)
    }),
    { numRuns: 12 },
  )
})

it('a forecast lies within its bands, and the month includes what was already spent', () => {
  fc.assert(
    fc.property(series, fc.constantFrom(30, 31, 57, 58, 59), (days, until) => {
      for (const { value, detail } of answers(rowsOf('A', days), 'America/New_York', until)) {
        if (typeof value !== 'number') continue
        expect(Number.isFinite(value)).toBe(true)
        if (detail?.anomalyKind !== undefined) continue
        for (const { lo, hi } of detail!.bands!) {
          expect(lo).toBeLessThanOrEqual(value + 1e-9 * Math.abs(value))
          expect(hi).toBeGreaterThanOrEqual(value - 1e-9 * Math.abs(value))
        }
      }
      const first = until === 31 ? 31 : until < 31 ? 0 : until === 59 ? 59 : 31
      const spent = days.slice(first, until + 1).reduce((sum, { spend }) => sum + spend, 0)
      const [month] = answers(rowsOf('A', days), 'America/New_York', until)
      expect(month!.value).toBeGreaterThanOrEqual(spent - 1e-6)
    }),
    { numRuns: 12 },
  )
})
