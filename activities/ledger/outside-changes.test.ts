import { beforeEach, describe, expect, it } from 'vitest'

import { findEntity } from '../../store/account/entities.js'
import { intendMutation } from '../../store/decisions/mutations.js'
import { holdPause, pauseHolders } from '../../store/decisions/pause-holds.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { lastPersonChange } from '../../test/support/person-changes.js'
import { applyMutation } from '../change/apply-mutation.js'
import { keepReading } from '../sync/save-entity.js'

const MINUTE = 60_000
const S1 = { level: 'adset', id: 's1' } as const

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  await look()
})

/** Reads the ad set as a sync does. */
async function look() {
  room.clock.now += MINUTE
  await keepReading(room.store, 'moda-tr', room.meta.nodes.get('s1')!, room.clock.now)
}

async function change(target: 'PAUSED' | 'ACTIVE', madeBy: string) {
  const { status: before } = (await findEntity(room.store, 'adset', 's1'))!
  const id = `m${(room.clock.now += MINUTE)}`
  const row = {
    id,
    decision: null,
    account: 'moda-tr',
    made_by: madeBy,
    level: 'adset',
    entity_id: 's1',
    field: 'status',
  } as const
  await intendMutation(room.store, { ...row, before, target, intended_at: room.clock.now })
  await room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: id })
  return room.clock.now
}

const byPerson = (change: { status?: string; daily_budget?: number; bid_amount?: number; name?: string }) => {
  room.clock.now += MINUTE
  room.meta.set('s1', change)
}
const lastChange = () => lastPersonChange(room.store, 'moda-tr', S1, 0)
const holders = async () => (await pauseHolders(room.store, 'moda-tr', 's1')).map(({ holder }) => holder)

describe('what a person changed', () => {
  it('is nothing if only rules changed the entity', async () => {
    await change('PAUSED', 'a-rule')
    await look()
    await change('ACTIVE', 'a-rule')
    await look()
    expect(await lastChange()).toBeNull()
  })

  it('includes a bid, unless a rule set it', async () => {
    byPerson({ bid_amount: 9_000 })
    await look()
    expect(await lastChange()).toBe(room.clock.now)
    const seen = room.clock.now
    const id = `m${(room.clock.now += MINUTE)}`
    const row = { id, decision: null, account: 'moda-tr', made_by: 'a-rule', level: 'adset', entity_id: 's1' } as const
    const bid = { field: 'bid_amount', before: '9000', target: '8000', intended_at: room.clock.now }
    await intendMutation(room.store, { ...row, ...bid })
    await room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: id })
    await look()
    expect(await lastChange()).toBe(seen)
  })

  it('in Ads Manager is noticed at the next reading: status and budgets', async () => {
    byPerson({ daily_budget: 70_000 })
    await look()
    const budget = await lastChange()
    expect(budget).not.toBeNull()
    byPerson({ status: 'PAUSED' })
    await look()
    expect(await lastChange()).toBeGreaterThan(budget!)
  })

  it('does not include a new name', async () => {
    byPerson({ name: 'another' })
    await look()
    expect(await lastChange()).toBeNull()
  })

  it('includes changes through our API, from the ledger', async () => {
    const at = await change('PAUSED', 'api:panel')
    expect(await lastChange()).toBeLessThanOrEqual(at)
    expect(await lastChange()).toBeGreaterThan(at - MINUTE)
  })

  it('is noticed even if a rule had made the same change before', async () => {
    await change('PAUSED', 'a-rule')
    await look()
    byPerson({ status: 'ACTIVE' })
    await look()
    const started = await lastChange()
    expect(started).not.toBeNull()
    byPerson({ status: 'PAUSED' })
    await look()
    expect(await lastChange()).toBeGreaterThan(started!)
  })

  it('is not taken from a stale answer, requested before our own change was read back', async () => {
    const askedAt = (room.clock.now += MINUTE)
    const stale = room.meta.nodes.get('s1')!
    await change('PAUSED', 'a-rule')
    await keepReading(room.store, 'moda-tr', stale, askedAt)
    expect((await findEntity(room.store, 'adset', 's1'))?.status).toBe('PAUSED')
    expect(await lastChange()).toBeNull()
    expect(await holders()).toEqual(['a-rule'])
  })

  it('releases every pause if they started it, and makes them the holder if they paused it', async () => {
    await change('PAUSED', 'a-rule')
    await holdPause(room.store, { account: 'moda-tr', entityId: 's1', holder: 'b-rule', decision: null, since: 1 })
    byPerson({ status: 'ACTIVE' })
    await look()
    expect(await holders()).toEqual([])
    byPerson({ status: 'PAUSED' })
    await look()
    expect(await holders()).toEqual(['person'])
  })

  it('does not count if it is older than the requested time', async () => {
    byPerson({ status: 'PAUSED' })
    await look()
    expect(await lastPersonChange(room.store, 'moda-tr', S1, room.clock.now + 1)).toBeNull()
  })
})
