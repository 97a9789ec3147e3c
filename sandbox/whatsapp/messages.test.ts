import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import { WHATSAPP } from '../base/identity.js'
import { type Client, Clock, type ErrorAnswer, start } from '../test-client.js'
import { Receiver } from './test-receiver.js'

interface Sent {
  messages: [{ id: string; message_status?: string }]
  contacts: [{ input: string; wa_id: string }]
}
type Listed = { messages: Array<Record<string, unknown>> }

const TO = WHATSAPP.owner.phone
const PERSON = TO.slice(1)
const text = (body: unknown, more: Record<string, unknown> = {}) => ({
  messaging_product: 'whatsapp',
  to: TO,
  type: 'text',
  text: { body },
  ...more,
})
const template = (parameters: unknown[], name = 'tetik_alert', code = 'tr') => ({
  messaging_product: 'whatsapp',
  to: TO,
  type: 'template',
  template: {
    name,
    language: { code },
    components: [{ type: 'body', parameters: parameters.map((value) => ({ type: 'text', text: value })) }],
  },
})
const buttons = (titles: string[], body = 'Pause?') => ({
  messaging_product: 'whatsapp',
  to: TO,
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: body },
    action: { buttons: titles.map((title, index) => ({ type: 'reply', reply: { id: `choice-${index}`, title } })) },
  },
})
const list = (rows: number) => ({
  messaging_product: 'whatsapp',
  to: TO,
  type: 'interactive',
  interactive: {
    type: 'list',
    body: { text: 'Which?' },
    action: {
      button: 'Choose',
      sections: [{ rows: [...Array(rows).keys()].map((row) => ({ id: `row-${row}`, title: `Row ${row}` })) }],
    },
  },
})

const inbound = (client: Client, body: Record<string, unknown>) =>
  client.send<{ id: string; error?: string }>('POST', '/sandbox/inbound', body)
const messages = async (client: Client): Promise<Listed['messages']> =>
  (await client.send<Listed>('GET', '/sandbox/messages')).body.messages
const quick = { status_delays: { sent: 0, delivered: 20, read: 40 } }

describe('sending', () => {
  it.each([
    ['no product', { to: TO, type: 'text', text: { body: 'x' } }, 400, 100],
    ['no recipient', { messaging_product: 'whatsapp', type: 'text', text: { body: 'x' } }, 400, 131008],
    ['a recipient that is no number', text('x', { to: 'Ayşe' }), 400, 131009],
    ['oneself', text('x', { to: WHATSAPP.displayPhoneNumber }), 400, 131021],
    ['an unknown type', { ...text('x'), type: 'nonsense' }, 400, 100],
    [
      'a type that is not simulated',
      { messaging_product: 'whatsapp', to: TO, type: 'image', image: { link: 'https://x' } },
      400,
      131051,
    ],
    ['an empty text', text(''), 400, 131008],
    ['a text that is too long', text('x'.repeat(4097)), 400, 131009],
    ['too much callback data', text('x', { biz_opaque_callback_data: 'x'.repeat(513) }), 400, 131009],
    ['an answer to nothing', text('x', { context: { message_id: 'wamid.nothing' } }), 400, 131009],
    ['four buttons', buttons(['a', 'b', 'c', 'd']), 400, 131009],
    ['two buttons of one title', buttons(['a', 'a']), 400, 131009],
    ['a button’s title that is too long', buttons(['x'.repeat(21)]), 400, 131009],
    ['a body that is too long for buttons', buttons(['a'], 'x'.repeat(1025)), 400, 131009],
    ['eleven rows', list(11), 400, 131009],
    ['an unknown template', template(['x'], 'nonsense'), 404, 132001],
    ['a language it is not approved in', template(['x'], 'tetik_alert', 'de'), 404, 132001],
    ['no parameter', template([]), 400, 132000],
    ['two parameters', template(['x', 'y']), 400, 132000],
    ['a template text that is too long', template(['x'.repeat(1020)]), 400, 132005],
    ['a parameter of two lines', template(['a\nb']), 400, 132018],
    ['free text outside the window', text('x'), 400, 131047],
    ['buttons outside the window', buttons(['a']), 400, 131047],
  ])('%s is refused', async (_what, body, status, code) => {
    const client = await start()
    const answer = await client.whatsapp<ErrorAnswer>(body)
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
    expect(await messages(client)).toEqual([])
    expect((await client.requests('?effects=true')).length).toBe(0)
  })

  it.each(['tr', 'en'])('the template can be sent at any time, in %s', async (language) => {
    const client = await start()
    const { status, body } = await client.whatsapp<Sent>(template(['CPA ₺333,33'], 'tetik_alert', language))
    expect([status, body.contacts, body.messages[0].message_status]).toEqual([200, [{ input: TO, wa_id: PERSON }], 'accepted'])
    expect((await messages(client))[0]).toMatchObject({
      to: TO,
      type: 'template',
      text: expect.stringContaining('CPA ₺333,33') as string,
    })
    expect((await client.requests('?effects=true'))[0]?.message).toEqual({
      id: body.messages[0].id,
      to: PERSON,
      type: 'template',
    })
  })

  it('the window opens when the person writes, and closes after 24 hours', async () => {
    const clock = new Clock()
    const client = await start({ now: clock.now })
    await inbound(client, { text: 'merhaba' })
    for (const body of [text('x'), buttons(['Evet', 'Hayır']), list(10)]) expect((await client.whatsapp(body)).status).toBe(200)
    clock.forward(24 * 3_600_000)
    expect((await client.whatsapp(text('x'))).status).toBe(400)
  })

  it('messages to one person are subject to the pair rate limit', async () => {
    const clock = new Clock()
    const client = await start({ now: clock.now })
    const send = async (): Promise<unknown> => (await client.whatsapp<Partial<ErrorAnswer>>(template(['x']))).body.error?.code
    for (let sent = 0; sent < 45; sent++) expect(await send()).toBeUndefined()
    expect(await send()).toBe(131056)
    clock.forward(6_000)
    expect(await send()).toBeUndefined()
  })

  it('templates are listed with pages', async () => {
    const client = await start()
    const headers = { authorization: `Bearer ${WHATSAPP.token}` }
    const { body } = await client.send<{ data: unknown[]; paging: { next?: string } }>(
      'GET',
      `/v27.0/${WHATSAPP.businessAccountId}/message_templates?fields=name,language,status&limit=1`,
      undefined,
      headers,
    )
    expect(body).toMatchObject({ data: [{ name: 'tetik_alert', language: 'tr', status: 'APPROVED' }] })
    expect(body.paging.next).toBeDefined()
  })
})

describe('webhooks', () => {
  it('report sent, delivered and read, signed over the raw body, with the callback data', async () => {
    const receiver = await Receiver.start()
    const client = await start({ webhookUrl: receiver.url })
    await client.send('PUT', '/sandbox/settings', quick)
    const { body } = await client.whatsapp<Sent>({ ...template(['İ']), biz_opaque_callback_data: 'ours-1' })
    await vi.waitFor(() => expect(receiver.statuses).toEqual(['sent', 'delivered', 'read']))
    for (const { body: raw, signature } of receiver.received) {
      expect(signature).toBe(`sha256=${createHmac('sha256', WHATSAPP.appSecret).update(raw).digest('hex')}`)
    }
    expect(receiver.values[0]?.statuses?.[0]).toMatchObject({
      id: body.messages[0].id,
      recipient_id: PERSON,
      biz_opaque_callback_data: 'ours-1',
      pricing: { category: 'utility' },
    })
    expect((await messages(client))[0]?.status).toBe('read')
  })

  it('are sent again until they are answered with 200', async () => {
    const receiver = await Receiver.start()
    receiver.answers = [500, 503, 404]
    const client = await start({ webhookUrl: receiver.url, webhookRetrySeconds: [0, 0.02, 0.04] })
    await inbound(client, { text: 'dur' })
    await vi.waitFor(() => expect(receiver.received.map(({ status }) => status)).toEqual([500, 503, 404, 200]))
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
  })

  it('that were not accepted are sent after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const stateFile = join(folder, 'sandbox.db')
    try {
      const receiver = await Receiver.start()
      receiver.answers = [500]
      const first = await start({ stateFile, webhookUrl: receiver.url, webhookRetrySeconds: [1] })
      await inbound(first, { text: 'dur' })
      await vi.waitFor(() => expect(receiver.received.length).toBe(1))
      await first.sandbox.stop()
      const second = await start({ stateFile, webhookUrl: receiver.url })
      await vi.waitFor(() => expect(receiver.received.map(({ status }) => status)).toEqual([500, 200]), { timeout: 5000 })
      expect((await messages(second))[0]).toMatchObject({ direction: 'in', text: 'dur' })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('can be lost and doubled', async () => {
    const receiver = await Receiver.start()
    const client = await start({ webhookUrl: receiver.url })
    await client.send('PUT', '/sandbox/settings', quick)
    await client.faults(
      { kind: 'webhook-lost', match: { event: 'sent', times: 1 } },
      { kind: 'webhook-doubled', match: { event: 'delivered', times: 1 } },
    )
    await client.whatsapp(template(['x']))
    await vi.waitFor(() => expect([...receiver.statuses].sort()).toEqual(['delivered', 'delivered', 'read']))
  })

  it('report a message that failed, through a fault or outside of the window', async () => {
    const receiver = await Receiver.start()
    const client = await start({ webhookUrl: receiver.url })
    await client.send('PUT', '/sandbox/settings', { ...quick, outside_window: 'status' })
    expect((await client.whatsapp(text('x'))).status).toBe(200)
    await vi.waitFor(() => expect(receiver.statuses).toEqual(['failed']))
    expect(receiver.values[0]?.statuses?.[0]).toMatchObject({ errors: [{ code: 131047 }] })
    await client.faults({ kind: 'message-failed', code: 131026, match: { times: 1 } })
    await client.whatsapp(template(['x']))
    await vi.waitFor(() =>
      expect(receiver.values[1]?.statuses?.[0]).toMatchObject({ status: 'failed', errors: [{ code: 131026 }] }),
    )
  })
})

describe('a person', () => {
  it('taps a button or a row, and the webhook contains which one and of which message', async () => {
    const receiver = await Receiver.start()
    const client = await start({ webhookUrl: receiver.url })
    await client.send('PUT', '/sandbox/settings', { status_delays: { sent: null, delivered: null, read: null } })
    await inbound(client, { text: 'merhaba' })
    const asked = await client.whatsapp<Sent>(buttons(['Evet', 'Hayır']))
    await client.whatsapp(list(3))
    await inbound(client, { button: 'Evet' })
    await inbound(client, { button: 'row-2' })
    await vi.waitFor(() => expect(receiver.received.length).toBe(3))
    const delivered = receiver.values.flatMap((value) => value.messages ?? [])
    expect(delivered.find(({ type }) => type === 'text')).toMatchObject({ from: PERSON, text: { body: 'merhaba' } })
    expect(delivered.filter(({ type }) => type === 'interactive')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          context: { from: expect.any(String) as string, id: asked.body.messages[0].id },
          interactive: { type: 'button_reply', button_reply: { id: 'choice-0', title: 'Evet' } },
        }),
        expect.objectContaining({ interactive: { type: 'list_reply', list_reply: { id: 'row-2', title: 'Row 2' } } }),
      ]),
    )
    const received = (await messages(client)).find(({ text: said }) => said === 'merhaba')
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: received?.id }
    expect((await client.whatsapp(read)).body).toEqual({ success: true })
  })

  it.each([[{}], [{ text: '' }], [{ button: 'nowhere' }], [{ text: 'x', from: 'Ayşe' }], [{ text: 'x', nonsense: 1 }]])(
    'cannot write %j',
    async (body) => {
      const client = await start()
      expect((await inbound(client, body)).status).toBe(400)
    },
  )
})
