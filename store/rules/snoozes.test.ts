import { beforeEach, expect, test } from 'vitest'

import { openStore, type Store } from '../base/store.js'
import { snooze, snoozeOf, standingSnoozes, wake } from './snoozes.js'

let store: Store
beforeEach(async () => {
  store = await openStore(':memory:')
})
const put = (rule: string, entity: string, until: number) =>
  snooze(store, { rule, entity_key: entity, until, snoozed_by: 'ana', snoozed_at: 0 })

test('a snooze silences its rule for its entity until its end and no longer', async () => {
  await put('a', 's1', 100)
  const standing = await standingSnoozes(store, 99)
  expect([snoozeOf(standing, 'a', 's1')?.until, snoozeOf(standing, 'a', 's2'), snoozeOf(standing, 'b', 's1')]).toEqual([
    100,
    null,
    null,
  ])
  expect(await standingSnoozes(store, 100)).toEqual([])
})

test('a snooze of a whole rule covers all of its entities, and the later of two counts', async () => {
  await put('a', '', 100)
  await put('a', 's1', 200)
  const standing = await standingSnoozes(store, 0)
  expect([snoozeOf(standing, 'a', 's1')?.until, snoozeOf(standing, 'a', 's2')?.until]).toEqual([200, 100])
})

test('a new snooze replaces the previous one, and waking ends it', async () => {
  await put('a', 's1', 200)
  await put('a', 's1', 100)
  expect(await standingSnoozes(store, 100)).toEqual([])
  expect([await wake(store, 'a', 's1'), await wake(store, 'a', 's1')]).toEqual([true, false])
})
