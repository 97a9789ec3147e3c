import { expect, test } from 'vitest'

import { decisionRow } from '../../test/support/rows.js'
import { openStore } from '../base/store.js'
import { recordTick } from '../decisions/decisions.js'
import { eventOfSignature, findHookEvent, forgetHookEvents, keepHookEvent, markHookEventStarted } from './hook-events.js'

const event = (id: string, receivedAt: number) => ({ id: `order/${id}`, hook: 'order', payload: { total: 1 }, receivedAt })

test('an event is stored once, as it first arrived', async () => {
  const store = await openStore(':memory:')
  expect((await keepHookEvent(store, event('1', 5))).isNew).toBe(true)
  const again = await keepHookEvent(store, { ...event('1', 9), payload: { total: 2 } })
  expect([again.isNew, again.event.payload_json, again.event.received_at]).toEqual([false, '{"total":1}', 5])
  await markHookEventStarted(store, 'order/1', 7)
  await markHookEventStarted(store, 'order/1', 8)
  expect((await findHookEvent(store, 'order/1'))?.started_at).toBe(7)
})

test('a signature keeps its first event for a while, and its hook permanently', async () => {
  const store = await openStore(':memory:')
  const signed = (event: string, at: number, hook = 'order') =>
    eventOfSignature(store, { hook, digest: 'ab', passing: false, event, at, since: at - 10 })
  const first = { hook: 'order', event: '1' }
  expect([await signed('1', 100), await signed('2', 110), await signed('2', 110, 'stock')]).toEqual([first, first, first])
  expect(await signed('2', 111, 'stock')).toEqual(first)
  const later = { hook: 'order', event: '3' }
  expect([await signed('3', 111), await signed('4', 112)]).toEqual([later, later])
  await forgetHookEvents(store, 1_000)
  expect(await signed('5', 1_000, 'stock')).toMatchObject({ hook: 'order' })
})

test('a signature that itself covers its hook and time is deleted with the events', async () => {
  const store = await openStore(':memory:')
  const signed = (event: string, at: number) =>
    eventOfSignature(store, { hook: 'order', digest: 'ab', passing: true, event, at, since: at - 10 })
  expect([await signed('1', 100), await signed('2', 110)]).toEqual([{ hook: 'order', event: '1' }, { hook: 'order', event: '1' }]) // prettier-ignore
  await forgetHookEvents(store, 101)
  expect(await store.db.selectFrom('hook_events').selectAll().execute()).toEqual([])
})

test('old events are deleted, except those of a stored decision', async () => {
  const store = await openStore(':memory:')
  for (const [id, at] of [['old', 1], ['of-decision', 1], ['new', 10]] as const) await keepHookEvent(store, event(id, at)) // prettier-ignore
  await recordTick(store, { states: [], decisions: [decisionRow({ id: 'd1', event: 'order/of-decision' })] })
  await forgetHookEvents(store, 10)
  const left = await Promise.all(['old', 'of-decision', 'new'].map((id) => findHookEvent(store, `order/${id}`)))
  expect(left.map((found) => found !== undefined)).toEqual([false, true, true])
})
