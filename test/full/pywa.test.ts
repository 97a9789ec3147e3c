/** The sandbox's WhatsApp, used by pywa, an independent client that was written for Meta's API. */

import { type ChildProcess, execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { WHATSAPP } from '../../sandbox/base/identity.js'
import { type Sandbox, startSandbox } from '../../sandbox/server.js'
import { type ScriptedServer, startScriptedServer } from '../conformance/scripted-server.js'
import { type Python, pythonWith } from './python.js'

const python = await pythonWith('pywa')
const OWNER = WHATSAPP.owner.phone.slice(1)

let receiver: ScriptedServer
let sandbox: Sandbox
beforeAll(async () => {
  receiver = await startScriptedServer()
  receiver.answer({ json: {} })
  sandbox = await startSandbox({ webhookUrl: `${receiver.url}/webhooks/whatsapp` })
  await control('PUT', 'settings', {
    status_delays: { sent: 1, delivered: 20, read: 40 },
    template_review: { outcome: 'APPROVED', after: 30 },
  })
})
afterAll(async () => {
  await sandbox?.stop()
  await receiver?.close()
})

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(response.ok).toBe(true)
  return (await response.json()) as T
}

async function pywa<T>(command: 'drive' | 'parse', more: object): Promise<T> {
  const given = {
    url: sandbox.url,
    phone_id: WHATSAPP.phoneNumberId,
    token: WHATSAPP.token,
    waba_id: WHATSAPP.businessAccountId,
    app_secret: WHATSAPP.appSecret,
    ...more,
  }
  return await new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('pywa_client.py', import.meta.url))
    const child: ChildProcess = execFile((python as Python).executable, [script, command], (error, output, wrong) => {
      if (error !== null) reject(new Error(wrong))
      else resolve(JSON.parse(output) as T)
    })
    child.stdin?.end(JSON.stringify(given))
  })
}

interface Read {
  readonly type: string
  readonly user_id: string | null
  readonly wa_id: string | null
  readonly status: string | null
}

describe.skipIf(typeof python === 'string')('pywa', () => {
  test('sends messages, manages templates, transfers files and reads the profile', async () => {
    await control('POST', 'inbound', { text: 'merhaba' })
    const { people } = await control<{ people: { phone: string; user_id: string }[] }>('GET', 'people')
    const userId = people.find(({ phone }) => phone === WHATSAPP.owner.phone)?.user_id
    const done = await pywa<Record<string, unknown>>('drive', { to: OWNER, user_id: userId })
    const id = expect.stringMatching(/^wamid\./) as string
    expect(done).toMatchObject({
      text: id,
      buttons: id,
      list: id,
      by_user_id: { id, to: userId },
      created: { status: 'PENDING', category: 'UTILITY' },
      found: { name: 'siparis_durumu', components: ['HeaderText', 'BodyText', 'FooterText', 'Buttons'] },
      listed: { count: 5, names: ['siparis_durumu', 'tetik_alert', 'tetik_approval'] },
      refused: [100, 2388299],
      deleted: true,
      left: ['tetik_alert', 'tetik_approval'],
      media: { type: 'image/png', size: 256, same: true },
      media_deleted: true,
      profile_set: true,
      profile: { about: 'Moda', industry: 'APPAREL', websites: ['https://moda.example'] },
    })
  })

  test('reads every webhook, including those of a hidden number and a changed user id', async () => {
    const { messages } = await control<{ messages: { id: string; type: string }[] }>('GET', 'messages')
    const last = (type: string) => messages.filter((message) => message.type === type).map(({ id }) => id)
    const [buttons, rows] = last('interactive')
    await control('POST', 'inbound', { button: 'Onayla', reply_to: buttons })
    await control('POST', 'inbound', { button: 'row-2', reply_to: rows })
    await control('POST', 'person', { hidden: true })
    await control('POST', 'inbound', { text: 'dur' })
    await control('POST', 'person', { user_id: 'renew' })
    await control('POST', 'person', { hidden: false })
    await control('POST', 'person', { user_id: 'renew' })
    await control('PUT', 'faults', [{ kind: 'message-failed', code: 131026, match: { times: 1 } }])
    await sendTemplate()
    await expect.poll(async () => (await open()).length, { timeout: 20_000 }).toBe(0)

    const webhooks = receiver.requests.map(({ body, headers }) => ({ body, signature: headers['x-hub-signature-256'] }))
    const { read, answers } = await pywa<{ read: Read[]; answers: { refused: unknown; parsed: number }[] }>('parse', { webhooks })
    expect(answers).toHaveLength(webhooks.length)
    expect(answers.filter(({ refused, parsed }) => refused !== null || parsed !== 1)).toEqual([])
    const types = Object.fromEntries(
      [...new Set(read.map(({ type }) => type))].map((type) => [type, read.filter((one) => one.type === type).length]),
    )
    // Four messages with three statuses each, and one that failed.
    expect(types).toEqual({
      Message: 2,
      CallbackButton: 1,
      CallbackSelection: 1,
      MessageStatus: 13,
      PhoneNumberChange: 2,
      TemplateStatusUpdate: 1,
    })
    expect(read.filter(({ status }) => status === 'failed')).toHaveLength(1)
    const hidden = read.filter(({ type, wa_id: waId }) => type === 'Message' && waId === null)
    expect(hidden.map(({ user_id: id }) => id)).toEqual([expect.stringMatching(/^TR\.\d+$/)])
  })
})

const open = async () => {
  const { webhooks } = await control<{ webhooks: { state: string }[] }>('GET', 'webhooks')
  return webhooks.filter(({ state }) => state === 'pending')
}

async function sendTemplate(): Promise<void> {
  const response = await fetch(`${sandbox.url}/v27.0/${WHATSAPP.phoneNumberId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${WHATSAPP.token}` },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: WHATSAPP.owner.phone,
      type: 'template',
      template: {
        name: 'tetik_alert',
        language: { code: 'tr' },
        components: [{ type: 'body', parameters: [{ type: 'text', text: 'x' }] }],
      },
    }),
  })
  expect(response.status).toBe(200)
}
