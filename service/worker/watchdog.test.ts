import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { reportHealth } from '../../store/account/health.js'
import type { Store } from '../../store/base/store.js'
import { temporalNames } from '../../temporal.config.js'
import { NOON, SETTINGS } from '../../test/support/activity-room.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import type { TetikClient } from '../temporal/connection.js'
import { startWatchdog } from './watchdog.js'

const MINUTE = 60_000

let store: Store
let now: number
let started: string[]
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  store = await temporaryStore()
  now = NOON
  started = []
})
afterEach(() => vi.useRealTimers())

const temporal = {
  names: temporalNames(''),
  workflow: { start: (_: string, { workflowId }: { workflowId: string }) => Promise.resolve(void started.push(workflowId)) },
} as unknown as TetikClient
const begin = () => startWatchdog({ store, temporal, settings: () => SETTINGS, now: () => now, warn: () => {} })
const texts = async () =>
  (await store.db.selectFrom('messages').select('text').orderBy('created_at').execute()).map(({ text }) => text)

/** Runs one check. */
async function look(watchdog: { stop: (wished: boolean) => Promise<void> }): Promise<void> {
  vi.advanceTimersByTime(20_000)
  // Stopping waits for the check in progress.
  await watchdog.stop(true)
}

describe('the watchdog', () => {
  it('notifies the owner once if an account’s ticks are missed', async () => {
    await reportHealth(store, 'tick:moda-tr', NOON - 3 * 60 * MINUTE)
    await look(await begin())
    expect(await texts()).toEqual([expect.stringContaining('bu hesabı en son 2026-03-10 09:00 itibarıyla kontrol etti')])
    await store.db.updateTable('messages').set({ status: 'accepted' }).execute()
    await look(await begin())
    expect([await texts(), started]).toMatchObject([{ length: 1 }, { length: 1 }])
  })

  it('sends nothing while ticks arrive', async () => {
    await reportHealth(store, 'tick:moda-tr', NOON - 20 * MINUTE)
    await look(await begin())
    expect(await texts()).toEqual([])
  })

  it('reports how long tetik did not run if the previous worker vanished without being stopped', async () => {
    await reportHealth(store, 'worker', NOON - 5 * 60 * MINUTE)
    await reportHealth(store, 'tick:moda-tr', NOON)
    await look(await begin())
    expect(await texts()).toEqual([expect.stringContaining('2026-03-10 07:00 ile 2026-03-10 12:00 arasında çalışmadı')])
  })

  it('does not report an absence after a requested stop', async () => {
    await (await begin()).stop(true)
    now += 5 * 60 * MINUTE
    await reportHealth(store, 'tick:moda-tr', now)
    await look(await begin())
    expect(await texts()).toEqual([])
  })

  it('reports an absence after a fault', async () => {
    await (await begin()).stop(false)
    now += 5 * 60 * MINUTE
    await reportHealth(store, 'tick:moda-tr', now)
    await look(await begin())
    expect(await texts()).toEqual([expect.stringContaining('arasında çalışmadı')])
  })
})
