/** Webhooks that the sandbox sends over HTTP, read by our code: signed, lost and repeated ones, and reports of failures. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { WHATSAPP } from '../../sandbox/base/identity.js'
import { type ScriptedServer, startScriptedServer } from '../../test/conformance/scripted-server.js'
import { type Sandbox, startSandbox } from '../../test/support/sandbox.js'
import type { WhatsAppClient } from './client.js'
import { createWhatsAppClient } from './create-client.js'
import type { MessageStatus, WhatsAppEvent } from './webhook-event.js'
import { parseWebhook } from './webhook.js'

let receiver: ScriptedServer
let sandbox: Sandbox
let client: WhatsAppClient

beforeAll(async () => {
  receiver = await startScriptedServer()
  receiver.answer({ json: {} })
})
beforeEach(async () => {
  receiver.requests.length = 0
  sandbox = await startSandbox({ webhookUrl: `${receiver.url}/webhooks/whatsapp` })
  client = createWhatsAppClient({ baseUrl: sandbox.url, phoneId: WHATSAPP.phoneNumberId, token: () => WHATSAPP.token })
  await control('PUT', 'settings', { status_delays: { sent: 1, delivered: 20, read: 40 } })
})
afterEach(async () => {
  await client.close()
  await sandbox.stop()
})
afterAll(() => receiver.close())

async function control(method: string, path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, { method, headers, body: JSON.stringify(body) })
  expect(response.ok).toBe(true)
}

function received(): WhatsAppEvent[] {
  return receiver.requests.flatMap(({ body, headers }) => {
    const signature = headers['x-hub-signature-256'] as string | undefined
    const webhook = parseWebhook(Buffer.from(body), signature, WHATSAPP.appSecret)
    if (webhook.kind === 'refused') throw new Error(webhook.reason)
    return webhook.events
  })
}

const statuses = () => received().filter((event): event is MessageStatus => event.kind === 'status')
const send = () =>
  client.sendTemplate({ to: WHATSAPP.owner.phone, reference: 'our-1', name: 'tetik_alert', language: 'tr', parameters: ['x'] })

describe('webhooks of the sandbox', () => {
  it('report the status of a message until it is read, with our reference and WhatsApp’s id', async () => {
    const { wamid } = await send()
    await expect
      .poll(() =>
        statuses()
          .map(({ status }) => status)
          .sort(),
      )
      .toEqual(['delivered', 'read', 'sent'])
    expect(statuses().every((status) => status.reference === 'our-1' && status.wamid === wamid)).toBe(true)
  })

  it('report what a person writes', async () => {
    await control('POST', 'inbound', { from: WHATSAPP.owner.phone, text: 'dur' })
    await expect.poll(received).toMatchObject([
      {
        kind: 'message',
        from: WHATSAPP.owner.phone.slice(1),
        phoneNumberId: WHATSAPP.phoneNumberId,
        content: { type: 'text', text: 'dur' },
      },
    ])
  })

  it('have the same id if they are delivered twice', async () => {
    await control('PUT', 'faults', [{ kind: 'webhook-doubled', match: { event: 'delivered' } }])
    await send()
    await expect.poll(() => statuses().filter(({ status }) => status === 'delivered').length).toBe(2)
    const ids = statuses().filter(({ status }) => status === 'delivered')
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
  })

  it('do not affect the others if they are lost', async () => {
    await control('PUT', 'faults', [{ kind: 'webhook-lost', match: { event: 'delivered' } }])
    await send()
    await expect
      .poll(() =>
        statuses()
          .map(({ status }) => status)
          .sort(),
      )
      .toEqual(['read', 'sent'])
  })

  it.each([
    [131026, 'undeliverable'],
    [131047, 'outside-window'],
  ])('report why a message failed after it was accepted: %i', async (code, kind) => {
    await control('PUT', 'faults', [{ kind: 'message-failed', code }])
    await send()
    await expect
      .poll(statuses)
      .toMatchObject([{ status: 'failed', reference: 'our-1', errors: [{ kind, code, retryable: false }] }])
  })

  it('are refused if a single byte was changed', async () => {
    await send()
    await expect.poll(() => receiver.requests.length).toBeGreaterThan(0)
    const [request] = receiver.requests
    const signature = request?.headers['x-hub-signature-256'] as string
    const changed = Buffer.from((request?.body ?? '').replace('our-1', 'our-2'))
    expect(parseWebhook(changed, signature, WHATSAPP.appSecret)).toMatchObject({ kind: 'refused', status: 401 })
  })
})
