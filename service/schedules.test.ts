import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Account } from '../engine/account/account.js'
import type { Cadence, Rule } from '../engine/rule/rule.js'
import { reconcileSchedules, watchOf } from './schedules.js'
import { startTemporalServer } from './temporal-server.js'
import type { TemporalServer } from './temporal-server.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')
const account = { name: 'moda-tr', timezone: 'Europe/Istanbul' } as Account
const rule = (id: string, cadence: Cadence) => ({ id, cadence }) as Rule
const every = (minutes: number): Cadence => ({ kind: 'every', interval: minutes * 60_000 })

describe('the watch of an account', () => {
  it('ticks as often as its rules need together, and never oftener than every minute', () => {
    const watch = watchOf(account, [rule('a', every(30)), rule('b', { kind: 'at', times: ['09:20'], timezone: null })], NOW)
    expect(watch).toEqual({ account: 'moda-tr', every: 600_000, rules: ['a', 'b'] })
    expect(watchOf(account, [rule('a', every(1)), rule('b', every(7))], NOW).every).toBe(60_000)
  })

  it('reads the account every half hour where no rule has a time, or only rare ones', () => {
    expect(watchOf(account, [], NOW)).toEqual({ account: 'moda-tr', every: 1_800_000, rules: [] })
    expect(watchOf(account, [rule('event', { kind: 'hook', name: 'stock' })], NOW).every).toBe(1_800_000)
    expect(watchOf(account, [rule('seldom', every(45))], NOW).every).toBe(22.5 * 60_000)
    expect(watchOf(account, [rule('daily', { kind: 'at', times: ['09:00'], timezone: null })], NOW).every).toBe(1_800_000)
  })
})

describe('schedules at a real server', () => {
  let server: TemporalServer
  let connection: Connection
  let client: Client
  beforeAll(async () => {
    server = await startTemporalServer()
    connection = await Connection.connect({ address: server.address })
    client = new Client({ connection, namespace: server.namespace })
  })
  afterAll(async () => {
    await connection?.close()
    await server?.stop()
  })

  it('are made, changed, left alone and deleted as the rules want, and a pause in the UI outlives a change', async () => {
    const hourly = { account: 'moda-tr', every: 3_600_000, rules: ['a'] }
    const reconcile = (watches: (typeof hourly)[], idle: string[] = []) => reconcileSchedules(client.schedule, watches, idle)
    expect(await reconcile([hourly])).toEqual({ created: ['moda-tr'], updated: [], deleted: [] })
    expect(await reconcile([hourly])).toEqual({ created: [], updated: [], deleted: [] })

    const handle = client.schedule.getHandle('watch:moda-tr')
    const made = await handle.describe()
    expect(made.spec.intervals?.map(({ every }) => every)).toEqual([3_600_000])
    expect(made.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 120_000 })
    expect(made.action).toMatchObject({ workflowType: 'watchAccount', taskQueue: 'tetik', args: [{ account: 'moda-tr' }] })

    await handle.pause('holiday')
    expect(await reconcile([{ ...hourly, every: 60_000, rules: ['a', 'b'] }])).toEqual({
      created: [],
      updated: ['moda-tr'],
      deleted: [],
    })
    const changed = await handle.describe()
    expect(changed.spec.intervals?.map(({ every }) => every)).toEqual([60_000])
    expect(changed.state.paused).toBe(true)
    expect(changed.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 120_000 })

    expect(await reconcile([], ['moda-tr', 'never-had-one'])).toEqual({ created: [], updated: [], deleted: ['moda-tr'] })
    await expect(handle.describe()).rejects.toThrow()
  })
})
