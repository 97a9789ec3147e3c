import { describe, expect, it, vi } from 'vitest'

import { WHATSAPP } from '../base/identity.js'
import { type Client, Clock, type ErrorAnswer, start } from '../test-client.js'
import { Receiver } from './test-receiver.js'

const EDGE = `/v27.0/${WHATSAPP.businessAccountId}/message_templates`
const AUTHORIZED = { authorization: `Bearer ${WHATSAPP.token}` }
const ask = <T>(client: Client, method: string, path: string, body?: unknown) => client.send<T>(method, path, body, AUTHORIZED)

const body = (text: string, ...example: string[]) => ({
  type: 'BODY',
  text,
  ...(example.length > 0 ? { example: { body_text: [example] } } : {}),
})
const template = (components: unknown[], more: Record<string, unknown> = {}) => ({
  name: 'order_state',
  language: 'en',
  category: 'UTILITY',
  components,
  ...more,
})
const GOOD = body('Your order {{1}} is on its way.', 'A-17')
const quick = (text: string) => ({ type: 'QUICK_REPLY', text })

describe('a template', () => {
  it('is pending until a webhook reports its review, and can then be sent and deleted', async () => {
    const receiver = await Receiver.start()
    const clock = new Clock()
    const client = await start({ webhookUrl: receiver.url, now: clock.now })
    await client.send('PUT', '/sandbox/settings', { template_review: { after: 50 } })
    const made = await ask<{ id: string; status: string }>(client, 'POST', EDGE, template([GOOD]))
    expect(made.body).toEqual({ id: expect.stringMatching(/^\d+$/) as string, status: 'PENDING', category: 'UTILITY' })
    const send = () =>
      client.whatsapp<Partial<ErrorAnswer>>({
        messaging_product: 'whatsapp',
        to: WHATSAPP.owner.phone,
        type: 'template',
        template: {
          name: 'order_state',
          language: { code: 'en' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'B-2' }] }],
        },
      })
    expect((await send()).body.error?.code).toBe(132001)
    await vi.waitFor(() =>
      expect(JSON.parse(receiver.received[0]?.body ?? '{}')).toMatchObject({
        entry: [
          {
            time: expect.any(Number) as number,
            changes: [
              {
                field: 'message_template_status_update',
                value: { event: 'APPROVED', message_template_id: Number(made.body.id) },
              },
            ],
          },
        ],
      }),
    )
    clock.forward(50)
    expect((await send()).status).toBe(200)
    const read = await ask(client, 'GET', `/v27.0/${made.body.id}?fields=name,status`)
    expect(read.body).toEqual({ id: made.body.id, name: 'order_state', status: 'APPROVED' })
    expect((await ask(client, 'DELETE', `${EDGE}?name=order_state`)).body).toEqual({ success: true })
    expect((await send()).body.error?.code).toBe(132001)
    const again = await ask<ErrorAnswer>(client, 'POST', EDGE, template([GOOD]))
    expect(again.body.error).toMatchObject({ code: 100, error_subcode: 2388023 })
  })

  it('with promotional wording becomes a marketing template, whatever category was requested', async () => {
    const client = await start()
    const text = body('Everything is 20% off until Friday. Your code {{1}} is waiting.', 'YAZ')
    expect((await ask(client, 'POST', EDGE, template([text]))).body).toMatchObject({ category: 'MARKETING' })
  })

  it('that is rejected cannot be sent, but may be edited', async () => {
    const clock = new Clock()
    const client = await start({ now: clock.now })
    await client.send('PUT', '/sandbox/settings', { template_review: { outcome: 'REJECTED', after: 1_000 } })
    const { id } = (await ask<{ id: string }>(client, 'POST', EDGE, template([GOOD]))).body
    const early = await ask<ErrorAnswer>(client, 'POST', `/v27.0/${id}`, { components: [GOOD] })
    expect(early.body.error.error_subcode).toBe(2388025)
    clock.forward(2_000)
    expect((await ask(client, 'GET', `/v27.0/${id}?fields=status`)).body).toMatchObject({ status: 'REJECTED' })
    await client.send('PUT', '/sandbox/settings', { template_review: { outcome: 'APPROVED' } })
    expect((await ask(client, 'POST', `/v27.0/${id}`, { components: [GOOD] })).body).toEqual({ success: true })
    clock.forward(2_000)
    expect((await ask(client, 'GET', `/v27.0/${id}?fields=status`)).body).toMatchObject({ status: 'APPROVED' })
  })

  it.each([
    ['a name with capitals', template([GOOD], { name: 'Order' }), 2388007],
    ['a name and language that exist', template([GOOD], { name: 'tetik_alert' }), 2388024],
    ['no body', template([{ type: 'FOOTER', text: 'x' }]), 2388043],
    ['a body that is too long', template([body('x'.repeat(1025))]), 2388040],
    ['a variable without an example', template([body('Your order {{1}} is here.')]), 2388043],
    ['a variable at the start', template([body('{{1}} is on its way.', 'A')]), 2388299],
    ['a variable at the end', template([body('On its way: {{1}}', 'A')]), 2388299],
    ['variables with a gap', template([body('Your order {{1}} and {{3}} here.', 'A', 'B')]), 2388072],
    ['two variables in a row', template([body('Your order {{1}} {{2}} here.', 'A', 'B')]), 2388072],
    ['more variables than words', template([body('a {{1}} b {{2}} c {{3}} d', 'A', 'B', 'C')]), 2388293],
    ['a header of two variables', template([GOOD, { type: 'HEADER', format: 'TEXT', text: 'a {{1}} {{2}}' }]), 2388047],
    ['an image without its example', template([GOOD, { type: 'HEADER', format: 'IMAGE' }]), 2388047],
    ['a footer with a variable', template([GOOD, { type: 'FOOTER', text: 'a {{1}}' }]), 2388073],
    ['a button’s text that is too long', template([GOOD, { type: 'BUTTONS', buttons: [quick('x'.repeat(26))] }]), 2388040],
    [
      'quick replies that are not grouped together',
      template([GOOD, { type: 'BUTTONS', buttons: [quick('a'), { type: 'COPY_CODE', example: 'x' }, quick('b')] }]),
      2388043,
    ],
  ])('with %s is refused', async (_what, given, subcode) => {
    const client = await start()
    const { status, body: answer } = await ask<ErrorAnswer>(client, 'POST', EDGE, given)
    expect([status, answer.error?.code, answer.error?.error_subcode]).toEqual([400, 100, subcode])
  })
})

describe('a file', () => {
  const upload = async (client: Client, bytes: Uint8Array<ArrayBuffer>, type: string) => {
    const form = new FormData()
    form.set('messaging_product', 'whatsapp')
    form.set('file', new Blob([bytes], { type }), 'a.png')
    const response = await fetch(`${client.sandbox.url}/v27.0/${WHATSAPP.phoneNumberId}/media`, {
      method: 'POST',
      headers: AUTHORIZED,
      body: form,
    })
    return { status: response.status, body: (await response.json()) as { id: string } & Partial<ErrorAnswer> }
  }

  it('is uploaded, downloaded for five minutes with the token, and deleted', async () => {
    const clock = new Clock()
    const client = await start({ now: clock.now })
    const { id } = (await upload(client, new Uint8Array([1, 2, 3]), 'image/png')).body
    const found = await ask<{ url: string; file_size: number }>(client, 'GET', `/v27.0/${id}`)
    expect(found.body).toMatchObject({ messaging_product: 'whatsapp', mime_type: 'image/png', file_size: 3, id })
    const download = (headers = {}) => fetch(found.body.url, { headers })
    expect([...new Uint8Array(await (await download(AUTHORIZED)).arrayBuffer())]).toEqual([1, 2, 3])
    expect((await download()).status).toBe(404)
    clock.forward(6 * 60_000)
    expect((await download(AUTHORIZED)).status).toBe(404)
    expect((await ask(client, 'DELETE', `/v27.0/${id}`)).body).toEqual({ success: true })
    expect((await ask<ErrorAnswer>(client, 'GET', `/v27.0/${id}`)).status).toBe(400)
  })

  it('of another type, or too large, is refused', async () => {
    const client = await start()
    expect((await upload(client, new Uint8Array(3), 'image/gif')).body.error?.code).toBe(100)
    expect((await upload(client, new Uint8Array(5 * 1024 * 1024 + 1), 'image/png')).body.error?.code).toBe(131053)
  })
})

it('the business profile is read and changed', async () => {
  const client = await start()
  const path = `/v27.0/${WHATSAPP.phoneNumberId}/whatsapp_business_profile`
  const product = { messaging_product: 'whatsapp' }
  expect((await ask(client, 'POST', path, { ...product, about: 'Moda', email: 'a@b.example' })).body).toEqual({ success: true })
  expect((await ask(client, 'GET', `${path}?fields=about,email,address`)).body).toEqual({
    data: [{ about: 'Moda', email: 'a@b.example' }],
  })
  expect((await ask<ErrorAnswer>(client, 'POST', path, { ...product, about: 'x'.repeat(140) })).body.error.code).toBe(131009)
  expect((await ask<ErrorAnswer>(client, 'POST', path, { ...product, vertical: 'SHOES' })).body.error.code).toBe(100)
})

describe('a person’s user id', () => {
  const person = (client: Client, change: object) => client.send<{ user_id: string }>('POST', '/sandbox/person', change)

  it('is in every webhook together with the number, and without it if the number is hidden', async () => {
    const receiver = await Receiver.start()
    const client = await start({ webhookUrl: receiver.url })
    await client.send('PUT', '/sandbox/settings', { status_delays: { sent: null, delivered: 1, read: null } })
    await client.send('POST', '/sandbox/inbound', { text: 'merhaba' })
    const { user_id: id } = (await person(client, { hidden: true })).body
    await client.send('POST', '/sandbox/inbound', { text: 'dur' })
    const sent = { messaging_product: 'whatsapp', recipient: id, type: 'text', text: { body: 'x' } }
    expect((await client.whatsapp<{ contacts: unknown }>(sent)).body.contacts).toEqual([{ input: id, user_id: id }])
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3))
    const values = receiver.values.map(({ contacts, messages, statuses }) => [contacts, ...(messages ?? []), ...(statuses ?? [])])
    const phone = WHATSAPP.owner.phone.slice(1)
    expect(values).toEqual(
      expect.arrayContaining([
        [[expect.objectContaining({ wa_id: phone, user_id: id })], expect.objectContaining({ from: phone, from_user_id: id })],
        [[expect.not.objectContaining({ wa_id: phone })], expect.not.objectContaining({ from: phone })],
        [
          [expect.not.objectContaining({ wa_id: phone })],
          expect.objectContaining({ status: 'delivered', recipient_user_id: id }),
        ],
      ]),
    )
    expect(values.map(([, part]) => (part as { recipient_id?: string }).recipient_id)).toEqual([undefined, undefined, undefined])
  })

  it.each([
    ['a system message', {}, 'messages'],
    ['the field of early 2026', { form: 'user_id_update' }, 'user_id_update'],
  ])('that changes is announced by %s, and the one before reaches nobody', async (_how, form, field) => {
    const receiver = await Receiver.start()
    const client = await start({ webhookUrl: receiver.url })
    const before = (await person(client, { hidden: false })).body.user_id
    const after = (await person(client, { user_id: 'renew', ...form })).body.user_id
    expect(after).not.toBe(before)
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1))
    const [change] = (JSON.parse(receiver.received[0]!.body) as { entry: [{ changes: [{ field: string; value: object }] }] })
      .entry[0].changes
    expect(change.field).toBe(field)
    expect(JSON.stringify(change.value)).toMatch(new RegExp(`${before}.*${after}|${after}.*${before}`))
    const send = { messaging_product: 'whatsapp', recipient: before, type: 'text', text: { body: 'x' } }
    expect((await client.whatsapp<ErrorAnswer>(send)).body.error.code).toBe(131026)
  })
})
