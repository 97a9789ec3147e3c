import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from '../../test/conformance/scripted-server.js'
import { failureOf } from '../../test/support/failure.js'
import { WhatsAppError } from '../connector-error.js'
import type { WhatsAppClient } from './client.js'
import { createWhatsAppClient } from './create-client.js'

const TOKEN = 'EAAwhatsAppTokenThatNobodyMaySee'
const PHONE = '+905551112233'

let server: ScriptedServer
let client: WhatsAppClient

beforeAll(async () => {
  server = await startScriptedServer()
  client = createWhatsAppClient({ baseUrl: server.url, phoneId: '1065', token: () => TOKEN })
})
afterEach(() => {
  server.requests.length = 0
})
afterAll(async () => {
  await client.close()
  await server.close()
})

const accepted = (more: object = {}): ScriptedAnswer => ({
  json: {
    messaging_product: 'whatsapp',
    contacts: [{ input: PHONE, wa_id: '905551112233' }],
    messages: [{ id: 'wamid.HBg', ...more }],
  },
})

const graphError = (code: number, status = 400, details = 'details of Meta'): ScriptedAnswer => ({
  status,
  json: { error: { message: `(#${code}) title`, type: 'OAuthException', code, error_data: { details }, fbtrace_id: 'AbC' } },
})

const address = { to: PHONE, reference: 'message-1' }
const body = () => JSON.parse(server.requests.at(-1)?.body ?? 'null') as unknown

const failure = (work: Promise<unknown>) => failureOf(work, WhatsAppError)

it('a call has the app secret proof in its URL, and errors do not show it', async () => {
  const secret = 'appSecretThatNobodyMaySee'
  const signed = createWhatsAppClient({ baseUrl: server.url, phoneId: '1065', token: () => TOKEN, appSecret: secret })
  server.answer(accepted(), graphError(100))
  await signed.sendText({ ...address, text: 'x' })
  const error = await failure(signed.readPhone())
  await signed.close()
  const proof = createHmac('sha256', secret).update(TOKEN).digest('hex')
  expect(server.requests.map(({ query }) => query.get('appsecret_proof'))).toEqual([proof, proof])
  expect(server.requests[0]?.body).not.toContain('appsecret_proof')
  expect(inspect(error)).not.toMatch(new RegExp(`${proof}|${secret}`))
})

describe('a message', () => {
  it('to a person who hides their number is sent to their user id, which errors do not show', async () => {
    server.answer(accepted(), graphError(131026))
    await client.sendText({ to: 'TR.13491208655302741918', reference: 'message-1', text: 'x' })
    expect(body()).toMatchObject({ recipient: 'TR.13491208655302741918' })
    expect(body()).not.toHaveProperty('to')
    const error = await failure(client.sendText({ to: 'TR.13491208655302741918', reference: 'message-1', text: 'x' }))
    expect(inspect(error)).not.toContain('13491208655302741918')
  })

  it('can be a text', async () => {
    server.answer(accepted())
    expect(await client.sendText({ ...address, text: 'Moda TR: durdu' })).toEqual({ wamid: 'wamid.HBg', status: 'accepted' })
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/v27.0/1065/messages' })
    expect(server.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' })
    expect(body()).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: PHONE,
      biz_opaque_callback_data: 'message-1',
      type: 'text',
      text: { body: 'Moda TR: durdu', preview_url: false },
    })
  })

  it('can be a template with parameters in order or by name, without the line breaks that Meta refuses', async () => {
    server.answer(accepted({ message_status: 'held_for_quality_assessment' }))
    const template = { ...address, name: 'tetik_alert', language: 'tr' }
    const sent = await client.sendTemplate({ ...template, parameters: ['first\n\nline', 'a      b'] })
    expect(sent.status).toBe('held_for_quality_assessment')
    expect(body()).toMatchObject({
      type: 'template',
      template: {
        name: 'tetik_alert',
        language: { code: 'tr' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'first line' },
              { type: 'text', text: 'a b' },
            ],
          },
        ],
      },
    })
    await client.sendTemplate({ ...template, parameters: { text: 'x' } })
    expect(body()).toMatchObject({
      template: { components: [{ parameters: [{ type: 'text', text: 'x', parameter_name: 'text' }] }] },
    })
    await client.sendTemplate({ ...template, parameters: [] })
    expect(body()).not.toHaveProperty('template.components')
  })

  it('can have buttons', async () => {
    server.answer(accepted())
    const buttons = [
      { id: 'approve:1', title: 'Onayla' },
      { id: 'reject:1', title: 'Reddet' },
    ]
    await client.sendButtons({ ...address, text: 'Bütçe artsın mı?', footer: 'tetik', buttons })
    expect(body()).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Bütçe artsın mı?' },
        footer: { text: 'tetik' },
        action: { buttons: buttons.map((reply) => ({ type: 'reply', reply })) },
      },
    })
  })

  it('that WhatsApp would refuse is refused before it is sent', async () => {
    const button = { id: '1', title: 'One' }
    const template = { ...address, name: 'tetik_alert', language: 'tr', parameters: ['x'] }
    const refused: [Promise<unknown>, string][] = [
      [client.sendText({ ...address, text: '' }), 'empty'],
      [client.sendText({ ...address, text: 'x'.repeat(4_097) }), 'too-long'],
      [client.sendText({ ...address, to: '05551112233', text: 'x' }), 'malformed-phone'],
      [client.sendText({ ...address, to: '', text: 'x' }), 'malformed-phone'],
      [client.sendText({ ...address, reference: 'x'.repeat(513), text: 'x' }), 'too-long'],
      [client.sendButtons({ ...address, text: 'x', buttons: [] }), 'number-of-buttons'],
      [
        client.sendButtons({ ...address, text: 'x', buttons: [1, 2, 3, 4].map((n) => ({ id: `${n}`, title: `${n}` })) }),
        'number-of-buttons',
      ],
      [client.sendButtons({ ...address, text: 'x', buttons: [button, { ...button, id: '2' }] }), 'same-button'],
      [client.sendButtons({ ...address, text: 'x', buttons: [{ id: '1', title: 'x'.repeat(21) }] }), 'too-long'],
      [client.sendButtons({ ...address, text: 'x'.repeat(1_025), buttons: [button] }), 'too-long'],
      [client.sendButtons({ ...address, text: 'x', footer: 'x'.repeat(61), buttons: [button] }), 'too-long'],
      [client.sendTemplate({ ...template, name: 'Tetik Alert' }), 'malformed-template'],
      [client.sendTemplate({ ...template, language: 'Turkish' }), 'malformed-language'],
      [client.sendTemplate({ ...template, parameters: [''] }), 'empty'],
      [client.sendTemplate({ ...template, parameters: ['x'.repeat(1_025)] }), 'too-long'],
    ]
    for (const [call, reason] of refused) {
      expect(await failure(call)).toMatchObject({
        kind: 'invalid-request',
        reason,
        retryable: false,
        mayHaveBeenCarriedOut: false,
      })
    }
    const unset = createWhatsAppClient({ baseUrl: server.url, phoneId: '', token: () => TOKEN })
    expect(await failure(unset.sendText({ ...address, text: 'x' }))).toMatchObject({ reason: 'no-phone-id' })
    expect(server.requests).toHaveLength(0)
  })
})

describe('errors', () => {
  it.each([
    [190, 401, 'authentication', false],
    [0, 401, 'authentication', false],
    [10, 403, 'permission', false],
    [210, 403, 'permission', false],
    [368, 403, 'policy', false],
    [130429, 400, 'rate-limited', true],
    [131056, 400, 'rate-limited', true],
    [131048, 400, 'policy', false],
    [2, 503, 'temporarily-unavailable', true],
    [131016, 500, 'temporarily-unavailable', true],
    [100, 400, 'invalid-request', false],
    [131026, 400, 'undeliverable', false],
    [131047, 400, 'outside-window', false],
    [131042, 400, 'payment', false],
    [132001, 404, 'template', false],
    [132015, 400, 'template', false],
    [999999, 400, 'invalid-request', false],
  ])('code %i is %s', async (code, status, kind, retryable) => {
    server.answer(graphError(code, status))
    const error = await failure(client.sendText({ ...address, text: 'x' }))
    expect(error).toMatchObject({ kind, code, status, retryable, mayHaveBeenCarriedOut: false, system: 'whatsapp' })
  })

  it.each([
    ['code 131000, of which WhatsApp itself knows no more', graphError(131000, 500)],
    ['silence', (() => undefined) satisfies ScriptedAnswer],
    ['a broken connection', ((response) => response.destroy()) satisfies ScriptedAnswer],
    ['a proxy’s 502', { status: 502, text: 'Bad gateway' }],
    ['an answer without a message', { json: { messages: [] } }],
  ] as [string, ScriptedAnswer][])('after %s say that the message may have been sent', async (name, answer) => {
    server.answer(answer)
    const timeouts = name === 'silence' ? { headers: 300 } : {}
    const impatient = createWhatsAppClient({ baseUrl: server.url, phoneId: '1065', token: () => TOKEN, timeouts })
    expect(await failure(impatient.sendText({ ...address, text: 'x' }))).toMatchObject({
      kind: 'unknown-outcome',
      retryable: false,
      mayHaveBeenCarriedOut: true,
    })
    expect(server.requests).toHaveLength(1)
    await impatient.close()
  })

  it('show neither token nor phone number, even if WhatsApp’s text contains both', async () => {
    server.answer(graphError(100, 400, `to ${PHONE} or 905551112233 with ${TOKEN}`))
    const error = await failure(client.sendText({ ...address, text: 'x' }))
    const shown = [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })].join('\n')
    expect(shown).not.toContain('905551112233')
    expect(shown).not.toContain(TOKEN)
    expect(shown).toContain('to [hidden]')
  })
})
