import { beforeEach, expect, it } from 'vitest'

import type { Group } from '../../engine/account/account.js'
import { type Entity, saveEntity } from '../../store/account/entities.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { loadSnapshot } from './account-snapshot.js'
import { groupBudgetsOf, groupMonths } from './group-budgets.js'

const GROUP: Group = {
  name: 'umbrella',
  account: 'moda-tr',
  campaigns: ['TR | *'],
  monthlyBudget: { value: 20_000, unit: 'money', currency: 'TRY' },
}
/** The tenth of a month with 31 days: 22 are left, including today. */
const NOON = Date.parse('2026-03-10T12:00:00+03:00')

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  const common = { status: 'ACTIVE', effectiveStatus: 'ACTIVE', lifetimeBudget: null, fields: {} }
  const save = (entity: Entity) => saveEntity(room.store, 'moda-tr', entity, NOON - 1_000)
  const campaign = (id: string, name: string) =>
    save({ ...common, level: 'campaign', id, campaignId: id, adsetId: null, name, dailyBudget: null })
  const adset = (id: string, campaignId: string, dailyBudget: number, status = 'ACTIVE') =>
    save({ ...common, level: 'adset', id, campaignId, adsetId: id, name: id, dailyBudget, status })
  await campaign('c1', 'TR | Summer')
  await campaign('c2', 'TR | Winter')
  await campaign('c3', 'EN | Brand')
  await adset('s1', 'c1', 30_000)
  await adset('s2', 'c2', 20_000)
  await adset('s3', 'c2', 99_000, 'PAUSED')
  await adset('s4', 'c3', 77_000)
})

const spend = (entity: string, day: string, amount: number) =>
  room.store.db
    .insertInto('insights')
    .values({
      account: 'moda-tr',
      level: 'adset',
      entity_id: entity,
      day,
      hour: -1,
      spend: amount,
      impressions: 1,
      clicks: 0,
      measures_json: '{}',
      learned_at: NOON - 1_000,
      superseded_at: null,
    })
    .execute()
const read = (since: string, until: string) =>
  room.store.db
    .insertInto('syncs')
    .values({ account: 'moda-tr', kind: 'days', since, until, started_at: NOON - 2_000, finished_at: NOON - 1_000, error: null })
    .execute()

async function budgetOf(entityId: string, at = NOON) {
  const months = await groupMonths(room.store, ACCOUNT, [GROUP], at)
  const snapshot = await loadSnapshot(room.store, 'moda-tr', at, null)
  return groupBudgetsOf(months, snapshot, snapshot.find('adset', entityId)!, { now: at, zone: 'Europe/Istanbul' })
}

it('a group’s month is what its campaigns spent until yesterday, plus its active budgets for each day left', async () => {
  await read('2026-02-20', '2026-03-10')
  await spend('s1', '2026-03-01', 100_000)
  await spend('s2', '2026-03-09', 50_000)
  // None of these count: another month, another group, and today, which the budgets cover.
  await spend('s1', '2026-02-28', 777_777)
  await spend('s4', '2026-03-05', 777_777)
  await spend('s1', '2026-03-10', 777_777)
  expect(await budgetOf('s1')).toEqual([
    { name: 'umbrella', monthlyBudget: 2_000_000, spent: 150_000, toCome: 22 * 50_000, daysLeft: 22 },
  ])
})

it('days that were never read make the spend unknown, not zero', async () => {
  await read('2026-03-05', '2026-03-10')
  expect((await budgetOf('s1'))[0]?.spent).toBeNull()
})

it('on the first of a month, nothing was spent yet', async () => {
  expect((await budgetOf('s1', Date.parse('2026-03-01T09:00:00+03:00')))[0]).toMatchObject({ spent: 0, daysLeft: 31 })
})

it('a group’s budget does not limit a campaign outside of the group', async () => {
  await read('2026-02-20', '2026-03-10')
  expect(await budgetOf('s4')).toEqual([])
})
