import { createHmac } from 'node:crypto'

import { WorkflowNotFoundError } from '@temporalio/client'
import { beforeEach, describe, expect, test } from 'vitest'

import { lastWebhookAt } from '../../../store/incoming/webhook-ways.js'
import { windowOpenUntil } from '../../../store/messages/contacts.js'
import { findMessage, intendMessage } from '../../../store/messages/messages.js'
import { openNotes } from '../../../store/messages/notes.js'
import { temporalNames } from '../../../temporal.config.js'
import { NOW, testApi } from '../../../test/support/api.js'
import { ProblemError } from '../http/problem.js'
import type { ConnectedClient, TemporalAccess } from '../http/temporal-access.js'

const SECRET = 'whatsapp-secret'
const PHONE = '905551112233'

const webhook = (value: object) =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          { field: 'messages', value: { messaging_product: 'whatsapp', metadata: { phone_number_id: '106' }, ...value } },
        ],
      },
    ],
  })
const status = (state: string, more: object = {}) =>
  webhook({
    statuses: [
      {
        id: 'wamid.1',
        status: state,
        timestamp: String(NOW / 1000),
        recipient_id: PHONE,
        biz_opaque_callback_data: 'message-1',
        ...more,
      },
    ],
  })
const sign = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** A Temporal that records signals, is down, or does not know the workflow. */
let temporal: 'there' | 'away' | 'no such workflow'
let signals: { workflow: string; signal: unknown }[]

const access: TemporalAccess = {
  use: (work) => {
    if (temporal === 'away') return Promise.reject(new ProblemError('temporal-unavailable', 'down'))
    const client = {
      names: temporalNames(''),
      workflow: {
        getHandle: (workflow: string) => ({
          signal: (_: unknown, signal: unknown) => {
            if (temporal === 'no such workflow') return Promise.reject(new WorkflowNotFoundError('gone', workflow, undefined))
            signals.push({ workflow, signal })
            return Promise.resolve()
          },
        }),
      },
    }
    return work(client as unknown as ConnectedClient)
  },
  answers: () => Promise.resolve(true),
  close: () => Promise.resolve(),
}

const setUp = async (overrides: object = {}) => {
  const api = await testApi({ temporal: access, ...overrides })
  const { store } = api.context
  await intendMessage(store, {
    id: 'message-1',
    decision: null,
    account: 'moda-tr',
    recipient: 'owner',
    text: 'x',
    created_at: 1,
  })
  const post = (body: string, signature = sign(body)) =>
    api.ask('/webhooks/whatsapp', { method: 'POST', body, headers: { 'x-hub-signature-256': signature, authorization: '' } })
  return { ...api, store, post, statusNow: async () => (await findMessage(store, 'message-1'))?.status }
}

beforeEach(() => {
  temporal = 'there'
  signals = []
})

describe('the subscription', () => {
  test('is answered with the challenge if the verify token is right', async () => {
    const { ask } = await setUp()
    const response = await ask('/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify&more=1')
    expect([response.status, await response.text()]).toEqual([200, '1158201444'])
  })

  test.each([
    'hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong',
    'hub.mode=subscribe&hub.challenge=1',
    'hub.challenge=1&hub.verify_token=verify',
    '',
  ])('is refused to %j', async (query) => {
    const { ask } = await setUp()
    expect((await ask(`/webhooks/whatsapp?${query}`)).status).toBe(403)
  })

  test('is refused if no verify token is set', async () => {
    const { ask } = await setUp({ whatsapp: { phoneId: '106', verifyToken: null, appSecret: SECRET } })
    expect((await ask('/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=')).status).toBe(403)
  })
})

describe('a webhook that is not signed', () => {
  test.each([
    ['by another secret', sign(status('delivered'), 'another')],
    ['of another body', sign(status('read'))],
    ['at all', ''],
  ])('by WhatsApp (%s) is refused, and changes nothing', async (_, signature) => {
    const { post, statusNow } = await setUp()
    expect((await post(status('delivered'), signature)).status).toBe(403)
    expect(await statusNow()).toBe('intended')
    expect(signals).toEqual([])
  })

  test('is refused if no app secret is set to verify it', async () => {
    const { post, statusNow } = await setUp({ whatsapp: { phoneId: '106', verifyToken: 'verify', appSecret: null } })
    expect((await post(status('delivered'), sign(status('delivered'), ''))).status).toBe(503)
    expect(await statusNow()).toBe('intended')
  })
})

describe('a delivery status', () => {
  test('is stored, and its message’s workflow is signalled', async () => {
    const { post, statusNow } = await setUp()
    expect((await post(status('delivered'))).status).toBe(200)
    expect(await statusNow()).toBe('delivered')
    expect(signals).toEqual([{ workflow: 'message:message-1', signal: { status: 'delivered', code: null, reason: null } }])
  })

  test('counts once if it is repeated', async () => {
    const { post } = await setUp()
    expect([(await post(status('sent'))).status, (await post(status('sent'))).status]).toEqual([200, 200])
    expect(signals).toHaveLength(1)
  })

  test('that arrives late does not set the message back', async () => {
    const { post, statusNow } = await setUp()
    for (const state of ['read', 'sent', 'delivered']) await post(status(state))
    expect(await statusNow()).toBe('read')
  })

  test('of a failure contains its code', async () => {
    const { post, store } = await setUp()
    await post(status('failed', { errors: [{ code: 131047, title: 'Re-engagement message' }] }))
    expect(signals).toMatchObject([{ signal: { status: 'failed', code: 131047 } }])
    expect((await findMessage(store, 'message-1'))?.error_json).toContain('131047')
    expect(JSON.stringify(signals)).not.toContain(PHONE)
  })

  test('is stored while Temporal is down, and signalled when WhatsApp sends it again', async () => {
    const { post, statusNow } = await setUp()
    temporal = 'away'
    expect((await post(status('delivered'))).status).toBe(503)
    expect(await statusNow()).toBe('delivered')
    temporal = 'there'
    expect((await post(status('delivered'))).status).toBe(200)
    expect(signals).toHaveLength(1)
  })

  test('is accepted even if the workflow has ended', async () => {
    const { post, statusNow } = await setUp()
    temporal = 'no such workflow'
    expect((await post(status('read'))).status).toBe(200)
    expect(await statusNow()).toBe('read')
  })

  test('of an unknown message, or of an unknown kind, is accepted and changes nothing', async () => {
    const { post, statusNow } = await setUp()
    expect((await post(status('delivered', { biz_opaque_callback_data: 'another' }))).status).toBe(200)
    expect((await post(status('played'))).status).toBe(200)
    expect(await statusNow()).toBe('intended')
  })
})

describe('a message from a person', () => {
  const message = (timestamp: number, id = 'wamid.in') =>
    webhook({ messages: [{ from: PHONE, id, timestamp: String(timestamp / 1000), type: 'text', text: { body: 'hello' } }] })

  test('opens the 24-hour window from the time of the message', async () => {
    const { post, store } = await setUp()
    expect((await post(message(NOW - 60_000))).status).toBe(200)
    expect(await windowOpenUntil(store, PHONE)).toBe(NOW - 60_000 + 86_400_000)
  })

  test('with a time in the future opens the window from now', async () => {
    const { post, store } = await setUp()
    await post(message(NOW + 999_000_000))
    expect(await windowOpenUntil(store, PHONE)).toBe(NOW + 86_400_000)
  })
})

describe('a webhook of another number', () => {
  test('changes nothing, is answered 200, and the log says so', async () => {
    const lines: string[] = []
    const { post, store, statusNow } = await setUp({ logError: (line: string) => lines.push(line) })
    const other = (body: string) => body.replace('"phone_number_id":"106"', '"phone_number_id":"107"')
    expect((await post(other(status('delivered')))).status).toBe(200)
    const written = webhook({
      messages: [{ from: PHONE, id: 'wamid.in', timestamp: String(NOW / 1000), type: 'text', text: { body: 'DUR' } }],
    })
    expect((await post(other(written))).status).toBe(200)
    expect(await statusNow()).toBe('intended')
    expect(await windowOpenUntil(store, PHONE)).toBe(null)
    expect(await openNotes(store)).toEqual([])
    expect(lines.join()).toContain('another number')
  })
})

describe('a signed webhook', () => {
  test('records that webhooks reach us', async () => {
    const { post, store } = await setUp()
    await post(status('delivered'), sign(status('delivered'), 'another'))
    expect(await lastWebhookAt(store, 'whatsapp')).toBe(null)
    await post(status('delivered', { biz_opaque_callback_data: 'another' }))
    expect(await lastWebhookAt(store, 'whatsapp')).toBe(NOW)
  })
})

describe('a body', () => {
  test('that is signed but is not a webhook is refused', async () => {
    const { post } = await setUp()
    for (const body of ['no JSON', '[]', '{"entry":1}', 'null']) expect((await post(body)).status).toBe(400)
  })

  test('that is too large is refused', async () => {
    const { post } = await setUp()
    expect((await post(`"${'x'.repeat(3_200_000)}"`)).status).toBe(413)
  })

  test('with one invalid event processes the others and logs it', async () => {
    const lines: string[] = []
    const { post, statusNow } = await setUp({ logError: (line: string) => lines.push(line) })
    const body = webhook({
      statuses: [
        { status: 7 },
        { id: 'wamid.1', status: 'read', timestamp: String(NOW / 1000), biz_opaque_callback_data: 'message-1' },
      ],
    })
    expect((await post(body)).status).toBe(200)
    expect(await statusNow()).toBe('read')
    expect(lines.join()).toContain('not understood')
    expect(lines.join()).not.toContain(PHONE)
  })
})
