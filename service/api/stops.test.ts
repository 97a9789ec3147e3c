/** The stop switch by the API and by WhatsApp. */

import { createHmac } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import type { Recipient, Settings } from '../../engine/account/account.js'
import { recordTick } from '../../store/decisions.js'
import { intendMessage } from '../../store/messages.js'
import { resumeRules, standingStop, stopOf } from '../../store/stops.js'
import { ACCOUNT, NOW, SETTINGS, testApi } from '../../test/support/api.js'
import { decisionRow } from '../../test/support/rows.js'
import { ProblemError } from './problem.js'
import type { ConnectedClient, TemporalAccess } from './temporal-access.js'

const recipient = (name: string, more: Partial<Recipient> = {}): Recipient => ({
  name,
  phone: { variable: 'PHONE' },
  language: 'en',
  accounts: [],
  may: ['read'],
  quiet: null,
  ...more,
})
const OWNER = recipient('owner', { may: ['read', 'stop'], language: 'tr', accounts: ['moda-tr', 'moda-de'] })
const READER = recipient('reader')
const AGENCY = recipient('agency', { may: ['stop'], accounts: ['moda-de', 'moda-us'] })
const settings: Settings = {
  ...SETTINGS,
  accounts: ['moda-tr', 'moda-de', 'moda-us'].map((name) => ({ ...ACCOUNT, name })),
  recipients: [OWNER, READER, AGENCY],
}
const PHONES: Readonly<Record<string, Recipient>> = { '905550000001': OWNER, '905550000002': READER, '905550000003': AGENCY }

/** A Temporal that notes what it is asked for. */
function temporal() {
  const signalled: string[] = []
  const started: string[] = []
  const state = { isAway: false }
  const access: TemporalAccess = {
    use: (work) => {
      if (state.isAway) return Promise.reject(new ProblemError('temporal-unavailable', 'down'))
      const client = {
        workflow: {
          getHandle: (id: string) => ({ signal: () => Promise.resolve(void signalled.push(id)) }),
          start: (_: string, { workflowId }: { workflowId: string }) => Promise.resolve(void started.push(workflowId)),
        },
      }
      return work(client as unknown as ConnectedClient)
    },
    answers: () => Promise.resolve(!state.isAway),
    close: () => Promise.resolve(),
  }
  return { access, signalled, started, state }
}

async function setUp() {
  const asked = temporal()
  const recipientOf = (waId: string) => PHONES[waId] ?? null
  const api = await testApi({ temporal: asked.access, settings: () => settings, recipientOf })
  const post = async (path: string, body: unknown) => {
    const response = await api.ask(path, { method: 'POST', body })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  let wamids = 0
  const write = async (from: string, text: string, id = `wamid.${++wamids}`, at = NOW + wamids * 1000, more: object = {}) => {
    const message = { from, id, timestamp: String(at / 1000), type: 'text', text: { body: text } }
    const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '106' }, messages: [message], ...more }
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
    })
    const signature = `sha256=${createHmac('sha256', 'whatsapp-secret').update(body).digest('hex')}`
    const headers = { 'x-hub-signature-256': signature, authorization: '' }
    return (await api.ask('/webhooks/whatsapp', { method: 'POST', body, headers })).status
  }
  const { store } = api.context
  const stopped = async () => {
    const names = settings.accounts.map(({ name }) => name)
    const stops = await Promise.all(names.map((name) => standingStop(store, name)))
    return names.filter((_, index) => stops[index] !== undefined)
  }
  return { ...api, ...asked, store, post, write, stopped }
}

describe('the stop switch', () => {
  test('stops one account at once, ends what waits there, and tells its owner once', async () => {
    const { store, post, stopped, signalled, started } = await setUp()
    const waits = { progress: 'waiting', workflow_id: 'carry-out:moda-tr:r:1' } as const
    const elsewhere = { account: 'moda-us', progress: 'waiting', workflow_id: 'carry-out:moda-us:r:1' } as const
    await recordTick(store, {
      states: [],
      decisions: [decisionRow({ id: 'd1', ...waits }), decisionRow({ id: 'd2', ...elsewhere }), decisionRow({ id: 'd3' })],
    })
    const { status, body } = await post('/api/stop', { account: 'moda-tr', reason: 'the shop is down' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      stop: { account: 'moda-tr', reason: 'the shop is down', by: 'API' },
      isNew: true,
      ended: 1,
      told: true,
    })
    expect([await stopped(), signalled]).toEqual([['moda-tr'], ['carry-out:moda-tr:r:1']])
    expect(started).toEqual([`message:moda-tr-stop-${NOW}-owner`])
    expect((await post('/api/stop', { account: 'moda-tr' })).body).toMatchObject({
      isNew: false,
      stop: { reason: 'the shop is down' },
    })
    expect(started).toHaveLength(1)
  })

  test('of all holds every account back until it is resumed, whatever each account’s own says', async () => {
    const { post, stopped, ask } = await setUp()
    await post('/api/stop', { account: 'all' })
    await post('/api/stop', { account: 'moda-de' })
    expect(await stopped()).toEqual(['moda-tr', 'moda-de', 'moda-us'])
    const list = (await (await ask('/api/stops')).json()) as { data: { account: string }[] }
    expect(list.data.map(({ account }) => account)).toEqual(['all', 'moda-de'])
    expect((await post('/api/resume', { account: 'moda-de' })).body).toMatchObject({
      resumed: ['moda-de'],
      standing: [{ account: 'all' }],
    })
    expect(await stopped()).toHaveLength(3)
    expect((await post('/api/resume', { account: 'all' })).body).toEqual({ resumed: ['all'], standing: [] })
    expect(await stopped()).toEqual([])
  })

  test('stands though Temporal is away, and says that nobody was told', async () => {
    const { post, state, stopped } = await setUp()
    state.isAway = true
    expect(await post('/api/stop', { account: 'moda-tr' })).toMatchObject({ status: 200, body: { told: false } })
    expect(await stopped()).toEqual(['moda-tr'])
  })

  test('of an account that is not there is refused with the names that are', async () => {
    const { post } = await setUp()
    expect(await post('/api/stop', { account: 'moda-fr' })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('moda-tr') as string },
    })
  })
})

describe('the stop word on WhatsApp', () => {
  test('from somebody who may, stops their accounts and tells them, and no others', async () => {
    const { write, stopped, started, store } = await setUp()
    expect(await write('905550000001', 'DUR')).toBe(200)
    expect(await stopped()).toEqual(['moda-tr', 'moda-de'])
    expect(await stopOf(store, 'moda-tr')).toMatchObject({ stopped_by: 'WhatsApp: owner' })
    expect(started).toEqual([`message:moda-tr-stop-${NOW}-owner`])
  })

  test('with the name of an account stops that one, and tells its owner and whoever wrote', async () => {
    const { write, stopped, started } = await setUp()
    await write('905550000003', 'stop moda-de')
    expect(await stopped()).toEqual(['moda-de'])
    expect(started.sort()).toEqual([`message:moda-de-stop-${NOW}-agency`, `message:moda-de-stop-${NOW}-owner`])
  })

  test.each([
    ['905550000002', 'DUR'],
    ['905559999999', 'STOP'],
    ['905550000001', 'dur bakalım ne olacak'],
  ])('from %s, %j, does nothing', async (from, text) => {
    const { write, stopped, started } = await setUp()
    expect(await write(from, text)).toBe(200)
    expect([await stopped(), started]).toEqual([[], []])
  })

  test('that comes twice, or after somebody resumed, stops once', async () => {
    const { write, stopped, store } = await setUp()
    await write('905550000003', 'DUR moda-us', 'wamid.a', NOW)
    await resumeRules(store, 'moda-us', NOW + 60_000)
    await write('905550000003', 'DUR moda-us', 'wamid.a', NOW)
    await write('905550000003', 'DUR moda-us', 'wamid.late', NOW + 30_000)
    expect(await stopped()).toEqual([])
    await write('905550000003', 'DUR moda-us', 'wamid.new', NOW + 90_000)
    expect(await stopped()).toEqual(['moda-us'])
  })

  test('stops though Temporal is away, and the webhook that is sent again tells', async () => {
    const { write, state, stopped, started } = await setUp()
    state.isAway = true
    expect(await write('905550000001', 'DUR', 'wamid.a', NOW)).toBe(503)
    expect(await stopped()).toEqual(['moda-tr', 'moda-de'])
    state.isAway = false
    expect(await write('905550000001', 'DUR', 'wamid.a', NOW)).toBe(200)
    expect(started).toHaveLength(1)
  })

  test('stands though a delivery status beside it cannot be told, since Temporal is away', async () => {
    const { write, state, stopped, store } = await setUp()
    const ours = { id: 'm1', decision: null, account: 'moda-tr', recipient: 'owner', text: 'x', created_at: 1 }
    await intendMessage(store, ours)
    state.isAway = true
    const status = { id: 'wamid.s', status: 'sent', timestamp: String(NOW / 1000), recipient_id: '905550000001' }
    const statuses = [{ ...status, biz_opaque_callback_data: 'm1' }]
    expect(await write('905550000001', 'DUR', 'wamid.a', NOW, { statuses })).toBe(503)
    expect(await stopped()).toEqual(['moda-tr', 'moda-de'])
  })
})
