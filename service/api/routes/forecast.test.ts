import { describe, expect, test } from 'vitest'

import { saveStructure } from '../../../store/account/entities.js'
import { saveInsights } from '../../../store/account/insights.js'
import { beginSync, finishSync } from '../../../store/account/syncs.js'
import { NOW, testApi } from '../../../test/support/api.js'
import { entityOf, insightOf } from '../../../test/support/rows.js'
import type { Forecast } from '../shapes/forecast.js'

const day = (back: number): string => new Date(NOW - back * 86_400_000).toISOString().slice(0, 10)

/** Two campaigns with one ad set each, which spend about 200 and 100 TRY a day for `days` days. */
async function account(days: number, more: { readonly dailyBudget?: number } = {}) {
  const api = await testApi()
  const { store } = api.context
  const learnedAt = NOW - 1000
  const campaigns = ['110001', '110002'].map((id) =>
    entityOf({ level: 'campaign', id, campaignId: id, adsetId: null, name: `TR | ${id}`, dailyBudget: null }),
  )
  const adsets = campaigns.map(({ id }, index) =>
    entityOf({ id: `12000${index + 1}`, campaignId: id, dailyBudget: more.dailyBudget ?? 100_000 }),
  )
  await saveStructure(store, {
    account: 'moda-tr',
    levels: ['campaign', 'adset', 'ad'],
    entities: [...campaigns, ...adsets],
    learnedAt,
  })
  const range = { account: 'moda-tr', since: day(days), until: day(0) }
  const sync = await beginSync(store, { ...range, kind: 'days', startedAt: learnedAt })
  await finishSync(store, sync, learnedAt)
  const rows = Array.from({ length: days }, (_, index) => days - index).flatMap((back) =>
    adsets.map(({ id }, index) => {
      const spend = (index === 0 ? 20_000 : 10_000) + 100 * ((back * 7919) % 13) + 1000 * (back % 7)
      return insightOf({
        entityId: id,
        day: day(back),
        spend,
        impressions: 1000,
        clicks: 50,
        measures: { purchases: 4 + (back % 3) },
      })
    }),
  )
  await saveInsights(store, { ...range, level: 'adset', resolution: 'day', rows, learnedAt })
  const ask = async (query: string): Promise<Forecast> => (await (await api.ask(`/api/ai/forecast${query}`)).json()) as Forecast
  return { ...api, forecast: ask }
}

describe('GET /api/ai/forecast', () => {
  test('forecasts the account’s spend from tomorrow on, and the month’s total including what was spent', async () => {
    const { forecast } = await account(60)
    const { points, unit, month, accuracy, reason } = await forecast('?days=7')
    expect([unit, reason]).toEqual(['TRY', null])
    expect(points.map(({ date }) => date)).toEqual(Array.from({ length: 7 }, (_, step) => day(-1 - step)))
    for (const { mean, lo80, hi80 } of points) {
      expect(mean).toBeGreaterThan(250)
      expect(mean).toBeLessThan(450)
      expect(lo80 <= mean && mean <= hi80).toBe(true)
    }
    expect(accuracy).toMatch(/^off by \d+% on average over the last \d+ weeks$/)
    // March: 10 days are over, 21 are to come.
    expect(month!.soFar).toBeGreaterThan(9 * 300)
    expect(month!.mean).toBeGreaterThan(month!.soFar! + 20 * 250)
    expect(month!.mean).toBeLessThan(month!.soFar! + 22 * 450)
  })

  test('forecasts of campaigns add up to the account’s', async () => {
    const { forecast } = await account(60)
    const whole = await forecast('?days=5')
    const parts = await Promise.all(['110001', '110002'].map((id) => forecast(`?days=5&scope=campaign&id=${id}`)))
    for (const [step, { mean }] of whole.points.entries())
      expect(parts.reduce((sum, { points }) => sum + points[step]!.mean, 0)).toBeCloseTo(mean, 6)
  })

  test('never forecasts more than the budgets allow', async () => {
    const { forecast } = await account(60, { dailyBudget: 5_000 })
    const { points } = await forecast('?days=5&scope=adset&id=120001')
    // 50 TRY a day; Meta may spend up to 75% more on one day.
    for (const { mean, hi95 } of points) expect([mean <= 87.5, hi95 <= 87.5]).toEqual([true, true])
  })

  test('forecasts a cost from spend and results', async () => {
    const { forecast } = await account(60)
    const { points, model } = await forecast('?days=3&metric=cpa')
    expect(model).toMatch(/^spend: .*; results: /)
    for (const { mean } of points) {
      expect(mean).toBeGreaterThan(20)
      expect(mean).toBeLessThan(60)
    }
  })

  test('reports too little history, and rejects invalid requests', async () => {
    const { forecast, ask } = await account(10)
    const { points, reason, month } = await forecast('')
    expect([points, month, reason]).toEqual([[], null, 'not enough history: 10 of at least 14 points'])
    expect((await ask('/api/ai/forecast?scope=campaign')).status).toBe(400)
    expect((await ask('/api/ai/forecast?scope=campaign&id=9')).status).toBe(404)
    expect((await ask('/api/ai/forecast?id=9')).status).toBe(404)
    expect((await ask('/api/ai/forecast?id=act_1234567890')).status).toBe(200)
    expect((await ask('/api/ai/forecast?metric=reach')).status).toBe(400)
    expect((await ask('/api/ai/forecast?days=91')).status).toBe(400)
  })
})
