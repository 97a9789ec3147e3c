import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import { holdPause, pauseHolders, releaseAllPauses, releasePause } from './pause-holds.js'

const hold = { account: 'moda-tr', entityId: '1', holder: 'rule-a', decision: null, since: 10 }
const release = { account: 'moda-tr', entityId: '1', holder: 'rule-a', at: 20 }
const names = (holds: readonly { holder: string }[]) => holds.map(({ holder }) => holder)

test('a holder who holds again keeps the first hold', async () => {
  const store = await temporaryStore()
  expect(await holdPause(store, hold)).toBe(true)
  expect(await holdPause(store, { ...hold, since: 15 })).toBe(false)
  expect(await pauseHolders(store, 'moda-tr', '1')).toMatchObject([{ holder: 'rule-a', since: 10 }])
})

test('releasing returns the remaining holders', async () => {
  const store = await temporaryStore()
  await holdPause(store, hold)
  await holdPause(store, { ...hold, holder: 'rule-b', since: 11 })
  await holdPause(store, { ...hold, entityId: '2', holder: 'rule-c' })
  const first = await releasePause(store, release)
  expect(first.held).toBe(true)
  expect(names(first.others)).toEqual(['rule-b'])
  expect(await releasePause(store, release)).toMatchObject({ held: false })
  expect(await releasePause(store, { ...release, holder: 'rule-b' })).toEqual({ held: true, others: [] })
})

test('held, released and held again within one millisecond is held', async () => {
  const store = await temporaryStore()
  await holdPause(store, hold)
  await releasePause(store, { ...release, at: 10 })
  expect(await holdPause(store, hold)).toBe(true)
  expect(names(await pauseHolders(store, 'moda-tr', '1'))).toEqual(['rule-a'])
})

test('a hold can end even if the clock went backwards', async () => {
  const store = await temporaryStore()
  await holdPause(store, hold)
  expect(await releasePause(store, { ...release, at: 3 })).toEqual({ held: true, others: [] })
})

test('all holds on an entity are released at once', async () => {
  const store = await temporaryStore()
  await holdPause(store, hold)
  await holdPause(store, { ...hold, entityId: '2' })
  await holdPause(store, { ...hold, holder: 'rule-b' })
  expect(await releaseAllPauses(store, 'moda-tr', '1', 20)).toBe(2)
  expect(await pauseHolders(store, 'moda-tr', '1')).toEqual([])
  expect(await pauseHolders(store, 'moda-tr', '2')).toHaveLength(1)
})
