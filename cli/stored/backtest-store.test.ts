import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DAY, HOUR, startOfDay } from '../../engine/clock/zone.js'
import { type Entity, saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { openStore, type Store } from '../../store/base/store.js'
import { type BacktestReport, runBacktest } from '../data/run-backtest.js'
import { openStoredNumbers } from './backtest-store.js'

const ZONE = 'Europe/Istanbul'
const SETTINGS = `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }
`
const RULES = `rules:
  - { id: high, scope: adset, when: "cpa[today] > 100 TRY", cooldown: 0h, then: [pause] }
`
const NOW = startOfDay('2026-03-10', ZONE) + 12 * HOUR
/** The first sync: noon of the fifth of March. */
const WATCHED = startOfDay('2026-03-05', ZONE) + 12 * HOUR

const adset = (id: string): Entity => ({
  level: id === 'c' ? 'campaign' : 'adset',
  id,
  campaignId: 'c',
  adsetId: null,
  name: `name of ${id}`,
  status: 'ACTIVE',
  effectiveStatus: 'ACTIVE',
  dailyBudget: null,
  lifetimeBudget: null,
  fields: {},
})

let folder: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-backtest-store-'))
  await writeFile(join(folder, 'tetik.yaml'), SETTINGS)
  store = await openStore(join(folder, '.tetik', 'tetik.db'))
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** A sync that returned these numbers: spend in lira and purchases, by ad set and day. */
async function sync(at: number, since: string, until: string, numbers: Readonly<Record<string, readonly [number, number]>>) {
  const rows = Object.entries(numbers).map(([place, [spend, purchases]]) => {
    const [entityId, day] = place.split(' ') as [string, string]
    return { entityId, day, hour: null, spend: spend * 100, impressions: 1, clicks: 1, measures: { purchases } }
  })
  const id = await beginSync(store, { account: 'moda-tr', kind: 'days', since, until, startedAt: at })
  await saveInsights(store, { account: 'moda-tr', level: 'adset', since, until, resolution: 'day', rows, learnedAt: at })
  await finishSync(store, id, at)
}

async function play(): Promise<BacktestReport> {
  const stored = await openStoredNumbers('moda-tr', folder, NOW)
  try {
    const { runs, diagnostics } = await stored.runs({
      sets: [{ settings: { path: 'tetik.yaml', text: SETTINGS }, files: [{ path: 'r.yaml', text: RULES }] }],
      diagnostics: [],
    })
    expect(diagnostics).toEqual([])
    return await runBacktest(runs!, {})
  } finally {
    await stored.close()
  }
}

const fired = ({ firings }: BacktestReport): readonly string[] => firings.map(({ day, entity }) => `${day} ${entity.key}`)
const entities = (learnedAt: number, ...ids: readonly string[]) =>
  saveStructure(store, { account: 'moda-tr', levels: ['campaign', 'adset'], entities: ['c', ...ids].map(adset), learnedAt })

describe('a backtest of the store', () => {
  it('evaluates each day with what was known by its end: a purchase reported later does not undo the firing', async () => {
    await entities(WATCHED, 'a')
    await sync(WATCHED, '2026-03-01', '2026-03-05', { 'a 2026-03-04': [50, 1] })
    const evening = startOfDay('2026-03-07', ZONE) - HOUR / 2
    await sync(evening, '2026-03-05', '2026-03-06', { 'a 2026-03-06': [150, 1] })
    // A day later, March 6 has two more purchases.
    await sync(evening + DAY, '2026-03-05', '2026-03-07', { 'a 2026-03-06': [150, 3], 'a 2026-03-07': [300, 3] })
    await sync(NOW - HOUR, '2026-03-07', '2026-03-10', { 'a 2026-03-07': [300, 3] })
    const report = await play()
    expect(fired(report)).toEqual(['2026-03-06 a'])
    expect(report.notes).toEqual([expect.stringContaining('was first read on 2026-03-05 12:00')])
    // The numbers after the firing are those known now.
    expect(report.summary).toMatchObject([{ spendAfter: 30_000, resultsAfter: 3 }])
    expect([report.from, report.to]).toEqual(['2026-03-04', '2026-03-09'])
  })

  it('evaluates days before the first sync on what that sync returned for them', async () => {
    await entities(WATCHED, 'a', 'b')
    await sync(WATCHED, '2026-02-01', '2026-03-05', {
      'a 2026-02-10': [150, 1],
      'b 2026-03-01': [40, 1],
      'a 2026-03-02': [120, 1],
    })
    expect(fired(await play())).toEqual(['2026-02-10 a', '2026-03-02 a'])
  })

  it('evaluates a deleted ad set on the days on which it existed', async () => {
    const evening = startOfDay('2026-03-07', ZONE) - HOUR / 2
    await entities(WATCHED, 'a', 'b')
    await sync(WATCHED, '2026-03-01', '2026-03-05', { 'a 2026-03-04': [50, 1] })
    await sync(evening, '2026-03-05', '2026-03-06', { 'b 2026-03-06': [150, 1] })
    await entities(evening + HOUR, 'a')
    expect(fired(await play())).toEqual(['2026-03-06 b'])
  })

  it('reports an unknown account, or one that was never read', async () => {
    await expect(openStoredNumbers('moda', folder, NOW)).rejects.toThrow('tetik.yaml has no account moda; it has moda-tr')
    await expect(openStoredNumbers('moda-tr', folder, NOW)).rejects.toThrow('no data of moda-tr has been read from Meta yet')
  })
})
