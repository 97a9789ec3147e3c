import { Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Account } from '../../engine/account/account.js'
import type { Cadence, Rule } from '../../engine/rule/rule.js'
import { TetikClient } from './connection.js'
import { reconcileSchedules, watchOf } from './schedules.js'
import { startTemporalServer, type TemporalServer } from './temporal-server.js'

const INSTALLATION = '0123abcd'
const NOW = Date.parse('2026-03-10T12:00:00Z')
const account = { name: 'moda-tr', id: 'act_1', timezone: 'Europe/Istanbul' } as Account
const rule = (id: string, cadence: Cadence) => ({ id, cadence }) as Rule
const every = (minutes: number): Cadence => ({ kind: 'every', interval: minutes * 60_000 })

describe('the watch of an account', () => {
  it('ticks as often as all of its rules need, at most once a minute', () => {
    const watch = watchOf(account, [rule('a', every(30)), rule('b', { kind: 'at', times: ['09:20'], timezone: null })], NOW)
    expect(watch).toEqual({ account: 'moda-tr', adAccount: 'act_1', every: 600_000, rules: ['a', 'b'] })
    expect(watchOf(account, [rule('a', every(1)), rule('b', every(7))], NOW).every).toBe(60_000)
  })

  it('reads the account every half hour if its rules are rare or have no times', () => {
    expect(watchOf(account, [], NOW)).toEqual({ account: 'moda-tr', adAccount: 'act_1', every: 1_800_000, rules: [] })
    expect(watchOf(account, [rule('event', { kind: 'hook', name: 'stock' })], NOW).every).toBe(1_800_000)
    expect(watchOf(account, [rule('seldom', every(45))], NOW).every).toBe(22.5 * 60_000)
    expect(watchOf(account, [rule('daily', { kind: 'at', times: ['09:00'], timezone: null })], NOW).every).toBe(1_800_000)
  })
})

describe('schedules at a real server', () => {
  let server: TemporalServer
  let connection: Connection
  let client: TetikClient
  beforeAll(async () => {
    server = await startTemporalServer()
    connection = await Connection.connect({ address: server.address })
    client = new TetikClient({ connection, namespace: server.namespace }, INSTALLATION)
  })
  afterAll(async () => {
    await connection?.close()
    await server?.stop()
  })

  it('are created, updated, left alone and deleted to match the rules, and stay paused if paused in the UI', async () => {
    const hourly = { account: 'moda-tr', adAccount: 'act_1', every: 3_600_000, rules: ['a'] }
    const reconcile = (watches: (typeof hourly)[], idle: string[] = []) => reconcileSchedules(client, watches, idle)
    expect(await reconcile([hourly])).toEqual({ created: ['moda-tr'], updated: [], deleted: [], refused: [] })
    expect(await reconcile([hourly])).toEqual({ created: [], updated: [], deleted: [], refused: [] })

    const handle = client.schedule.getHandle('0123abcd:watch:moda-tr')
    const made = await handle.describe()
    expect(made.spec.intervals?.map(({ every }) => every)).toEqual([3_600_000])
    expect(made.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 120_000 })
    expect(made.action).toMatchObject({
      workflowType: 'watchAccount',
      taskQueue: 'tetik-0123abcd',
      args: [{ account: 'moda-tr' }],
    })

    await handle.pause('holiday')
    expect(await reconcile([{ ...hourly, every: 60_000, rules: ['a', 'b'] }])).toEqual({
      created: [],
      updated: ['moda-tr'],
      deleted: [],
      refused: [],
    })
    const changed = await handle.describe()
    expect(changed.spec.intervals?.map(({ every }) => every)).toEqual([60_000])
    expect(changed.state.paused).toBe(true)
    expect(changed.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 120_000 })

    expect(await reconcile([], ['moda-tr', 'never-had-one'])).toEqual({
      created: [],
      updated: [],
      deleted: ['moda-tr'],
      refused: [],
    })
    await expect(handle.describe()).rejects.toThrow()
  })

  it('are refused for an ad account that another installation on the namespace watches, whatever its name there', async () => {
    const other = new TetikClient({ connection, namespace: server.namespace }, 'ffff0000')
    const theirs = { account: 'fashion', adAccount: 'act_7', every: 3_600_000, rules: ['a'] }
    expect((await reconcileSchedules(other, [theirs], [])).created).toEqual(['fashion'])
    const ours = { ...theirs, account: 'moda' }
    await expect
      .poll(async () => (await reconcileSchedules(client, [ours], ['moda'])).refused)
      .toEqual([{ account: 'moda', watchedBy: 'ffff0000:watch:fashion' }])
    // The other installation's schedule is not touched.
    expect((await reconcileSchedules(other, [theirs], [])).created).toEqual([])
    await reconcileSchedules(other, [], ['fashion'])
  })
})
