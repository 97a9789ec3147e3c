import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { saveStructure } from './entities.js'
import { countsReach, lastReachRead, reachAsOf, type ReachOfEntity, saveReach } from './reach.js'

const WINDOW = { level: 'adset', since: '2026-03-03', until: '2026-03-09' } as const
const save = (store: Store, startedAt: number, rows: ReachOfEntity[], finishedAt = startedAt + 1) =>
  saveReach(store, { account: 'moda-tr', ...WINDOW, startedAt, finishedAt, rows })
const of = (entityId: string, reach: number | null, frequency: number | null = 1): ReachOfEntity => ({
  entityId,
  reach,
  frequency,
})

test('a window has the values of its last reading until then', async () => {
  const store = await temporaryStore()
  await save(store, 10, [of('a', 5), of('b', 7)], 20)
  await save(store, 30, [of('a', 6), of('c', null, null)], 40)
  const known = async (at: number) => await reachAsOf(store, 'moda-tr', [WINDOW], at)
  expect(await known(19)).toEqual([])
  expect(await known(20)).toEqual([{ ...WINDOW, startedAt: 10, rows: [of('a', 5), of('b', 7)] }])
  expect(await known(39)).toEqual(await known(20))
  expect(await known(40)).toEqual([{ ...WINDOW, startedAt: 30, rows: [of('a', 6), of('c', null, null)] }])
})

test('an equal answer adds no revision, but counts as a reading', async () => {
  const store = await temporaryStore()
  await save(store, 10, [of('a', 5)])
  await save(store, 30, [of('a', 5)])
  expect(await store.db.selectFrom('reach_windows').selectAll().execute()).toHaveLength(1)
  expect(await lastReachRead(store, 'moda-tr', WINDOW)).toBe(30)
  expect(await lastReachRead(store, 'moda-tr', WINDOW, 30)).toBe(10)
  expect(await lastReachRead(store, 'moda-tr', { ...WINDOW, level: 'ad' })).toBeNull()
  expect(await reachAsOf(store, 'moda-tr', [WINDOW], 99)).toMatchObject([{ rows: [of('a', 5)] }])
})

test('an older answer that arrives late does not replace a newer one', async () => {
  const store = await temporaryStore()
  await save(store, 30, [of('a', 6)], 31)
  await save(store, 10, [of('a', 5)], 50)
  expect(await reachAsOf(store, 'moda-tr', [WINDOW], 99)).toMatchObject([{ startedAt: 30, rows: [of('a', 6)] }])
})

test('finds whether an account has ad sets whose results are people reached', async () => {
  const store = await temporaryStore()
  const adset = (goal: string) => ({
    level: 'adset' as const,
    id: 's',
    campaignId: 'c',
    adsetId: 's',
    name: 'S',
    status: 'ACTIVE',
    effectiveStatus: 'ACTIVE',
    dailyBudget: null,
    lifetimeBudget: null,
    fields: { optimization_goal: goal },
  })
  const goal = async (name: string, learnedAt: number) => {
    await saveStructure(store, { account: 'moda-tr', levels: ['adset'], entities: [adset(name)], learnedAt })
    return await countsReach(store, 'moda-tr')
  }
  expect(await goal('REACH', 1)).toBe(true)
  expect(await goal('THRUPLAY', 2)).toBe(false)
})
