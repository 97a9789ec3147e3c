/** The stop switch, through the API and WhatsApp. */

import { createHmac } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import type { Recipient, Settings } from '../../../engine/account/account.js'
import { recordTick } from '../../../store/decisions/decisions.js'
import { intendMessage } from '../../../store/messages/messages.js'
import { resumeRules, standingStop, stopOf } from '../../../store/rules/stops.js'
import { temporalNames } from '../../../temporal.config.js'
import { ACCOUNT, NOW, SETTINGS, testApi } from '../../../test/support/api.js'
import { decisionRow } from '../../../test/support/rows.js'
import { ProblemError } from '../http/problem.js'
import type { ConnectedClient, TemporalAccess } from '../http/temporal-access.js'

const recipient = (name: string, more: Partial<Recipient> = {}): Recipient => ({
  name,
  phone: { kind: 'variable', variable: 'PHONE' },
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

/** A Temporal that records its calls. */
function temporal() {
  const signalled: string[] = []
  const started: string[] = []
  const state = { isAway: false }
  const access: TemporalAccess = {
    use: (work) => {
      if (state.isAway) return Promise.reject(new ProblemError('temporal-unavailable', 'down'))
      const client = {
        names: temporalNames(''),
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
  /** @param from a number, a user id, or both with a space between */
  const write = async (from: string, text: string, id = `wamid.${++wamids}`, at = NOW + wamids * 1000, more: object = {}) => {
    const [number, userId] = [from.split(' ').find((part) => /^\d/.test(part)), from.split(' ').find((part) => /^TR/.test(part))]
    const sender = {
      ...(number === undefined ? {} : { from: number }),
      ...(userId === undefined ? {} : { from_user_id: userId }),
    }
    const message = { ...sender, id, timestamp: String(at / 1000), type: 'text', text: { body: text } }
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
  test('stops one account at once, ends its waiting carry-outs, and notifies its owner once', async () => {
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

  test('of all accounts applies to each until it is released, whatever the account’s own stop is', async () => {
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

  test('takes effect even if Temporal is down, and reports that nobody was notified', async () => {
    const { post, state, stopped } = await setUp()
    state.isAway = true
    expect(await post('/api/stop', { account: 'moda-tr' })).toMatchObject({ status: 200, body: { told: false } })
    expect(await stopped()).toEqual(['moda-tr'])
  })

  test('of an unknown account is refused with the known names', async () => {
    const { post } = await setUp()
    expect(await post('/api/stop', { account: 'moda-fr' })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('moda-tr') as string },
    })
  })
})

describe('the stop word on WhatsApp', () => {
  test('from somebody who may stop, stops their accounts and notifies them alone', async () => {
    const { write, stopped, started, store } = await setUp()
    expect(await write('905550000001', 'DUR')).toBe(200)
    expect(await stopped()).toEqual(['moda-tr', 'moda-de'])
    expect(await stopOf(store, 'moda-tr')).toMatchObject({ stopped_by: 'WhatsApp: owner' })
    expect(started).toEqual([`message:moda-tr-stop-${NOW}-owner`])
  })

  test('with an account’s name stops that account, and notifies its owner and the sender', async () => {
    const { write, stopped, started } = await setUp()
    await write('905550000003', 'stop moda-de')
    expect(await stopped()).toEqual(['moda-de'])
    expect(started.sort()).toEqual([`message:moda-de-stop-${NOW}-agency`, `message:moda-de-stop-${NOW}-owner`])
  })

  test('in a sentence does nothing', async () => {
    const { write, stopped, started } = await setUp()
    expect(await write('905550000001', 'dur bakalım ne olacak')).toBe(200)
    expect([await stopped(), started]).toEqual([[], []])
  })

  test('that arrives twice, or after a resume, stops once', async () => {
    const { write, stopped, store } = await setUp()
    await write('905550000003', 'DUR moda-us', 'wamid.a', NOW)
    await resumeRules(store, 'moda-us', NOW + 60_000)
    await write('905550000003', 'DUR moda-us', 'wamid.a', NOW)
    await write('905550000003', 'DUR moda-us', 'wamid.late', NOW + 30_000)
    expect(await stopped()).toEqual([])
    await write('905550000003', 'DUR moda-us', 'wamid.new', NOW + 90_000)
    expect(await stopped()).toEqual(['moda-us'])
  })

  test('in the same second as a resume counts, but not its repetition', async () => {
    const { write, stopped, store, post } = await setUp()
    await write('905550000003', 'DUR moda-us', 'wamid.a', NOW)
    // WhatsApp's time is a whole second, the resume's is not.
    await resumeRules(store, 'moda-us', NOW + 60_700)
    await write('905550000003', 'DUR moda-us', 'wamid.b', NOW + 60_000)
    expect(await stopped()).toEqual(['moda-us'])
    await post('/api/resume', { account: 'moda-us' })
    await store.db.deleteFrom('webhook_events').where('id', '=', 'message:wamid.b').execute()
    await write('905550000003', 'DUR moda-us', 'wamid.b', NOW + 60_000)
    expect(await stopped()).toEqual([])
  })

  test('stops even if Temporal is down, and people are notified when the webhook is repeated', async () => {
    const { write, state, stopped, started } = await setUp()
    state.isAway = true
    expect(await write('905550000001', 'DUR', 'wamid.a', NOW)).toBe(503)
    expect(await stopped()).toEqual(['moda-tr', 'moda-de'])
    state.isAway = false
    expect(await write('905550000001', 'DUR', 'wamid.a', NOW)).toBe(200)
    expect(started).toHaveLength(1)
  })

  test('takes effect even if Temporal is down and a delivery status in the same webhook cannot be processed', async () => {
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

describe('the stop word from a user id alone', () => {
  const ID = 'TR.1111111111'
  const status = (more: object) => ({
    statuses: [
      {
        id: 'wamid.s',
        status: 'delivered',
        timestamp: String(NOW / 1000),
        recipient_id: '905550000001',
        recipient_user_id: ID,
        ...more,
      },
    ],
  })

  test('stops if the id was seen with an allowed number, in any kind of webhook', async () => {
    const byMessage = await setUp()
    await byMessage.write(`905550000001 ${ID}`, 'merhaba')
    await byMessage.write(ID, 'DUR')
    expect(await byMessage.stopped()).toEqual(['moda-tr', 'moda-de'])
    expect(await stopOf(byMessage.store, 'moda-tr')).toMatchObject({ stopped_by: 'WhatsApp: owner' })
    const byStatus = await setUp()
    await byStatus.write('905550000002', 'merhaba', 'wamid.m', NOW, status({}))
    await byStatus.write(ID, 'DUR')
    expect(await byStatus.stopped()).toEqual(['moda-tr', 'moda-de'])
  })

  test.each([
    ['a system message', { type: 'system', system: { type: 'user_changed_user_id', previous_user_id: ID, user_id: 'TR.2' } }],
    [
      'a changed number',
      { from: '905550000001', type: 'system', system: { type: 'user_changed_number', wa_id: '905557777777' } },
    ],
  ])('is ignored once %s ended the link to the number, and an alarm is raised', async (_how, more) => {
    const { write, stopped, started } = await setUp()
    await write(`905550000001 ${ID}`, 'merhaba', 'wamid.a', NOW)
    const change = { id: 'wamid.c', timestamp: String(NOW / 1000 + 1), ...more }
    await write('905550000002', 'x', 'wamid.x', NOW, { messages: [change] })
    await write(ID, 'DUR', 'wamid.d', NOW + 5_000)
    expect(await stopped()).toEqual([])
    expect(started.some((id) => id.startsWith('message:alarm-'))).toBe(true)
  })

  test('is ignored once the field user_id_update ended the link to the number', async () => {
    const { write, stopped, ask } = await setUp()
    await write(`905550000001 ${ID}`, 'merhaba', 'wamid.a', NOW)
    const update = { wa_id: '', user_id: { previous: ID, current: 'TR.2' }, timestamp: String(NOW / 1000 + 1) }
    const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '106' }, user_id_update: [update] }
    const body = JSON.stringify({ entry: [{ id: '1', changes: [{ field: 'user_id_update', value }] }] })
    const signature = `sha256=${createHmac('sha256', 'whatsapp-secret').update(body).digest('hex')}`
    const headers = { 'x-hub-signature-256': signature, authorization: '' }
    expect((await ask('/webhooks/whatsapp', { method: 'POST', body, headers })).status).toBe(200)
    await write(ID, 'DUR', 'wamid.d', NOW + 5_000)
    expect(await stopped()).toEqual([])
  })

  test('never has the rights of another contact in the same webhook', async () => {
    const { write, stopped } = await setUp()
    await write('TR.999', 'DUR', 'wamid.a', NOW, { contacts: [{ wa_id: '905550000001', user_id: ID }] })
    expect(await stopped()).toEqual([])
  })
})

describe('the stop word from somebody who may not stop anything', () => {
  test.each([
    ['an unknown number', '905559999999', '+90 … 99'],
    ['a user id that was seen with no number', 'TR.13491208655302741918', 'TR.…1918'],
    ['a recipient without the right', '905550000002', '+90 … 02'],
  ])('(%s) stops nothing, and is reported to owners, panel and log', async (_who, from, shown) => {
    const lines: string[] = []
    const { write, stopped, started, store, ask, context } = await setUp()
    Object.assign(context, { logError: (line: string) => lines.push(line) })
    expect(await write(from, 'DUR', 'wamid.a', NOW)).toBe(200)
    expect(await stopped()).toEqual([])
    expect(started.map((id) => id.split('-').at(-1)).sort()).toEqual(['10', 'agency', 'owner'])
    const messages = await store.db.selectFrom('messages').selectAll().orderBy('recipient').execute()
    expect(messages.map(({ recipient, urgent }) => [recipient, urgent])).toEqual([
      ['agency', 1],
      ['owner', 1],
      ['unnamed sender', 1],
    ])
    expect(messages[1]?.text).toContain(shown)
    expect(messages[2]).toMatchObject({
      address: /^\d/.test(from) ? `+${from}` : from,
      text: expect.stringContaining('hiçbir şey durdurulmadı') as string,
    })
    const notes = (await (await ask('/api/notes')).json()) as {
      data: { id: string; kind: string; facts: object; count: number }[]
    }
    expect(notes.data).toMatchObject([{ kind: 'stop-not-heard', facts: { sender: shown }, count: 1 }])
    expect(lines.join()).toContain(shown)
    for (const text of [lines.join(), JSON.stringify(notes), started.join()]) expect(text).not.toContain(from)
  })

  test('is answered once a day, and counted in the panel each time', async () => {
    const { write, started, ask } = await setUp()
    for (const id of ['wamid.a', 'wamid.b', 'wamid.b', 'wamid.c']) await write('905559999999', 'STOP', id, NOW)
    expect(new Set(started).size).toBe(3)
    const notes = (await (await ask('/api/notes')).json()) as { data: { id: string; count: number }[] }
    expect(notes.data).toMatchObject([{ count: 3 }])
    const seen = await ask(`/api/notes/${encodeURIComponent(notes.data[0]!.id)}/seen`, { method: 'POST' })
    expect(seen.status).toBe(200)
    expect(((await (await ask('/api/notes')).json()) as { data: unknown[] }).data).toEqual([])
  })

  test('is reported when the webhook is repeated, if Temporal was down', async () => {
    const { write, state, started, ask } = await setUp()
    state.isAway = true
    expect(await write('905559999999', 'DUR', 'wamid.a', NOW)).toBe(503)
    state.isAway = false
    expect(await write('905559999999', 'DUR', 'wamid.a', NOW)).toBe(200)
    expect(started).toHaveLength(3)
    expect(((await (await ask('/api/notes')).json()) as { data: unknown[] }).data).toMatchObject([{ count: 1 }])
  })
})
