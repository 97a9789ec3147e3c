/** Shares of a day's conversions that are usually known at a given age, learned from days that were read while they filled up. */

import { expect, it } from 'vitest'

import { addDays, startOfDay } from '../../engine/clock/zone.js'
import { saveInsights } from '../../store/account/insights.js'
import { insightOf } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import { arrivedShares } from './arrival-shares.js'

const [TODAY, zone, account] = ['2026-03-10', 'Europe/Istanbul', 'moda-tr']
const [HOUR, DAY] = [3_600_000, 86_400_000]
const at = startOfDay(TODAY, zone) + 9 * HOUR

/** Stores thirty days of one ad set, each read at these ages (after its end) with this many purchases. */
async function sharesOf(readings: readonly (readonly [age: number, purchases: number])[], moment = at) {
  const store = await temporaryStore()
  for (let back = 40; back > 7; back--) {
    const day = addDays(TODAY, -back)
    for (const [age, purchases] of readings) {
      const learnedAt = startOfDay(addDays(day, 1), zone) + age
      const rows = [insightOf({ entityId: 's1', day, measures: { purchases, revenue: purchases * 100 } })]
      await saveInsights(store, { account, level: 'adset', since: day, until: day, resolution: 'day', rows, learnedAt })
    }
  }
  return await arrivedShares(store, { account, zone, level: 'adset', result: 'purchases', at: moment })
}

it('are what was known at that age divided by the final count', async () => {
  const share = await sharesOf([
    [-HOUR, 4],
    [DAY - HOUR, 7],
    [2 * DAY - HOUR, 9],
    [5 * DAY, 10],
  ])
  expect([0, 1, 2, 3].map((days) => share('purchases', days * DAY))).toEqual([0.4, 0.7, 0.9, 0.9])
  expect([share('results', 0), share('revenue', 0)]).toEqual([0.4, 0.4])
})

it('also grow within a day, so that an evening’s count is not divided by the morning’s share', async () => {
  const share = await sharesOf([
    [-HOUR, 4],
    [6 * HOUR, 6],
    [18 * HOUR, 8],
    [5 * DAY, 10],
  ])
  expect([1, 7, 20].map((hours) => share('purchases', hours * HOUR))).toEqual([0.4, 0.6, 0.8])
})

it('use only what was known then, whatever was learned about the same days later', async () => {
  const readings = [
    [-HOUR, 4],
    [DAY, 8],
  ] as const
  const then = at - 12 * DAY
  const share = await sharesOf([...readings, [40 * DAY, 80]], then)
  expect(share('purchases', 0)).toBe((await sharesOf(readings, then))('purchases', 0))
  expect(share('purchases', 0)).toBe(0.5)
})

it('are 1 for measures that do not arrive late', async () => {
  expect((await sharesOf([[-HOUR, 4]]))('spend', 0)).toBe(1)
})

it('are unknown if days were first read when they were long over', async () => {
  expect((await sharesOf([[6 * DAY, 10]]))('purchases', 0)).toBeNull()
})

it('are unknown if there were never any conversions', async () => {
  expect((await sharesOf([[-HOUR, 0]]))('purchases', 0)).toBeNull()
})
