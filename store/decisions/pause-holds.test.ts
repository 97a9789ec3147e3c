import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import { heldBy, holdPause, pauseHolders, releaseAllPauses, releasePause } from './pause-holds.js'

const hold = { account: 'moda-tr', entityId: '1', holder: 'rule-a', decision: null, since: 10 }
const release = { account: 'moda-tr', entityId: '1', holder: 'rule-a', at: 20 }
const names = (holds: readonly { holder: string }[]) => holds.map(({ holder }) => holder)

test('who holds already goes on holding, from the first time on', async () => {
  const store = await temporaryStore()
  expect(await holdPause(store, hold)).toBe(true)
  expect(await holdPause(store, { ...hold, since: 15 })).toBe(false)
  expect(await pauseHolders(store, 'moda-tr', '1')).toMatchObject([{ holder: 'rule-a', since: 10 }])
})

test('letting go says who else holds', async () => {
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

test('held, let go and held again within one millisecond is held', async () => {
  const store = await temporaryStore()
  await holdPause(store, hold)
  await releasePause(store, { ...release, at: 10 })
  expect(await holdPause(store, hold)).toBe(true)
  expect(names(await pauseHolders(store, 'moda-tr', '1'))).toEqual(['rule-a'])
})

test('a clock that went backwards does not keep a hold from ending', async () => {
  const store = await temporaryStore()
  await holdPause(store, hold)
  expect(await releasePause(store, { ...release, at: 3 })).toEqual({ held: true, others: [] })
})

test('everything that one holds, and everybody at once', async () => {
  const store = await temporaryStore()
  await holdPause(store, hold)
  await holdPause(store, { ...hold, entityId: '2' })
  await holdPause(store, { ...hold, holder: 'rule-b' })
  expect((await heldBy(store, 'moda-tr', 'rule-a')).map(({ entity_id }) => entity_id)).toEqual(['1', '2'])
  expect(await releaseAllPauses(store, 'moda-tr', '1', 20)).toBe(2)
  expect(await pauseHolders(store, 'moda-tr', '1')).toEqual([])
  expect(await pauseHolders(store, 'moda-tr', '2')).toHaveLength(1)
})
