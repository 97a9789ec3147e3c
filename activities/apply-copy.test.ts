import { beforeEach, describe, expect, it } from 'vitest'

import { findEntity } from '../store/entities.js'
import { findMutation, intendMutation } from '../store/mutations.js'
import { openActivityRoom } from '../test/support/activity-room.js'
import type { ActivityRoom } from '../test/support/activity-room.js'
import { metaError } from '../test/support/meta-double.js'
import { applyMutation } from './apply-mutation.js'
import { copyMark, copyTargetText } from './copy-target.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

const ID = 'carry-out/run/0'
const MARK = copyMark(ID)
const intend = (name: string | null = null) =>
  intendMutation(room.store, {
    id: ID,
    decision: null,
    account: 'moda-tr',
    made_by: 'copies',
    level: 'adset',
    entity_id: 's1',
    field: 'copy',
    before: '',
    target: copyTargetText({ mark: MARK, name }),
    intended_at: room.clock.now,
  })
const apply = () => room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: ID })
const row = () => findMutation(room.store, ID)
const made = () => room.meta.writes.filter((write) => write.endsWith('copied')).length
const lost = () => metaError('unknown-outcome', { mayHaveBeenCarriedOut: true })

describe('a copy', () => {
  it('is made once, kept with its id, and paused', async () => {
    await intend()
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    const copy = (await row())?.result
    expect(await findEntity(room.store, 'adset', copy!)).toMatchObject({ status: 'PAUSED', name: `Kış | Soğuk kitle${MARK}` })
    await apply()
    expect(made()).toBe(1)
  })

  it('gets the name that it shall bear', async () => {
    await intend('Kış | ikinci')
    await apply()
    expect((await findEntity(room.store, 'adset', (await row())!.result!))?.name).toBe('Kış | ikinci')
  })

  it('whose answer was lost is found by its mark, and no second one is made', async () => {
    await intend()
    room.meta.afterWrite = () => {
      throw lost()
    }
    await expect(apply()).rejects.toMatchObject({ type: 'unknown-outcome' })
    expect((await row())?.outcome).toBe('unknown')
    room.meta.afterWrite = () => {}
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect([made(), (await row())?.result]).toEqual([1, 's1-copy-1'])
  })

  it('that does not show yet is waited for, and made again only when it could no longer show', async () => {
    await intend()
    room.meta.before = (call, id) => {
      if (call === 'write' && id === 's1') throw lost()
    }
    await expect(apply()).rejects.toMatchObject({ type: 'unknown-outcome' })
    room.meta.before = () => {}
    await expect(apply()).rejects.toMatchObject({ type: 'not-visible-yet', nonRetryable: false })
    expect(made()).toBe(0)
    room.clock.now += 90_000
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(made()).toBe(1)
  })

  it('after a crash between making and naming is named, and not made anew', async () => {
    await intend('Kış | ikinci')
    room.meta.before = (call, id) => {
      if (call === 'write' && id === 's1-copy-1') throw metaError('temporarily-unavailable', { retryable: true })
    }
    await expect(apply()).rejects.toThrow()
    room.meta.before = () => {}
    // Its mark is gone with the new name: the id that was kept is what finds it.
    room.meta.set('s1-copy-1', { name: 'Kış | ikinci' })
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(made()).toBe(1)
  })

  it('that Meta refuses is refused, with what Meta said', async () => {
    await intend()
    room.meta.before = (call) => {
      if (call === 'write') throw metaError('invalid-request')
    }
    await expect(apply()).rejects.toMatchObject({ type: 'invalid-request', nonRetryable: true })
    expect(await row()).toMatchObject({ outcome: 'refused', result: null })
  })
})

describe('bids, names and labels', () => {
  const set = (field: string, before: string, target: string) =>
    intendMutation(room.store, {
      id: ID,
      decision: null,
      account: 'moda-tr',
      made_by: 'shapes',
      level: 'adset',
      entity_id: 's1',
      field,
      before,
      target,
      intended_at: room.clock.now,
    })

  it.each([
    ['bid_amount', '', '8000', 's1 bid_amount 8000'],
    ['name', 'Kış | Soğuk kitle', 'Kış | yeni', 's1 name Kış | yeni'],
    ['labels', '[]', '["a","b"]', 's1 labels a,b'],
  ])('%s is written once and read back', async (field, before, target, written) => {
    await set(field, before, target)
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    await apply()
    expect(room.meta.writes).toEqual([written])
  })

  it('is not written over what somebody else set in between', async () => {
    await set('bid_amount', '9000', '8000')
    room.meta.set('s1', { bid_amount: 9_500 })
    await expect(apply()).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(room.meta.writes).toEqual([])
  })
})
