import { afterEach, beforeEach, expect, it } from 'vitest'

import { entitiesAsOf, type Entity, saveStructure } from '../../store/account/entities.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { entityOf } from '../../test/support/rows.js'
import { personWarnings } from './person-warnings.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  await saveStructure(room.store, {
    account: ACCOUNT.name,
    levels: ['campaign', 'adset', 'ad'],
    entities: [
      entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1', adsetId: null, dailyBudget: null }),
      entityOf({ id: 's1', adsetId: 's1', campaignId: 'c1', dailyBudget: 40_000 }),
    ],
    learnedAt: room.clock.now,
  })
})
afterEach(() => room.store.close())

async function warningsOf(field: 'status' | 'daily_budget', target: string, guardrails = {}): Promise<string[]> {
  const account = { ...ACCOUNT, guardrails: { ...ACCOUNT.guardrails, ...guardrails } }
  const entities: readonly Entity[] = await entitiesAsOf(room.store, ACCOUNT.name, room.clock.now)
  const entity = entities.find(({ id }) => id === 's1')!
  return await personWarnings(room.store, account, [], entity, { field, target }, room.clock.now)
}

it('a person is warned by every guardrail that would refuse a rule', async () => {
  const warnings = await warningsOf('daily_budget', '80000', { ceiling: 50_000 })
  expect(warnings).toEqual([
    expect.stringContaining('is a step of 100%'),
    expect.stringContaining('would have changed by 100% today'),
    expect.stringContaining('above the ceiling of'),
  ])
  expect(await warningsOf('status', 'PAUSED')).toEqual([expect.stringContaining('last delivering ad set')])
})

it('a person is not warned of an allowed change, of one that changes nothing, or of a missing ceiling', async () => {
  expect(await warningsOf('daily_budget', '44000', { ceiling: 500_000 })).toEqual([])
  expect(await warningsOf('daily_budget', '40000')).toEqual([])
  expect(await warningsOf('status', 'ACTIVE')).toEqual([])
  expect(await warningsOf('daily_budget', '44000')).toEqual([])
})
