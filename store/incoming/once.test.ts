import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import { findAccount, listAccounts, saveAccount } from '../account/accounts.js'
import { CUSTOMER_SERVICE_WINDOW, recordInbound, windowOpenUntil } from '../messages/contacts.js'
import { ALL_ACCOUNTS, resumeRules, standingStop, standingStops, stopRules } from '../rules/stops.js'
import { finishKey, forgetKeys, releaseKey, takeKey } from './idempotency-keys.js'
import { forgetWebhookEvents, takeWebhookEvent } from './webhook-events.js'

test('only one of several callers takes a webhook event', async () => {
  const store = await temporaryStore()
  const taken = await Promise.all([1, 2, 3].map(() => takeWebhookEvent(store, 'wamid/delivered', 1)))
  expect(taken.filter(Boolean)).toHaveLength(1)
  await forgetWebhookEvents(store, 1)
  expect(await takeWebhookEvent(store, 'wamid/delivered', 2)).toBe(false)
  await forgetWebhookEvents(store, 2)
  expect(await takeWebhookEvent(store, 'wamid/delivered', 2)).toBe(true)
})

test('a key is new, in flight, answered, or belongs to another request', async () => {
  const store = await temporaryStore()
  const take = (change: object = {}) => takeKey(store, { key: 'k', requestHash: 'h', at: 100, abandonedBefore: 50, ...change })
  expect(await take()).toEqual({ kind: 'new' })
  expect(await take()).toEqual({ kind: 'in-flight' })
  expect(await take({ requestHash: 'other' })).toEqual({ kind: 'other-request' })
  await finishKey(store, 'k', 200, { body: [1, null] })
  expect(await take()).toEqual({ kind: 'answered', status: 200, response: { body: [1, null] } })
  expect(await take({ requestHash: 'other' })).toEqual({ kind: 'other-request' })
  await releaseKey(store, 'k')
  expect(await take()).toMatchObject({ kind: 'answered' })
  await forgetKeys(store, 101)
  expect(await take()).toEqual({ kind: 'new' })
  await releaseKey(store, 'k')
  expect(await take({ requestHash: 'other' })).toEqual({ kind: 'new' })
})

test('the same request may take a key whose process died, but only once', async () => {
  const store = await temporaryStore()
  const take = (at: number, abandonedBefore: number, requestHash = 'h') =>
    takeKey(store, { key: 'k', requestHash, at, abandonedBefore })
  await take(100, 50)
  expect(await take(200, 101, 'other')).toEqual({ kind: 'other-request' })
  expect(await take(200, 101)).toEqual({ kind: 'new' })
  expect(await take(201, 101)).toEqual({ kind: 'in-flight' })
})

test('the window is open for a day after the latest message, in whatever order messages arrive', async () => {
  const store = await temporaryStore()
  expect(await windowOpenUntil(store, '905551112233')).toBeNull()
  await recordInbound(store, '905551112233', 1_000)
  await recordInbound(store, '905551112233', 500)
  expect(await windowOpenUntil(store, '905551112233')).toBe(1_000 + CUSTOMER_SERVICE_WINDOW)
  expect(CUSTOMER_SERVICE_WINDOW).toBe(86_400_000)
})

test('an account is stopped by its own stop and by that of all accounts, until both are resumed', async () => {
  const store = await temporaryStore()
  const stop = (account: string, since = 1) => stopRules(store, { account, reason: 'why', stoppedBy: 'owner', since })
  expect(await stop('a')).toBe(true)
  expect(await stop('a', 2)).toBe(false)
  expect(await standingStop(store, 'b')).toBeUndefined()
  await stop(ALL_ACCOUNTS)
  expect(await standingStop(store, 'a')).toMatchObject({ account: 'a', since: 1 })
  expect(await standingStop(store, 'b')).toMatchObject({ account: '*' })
  expect(await standingStops(store)).toHaveLength(2)
  expect(await resumeRules(store, 'a', 3)).toBe(true)
  expect(await resumeRules(store, 'a', 3)).toBe(false)
  expect(await standingStop(store, 'a')).toMatchObject({ account: '*' })
  await resumeRules(store, ALL_ACCOUNTS, 3)
  expect(await standingStop(store, 'a')).toBeUndefined()
})

test('stopped, resumed and stopped again within one millisecond is stopped', async () => {
  const store = await temporaryStore()
  const stop = { account: 'a', reason: 'why', stoppedBy: 'owner', since: 5 }
  await stopRules(store, stop)
  await resumeRules(store, 'a', 5)
  expect(await stopRules(store, stop)).toBe(true)
  expect(await standingStop(store, 'a')).toMatchObject({ account: 'a' })
})

test('the newest reading of an account is kept', async () => {
  const store = await temporaryStore()
  const account = {
    name: 'a',
    meta_id: 'act_1',
    meta_name: 'Moda',
    currency: 'TRY',
    timezone: 'Europe/Istanbul',
    account_status: 1,
  }
  await saveAccount(store, { ...account, learned_at: 2 })
  await saveAccount(store, { ...account, meta_name: 'Moda TR', learned_at: 3 })
  await saveAccount(store, { ...account, meta_name: 'older', learned_at: 1 })
  expect(await listAccounts(store)).toEqual([{ ...account, meta_name: 'Moda TR', learned_at: 3 }])
  expect(await findAccount(store, 'b')).toBeUndefined()
})
