/** Undocumented parameters of the Cloud API are accepted without effect and logged; and which fields exist. */

import { expect, it } from 'vitest'

import { WHATSAPP } from '../base/identity.js'
import { fieldsOf } from '../catalog/catalog.js'
import { type Client, type ErrorAnswer, start } from '../test-client.js'

const AUTHORIZED = { authorization: `Bearer ${WHATSAPP.token}` }
const ask = <T>(client: Client, method: string, path: string, body?: unknown) =>
  client.send<T>(method, `/v27.0/${path}`, body, AUTHORIZED)
const swallowed = async (client: Client) =>
  (await client.send<{ swallowed: { parameters: string[] }[] }>('GET', '/sandbox/swallowed')).body.swallowed.map(
    ({ parameters }) => parameters,
  )
const PHONE = WHATSAPP.phoneNumberId
const ACCOUNT = WHATSAPP.businessAccountId
const TEMPLATE = { name: 'stok', language: 'tr', category: 'UTILITY', components: [{ type: 'BODY', text: 'Stok azaldı.' }] }

it.each([
  ['the number', 'GET', `${PHONE}?nonsense=1`, undefined],
  ['the business account', 'GET', `${ACCOUNT}?nonsense=1`, undefined],
  ['its numbers', 'GET', `${ACCOUNT}/phone_numbers?nonsense=1`, undefined],
  ['the profile', 'GET', `${PHONE}/whatsapp_business_profile?fields=about&nonsense=1`, undefined],
  [
    'a change of the profile',
    'POST',
    `${PHONE}/whatsapp_business_profile`,
    { messaging_product: 'whatsapp', about: 'a', nonsense: 1 },
  ],
  ['the templates', 'GET', `${ACCOUNT}/message_templates?nonsense=1`, undefined],
  ['a new template', 'POST', `${ACCOUNT}/message_templates`, { ...TEMPLATE, nonsense: 1 }],
  ['deleting a template', 'DELETE', `${ACCOUNT}/message_templates?name=tetik_alert&nonsense=1`, undefined],
])('with %s an unknown parameter is swallowed', async (_what, method, path, body) => {
  const client = await start()
  expect((await ask(client, method, path, body)).status).toBe(200)
  expect(await swallowed(client)).toEqual([['nonsense']])
})

it('undocumented parameters of a template and of a file are logged', async () => {
  const client = await start()
  // A rejected template may be edited at once.
  await client.send('PUT', '/sandbox/settings', { template_review: { outcome: 'REJECTED', after: 0 } })
  const { id } = (await ask<{ id: string }>(client, 'POST', `${ACCOUNT}/message_templates`, TEMPLATE)).body
  expect((await ask(client, 'GET', `${id}?fields=name&nonsense=1`)).status).toBe(200)
  expect((await ask(client, 'POST', id, { components: TEMPLATE.components, nonsense: 1 })).status).toBe(200)
  const form = new FormData()
  for (const [name, value] of Object.entries({ messaging_product: 'whatsapp', nonsense: '1' })) form.set(name, value)
  form.set('file', new Blob([new Uint8Array([1])], { type: 'image/png' }), 'a.png')
  const address = `${client.sandbox.url}/v27.0/${PHONE}/media`
  const media = (await (await fetch(address, { method: 'POST', headers: AUTHORIZED, body: form })).json()) as { id: string }
  expect((await ask(client, 'GET', `${media.id}?nonsense=1`)).status).toBe(200)
  expect((await ask(client, 'DELETE', `${media.id}?nonsense=1`)).status).toBe(200)
  expect(await swallowed(client)).toEqual(Array(5).fill(['nonsense']))
})

it('unknown keys of a message are logged with their place, at any depth', async () => {
  const client = await start()
  const parameter = { type: 'text', text: 'x', nonsense: 1 }
  const sent = await client.whatsapp<{ messages: unknown[] }>({
    messaging_product: 'whatsapp',
    to: WHATSAPP.owner.phone,
    type: 'template',
    nonsense: 1,
    template: {
      name: 'tetik_alert',
      nonsense: 1,
      language: { code: 'tr', policystring: 'deterministic' },
      components: [{ type: 'body', nonsense: 1, parameters: [parameter] }],
    },
  })
  expect(sent.status).toBe(200)
  await client.send('POST', '/sandbox/inbound', { text: 'merhaba' })
  const body = { text: 'Hangisi?', nonsense: 1 }
  const action = { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A', nonsense: 1 } }] }
  const asked = { messaging_product: 'whatsapp', to: WHATSAPP.owner.phone, type: 'interactive' }
  expect((await client.whatsapp({ ...asked, interactive: { type: 'button', body, action } })).status).toBe(200)
  expect(await swallowed(client)).toEqual([
    [
      'nonsense',
      'template[nonsense]',
      'template[language][policystring]',
      'template[components][0][nonsense]',
      'template[components][0][parameters][0][nonsense]',
    ],
    ['interactive[body][nonsense]', 'interactive[action][buttons][0][reply][nonsense]'],
  ])
})

it('unknown keys of a template are dropped, too', async () => {
  const client = await start()
  const example = { body_text: [['A']] }
  const components = [{ type: 'BODY', text: 'Stok {{1}} azaldı.', example: { ...example, nonsense: 1 }, nonsense: 1 }]
  const { id } = (await ask<{ id: string }>(client, 'POST', `${ACCOUNT}/message_templates`, { ...TEMPLATE, components })).body
  expect((await ask(client, 'GET', `${id}?fields=components`)).body).toEqual({
    id,
    components: [{ type: 'BODY', text: 'Stok {{1}} azaldı.', example }],
  })
  expect(await swallowed(client)).toEqual([['components[0][example][nonsense]', 'components[0][nonsense]']])
})

it('the business account can be read with every field that the SDKs have, and an unknown field is refused', async () => {
  const client = await start()
  const fields = fieldsOf('WhatsAppBusinessAccount')
  expect(fields).toEqual(expect.arrayContaining(['primary_funding_id', 'health_status']))
  const { status, body } = await ask(client, 'GET', `${ACCOUNT}?fields=${fields.join(',')}`)
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({
      primary_funding_id: expect.any(String) as string,
      health_status: expect.objectContaining({ can_send_message: 'AVAILABLE' }) as object,
    }),
  ])
  const wrong = await ask<ErrorAnswer>(client, 'GET', `${ACCOUNT}?fields=id,nonsense`)
  expect([wrong.status, wrong.body.error.code]).toEqual([400, 100])
  expect((await ask(client, 'GET', `${ACCOUNT}/subscribed_apps`)).body).toEqual({ data: [] })
  expect((await ask(client, 'GET', `${ACCOUNT}/nonsense`)).status).toBe(400)
})

it('its numbers are listed with the requested fields', async () => {
  const client = await start()
  const listed = await ask(client, 'GET', `${ACCOUNT}/phone_numbers?fields=status,certificate,health_status`)
  expect(listed.body).toMatchObject({
    data: [{ id: PHONE, status: 'CONNECTED', health_status: { can_send_message: 'AVAILABLE' } }],
  })
  expect((await ask(client, 'GET', `${ACCOUNT}/phone_numbers?fields=nonsense`)).status).toBe(400)
  expect((await ask(client, 'GET', `${PHONE}?fields=nonsense`)).status).toBe(400)
})

it('templates can be deleted by several ids', async () => {
  const client = await start()
  const { data } = (await ask<{ data: { id: string }[] }>(client, 'GET', `${ACCOUNT}/message_templates?fields=id`)).body
  const ids = data.slice(0, 2).map(({ id }) => id)
  expect((await ask(client, 'DELETE', `${ACCOUNT}/message_templates?hsm_ids=${JSON.stringify(ids)}`)).body).toEqual({
    success: true,
  })
  const left = (await ask<{ data: { id: string }[] }>(client, 'GET', `${ACCOUNT}/message_templates?fields=id`)).body.data
  expect(left.map(({ id }) => id)).toEqual(data.slice(2).map(({ id }) => id))
})
