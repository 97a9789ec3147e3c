import { expect, it } from 'vitest'

import { MODA } from '../accounts/moda.js'
import { Calendar, DAY, HOUR, MINUTE } from '../base/calendar.js'
import { addAdDay, emptyTotals, type Totals } from '../insights/totals.js'
import { openDatabase } from '../state/database.js'
import { adsetId, campaignIdAt } from '../world/seed.js'
import { openWorlds, type World } from '../world/world.js'

const FIRST = Date.parse('2026-03-11T14:30:00+03:00')

const worldAt = (at: number, seed = 1905): World =>
  openWorlds(openDatabase(null), [MODA], { seed, now: () => at, tier: 'standard_access' }).first
const calendar = new Calendar('Europe/Istanbul')
const dayAt = (at: number): number => calendar.dayAt(at)

function adsetTotals(world: World, adset: string, days: readonly number[], asked: number): Totals {
  const totals = emptyTotals()
  for (const ad of world.objects.childrenOf(adset))
    for (const day of days) addAdDay(totals, world.delivery.adOnDay(ad, day, asked), asked, null)
  return totals
}

const adsets = (world: World): string[] => world.objects.all('adset').map(({ id }) => id)
const spendToday = (world: World, adset: string, asked: number): number =>
  adsetTotals(world, adset, [dayAt(asked)], asked).counters.spend

it('the same seed gives the same numbers, another seed different ones', () => {
  const tell = (seed: number): unknown => {
    const world = worldAt(FIRST, seed)
    return adsets(world).map((id) => adsetTotals(world, id, [dayAt(FIRST) - 1, dayAt(FIRST)], FIRST))
  }
  expect(tell(7)).toEqual(tell(7))
  expect(tell(7)).not.toEqual(tell(8))
})

it('a day’s numbers only rise, during the day and as late purchases arrive', () => {
  const world = worldAt(FIRST)
  const day = dayAt(FIRST)
  for (const id of adsets(world)) {
    let before = adsetTotals(world, id, [day], FIRST)
    for (let asked = FIRST; asked < FIRST + 9 * DAY; asked += asked < FIRST + DAY ? 17 * MINUTE : 7 * HOUR) {
      const now = adsetTotals(world, id, [day], asked)
      for (const part of ['counters', 'purchases', 'revenue'] as const) {
        for (const [key, value] of Object.entries(now[part])) {
          expect(value, `${part}.${key}`).toBeGreaterThanOrEqual((before[part] as Record<string, number>)[key]!)
        }
      }
      before = now
    }
  }
})

it('some purchases of a day are reported on later days, few after a week', () => {
  const world = worldAt(FIRST)
  const day = dayAt(FIRST) - 40
  const end = FIRST - 39 * DAY
  const count = (asked: number): number =>
    adsets(world).reduce((sum, id) => sum + adsetTotals(world, id, [day], asked).purchases['28d_click'], 0)
  const [atEnd, weekLater, all] = [count(end), count(end + 7 * DAY), count(end + 35 * DAY)]
  expect(atEnd).toBeLessThan(0.95 * all)
  expect(weekLater).toBeGreaterThan(0.93 * all)
})

it('nothing is spent while the ad set or the campaign is paused, and delivery continues afterwards', () => {
  const world = worldAt(FIRST)
  const id = adsetId('kadin-genis')
  const at = FIRST + 20 * MINUTE
  const before = spendToday(world, id, at)
  expect(spendToday(world, id, at + 10 * MINUTE)).toBeGreaterThan(before)
  world.objects.change(id, { status: 'PAUSED' }, at)
  for (const later of [MINUTE, HOUR, 5 * HOUR]) expect(spendToday(world, id, at + later)).toBe(before)
  world.objects.change(id, { status: 'ACTIVE' }, at + 6 * HOUR)
  const resumed = spendToday(world, id, at + 7 * HOUR)
  expect(resumed).toBeGreaterThan(before)
  world.objects.change(campaignIdAt(0), { status: 'PAUSED' }, at + 7 * HOUR)
  expect(spendToday(world, id, at + 8 * HOUR)).toBe(resumed)
})

it('a doubled budget doubles the spend from then on; a paused ad set’s share of a campaign’s budget goes to the others', () => {
  const [plain, doubled] = [worldAt(FIRST), worldAt(FIRST)]
  const id = adsetId('benzer-1')
  const daily = doubled.objects.get(id).fields.daily_budget as number
  doubled.objects.change(id, { daily_budget: 2 * daily }, FIRST)
  const spent = (world: World): number => spendToday(world, id, FIRST + 3 * HOUR) - spendToday(world, id, FIRST)
  expect(spent(doubled) / spent(plain)).toBeCloseTo(2, 1)
  const broad = adsetId('broad')
  const before = spendToday(plain, broad, FIRST + 3 * HOUR)
  plain.objects.change(adsetId('lookalike-3'), { status: 'PAUSED' }, FIRST)
  expect(spendToday(plain, broad, FIRST + 3 * HOUR)).toBeGreaterThan(before)
})

it('no day spends more than 125% of the budget', () => {
  const world = worldAt(FIRST)
  const today = dayAt(FIRST)
  for (const id of adsets(world)) {
    const budget = world.objects.get(id).fields.daily_budget
    if (typeof budget !== 'number') continue
    for (let day = today - 120; day < today; day++)
      expect(adsetTotals(world, id, [day], FIRST).counters.spend).toBeLessThanOrEqual(budget * 1.25)
  }
})

it('exactly one ad set has been far too expensive for three days, at any weekday and hour of the first start, and with any seed', () => {
  const target = 12_000
  const wrong: string[] = []
  for (const seed of [1905, 1, 2, 3, 4, 5, 6, 7]) {
    for (let weekday = 0; weekday < 7; weekday++) {
      for (const hour of [0, 7, 15, 23]) {
        const at = Date.parse('2026-03-09T00:01:00+03:00') + weekday * DAY + hour * HOUR
        const world = worldAt(at, seed)
        const days = [1, 2, 3].map((back) => dayAt(at) - back)
        const expensive = adsets(world).filter((id) => {
          const { counters, purchases } = adsetTotals(world, id, days, at)
          return counters.spend > 50_000 && counters.spend > 1.5 * target * purchases.value
        })
        if (expensive.join() !== adsetId('erkek-ilgi')) wrong.push(`${seed} ${weekday} ${hour}: ${expensive.join()}`)
      }
    }
  }
  expect(wrong).toEqual([])
})
