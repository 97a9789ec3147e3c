/** Alerts of an account whose data was just read: which open, which explain others, and when they are resolved. */

import { beforeEach, describe, expect, it } from 'vitest'

import { addDays, startOfDay } from '../../engine/clock/zone.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { listAlerts } from '../../store/analysis/alerts.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { insightOf } from '../../test/support/rows.js'
import { entityOf } from '../sync/sync-structure.js'
import { findAnomalies } from './find-anomalies.js'

const TODAY = '2026-03-10'
const ZONE = 'Europe/Istanbul'
const HOUR = 3_600_000
const account = 'moda-tr'

let room: ActivityRoom
let looks = 0
beforeEach(async () => {
  room = await openActivityRoom()
  looks = 0
  const nodes = [
    campaign({ id: 'c1', name: 'Big' }),
    campaign({ id: 'c2', name: 'Small' }),
    adset({ id: 's1', name: 'Big one', campaign_id: 'c1' }),
    adset({ id: 's2', name: 'Small one', campaign_id: 'c2' }),
  ]
  const structure = { account, levels: ['campaign', 'adset', 'ad'] as const, entities: nodes.map(entityOf), learnedAt: 1 }
  await saveStructure(room.store, structure)
})

/**
 * Stores sixty days up to yesterday for both ad sets, with `spend` by index from the oldest day, and looks for anomalies at 09:00.
 */
async function look(spend: (entityId: string, index: number) => number, today = TODAY) {
  const first = addDays(today, -60)
  const rows = Array.from({ length: 60 }, (_, index) => index).flatMap((index) =>
    ['s1', 's2'].flatMap((entityId) => {
      const amount = Math.round(spend(entityId, index) * (1 + (((index * 7919) % 13) - 6) / 80))
      const shown = amount === 0 ? 0 : 20_000
      return amount === 0
        ? []
        : [
            insightOf({
              entityId,
              day: addDays(first, index),
              spend: amount,
              impressions: shown,
              clicks: shown / 50,
              measures: {},
            }),
          ]
    }),
  )
  // An account is examined at most every quarter of an hour.
  const at = startOfDay(today, ZONE) + 9 * HOUR + ++looks * 20 * 60_000
  room.clock.now = at
  const range = { account, since: first, until: today }
  await saveInsights(room.store, { ...range, level: 'adset', resolution: 'day', rows, learnedAt: at })
  await finishSync(room.store, await beginSync(room.store, { ...range, kind: 'days', startedAt: at }), at + 1)
  return await room.run(findAnomalies(room.dependencies), { account })
}
const usual = (entityId: string): number => (entityId === 's1' ? 900_000 : 100_000)
const alerts = async () =>
  (await listAlerts(room.store, { limit: 50 })).map(({ scope, entity_key, metric, direction, kind, state, cause }) => ({
    what: `${scope} ${scope === 'account' ? '' : `${entity_key} `}${metric} ${direction}`,
    kind,
    state,
    cause,
  }))

describe('what is unusual', () => {
  it('is not reported on a usual day', async () => {
    expect(await look(usual)).toEqual({ found: 0, opened: 0, resolved: 0, isSkipped: false })
    expect(await room.run(findAnomalies(room.dependencies), { account })).toMatchObject({ isSkipped: true })
  })

  it('is reported from the ad set up to the account, each explained by the one below', async () => {
    await look((id, index) => (id === 's1' && index === 59 ? 0 : usual(id)))
    const spend = (await alerts()).filter(({ what }) => what.includes('spend'))
    expect(spend.sort((a, b) => a.what.localeCompare(b.what))).toEqual([
      { what: 'account spend down', kind: 'zero', state: 'open', cause: 'campaign c1 spend down' },
      { what: 'adset s1 spend down', kind: 'zero', state: 'open', cause: null },
      { what: 'campaign c1 spend down', kind: 'zero', state: 'open', cause: 'adset s1 spend down' },
    ])
    const [top] = (await listAlerts(room.store, { limit: 50, metric: 'spend' })).filter(({ scope }) => scope === 'account')
    expect(JSON.parse(top!.contributions_json)).toMatchObject([{ scope: 'campaign', key: 'c1', name: 'Big' }])
    expect((JSON.parse(top!.contributions_json) as { share: number }[])[0]!.share).toBeGreaterThan(0.9)
  })

  it('is reported once, however many ticks see it, and is resolved when it ends', async () => {
    const drop = (id: string, index: number): number => (id === 's1' && index === 59 ? 0 : usual(id))
    const { opened } = await look(drop)
    expect(opened).toBeGreaterThan(0)
    expect(await look(drop)).toMatchObject({ opened: 0, resolved: 0 })
    // A day later the drop is a day old, and yesterday was usual.
    const after = await look((id, index) => (id === 's1' && index === 58 ? 0 : usual(id)), addDays(TODAY, 1))
    expect(after).toMatchObject({ found: 0, resolved: opened })
    expect(new Set((await alerts()).map(({ state }) => state))).toEqual(new Set(['resolved']))
  })

  it('is not reported if somebody paused the campaign', async () => {
    const nodes = [
      campaign({ id: 'c1', name: 'Big', status: 'PAUSED', effective_status: 'PAUSED' }),
      campaign({ id: 'c2', name: 'Small' }),
      adset({ id: 's1', name: 'Big one', campaign_id: 'c1', effective_status: 'CAMPAIGN_PAUSED' }),
      adset({ id: 's2', name: 'Small one', campaign_id: 'c2' }),
    ]
    const structure = { account, levels: ['campaign', 'adset', 'ad'] as const, entities: nodes.map(entityOf), learnedAt: 2 }
    await saveStructure(room.store, structure)
    await look((id, index) => (id === 's1' && index === 59 ? 0 : usual(id)))
    expect((await alerts()).map(({ what }) => what).filter((what) => !what.startsWith('account'))).toEqual([])
    const [top] = await listAlerts(room.store, { limit: 50, metric: 'spend' })
    expect(JSON.parse(top!.contributions_json)).toMatchObject([{ key: 'c1', isUnusual: true, isDelivering: false }])
  })
})
