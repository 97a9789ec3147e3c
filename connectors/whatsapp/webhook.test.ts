import { createHmac } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { verifySubscription } from './signature.js'
import type { WhatsAppEvent } from './webhook-event.js'
import { LARGEST_WEBHOOK, parseWebhook } from './webhook.js'

const SECRET = 'app-secret'

const sign = (body: Uint8Array | string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

function eventsOf(body: unknown): readonly WhatsAppEvent[] {
  const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const webhook = parseWebhook(raw, sign(raw), SECRET)
  if (webhook.kind === 'refused') throw new Error(webhook.reason)
  return webhook.events
}

const inValue = (...values: object[]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '102', changes: values.map((value) => ({ field: 'messages', value })) }],
})
const metadata = { display_phone_number: '15550001111', phone_number_id: '1065' }
const message = (more: object) => ({ from: '905551112233', id: 'wamid.A', timestamp: '1749416383', ...more })
const contacts = [{ profile: { name: 'Ayşe' }, wa_id: '905551112233' }]
const withMessage = (more: object) => inValue({ messaging_product: 'whatsapp', metadata, contacts, messages: [message(more)] })

describe('a webhook', () => {
  it('is accepted only if exactly these bytes are signed with our secret', () => {
    const raw = Buffer.from(JSON.stringify(withMessage({ type: 'text', text: { body: 'dur' } })))
    const good = sign(raw)
    expect(parseWebhook(raw, good, SECRET).kind).toBe('accepted')
    expect(parseWebhook(raw, good.toUpperCase().replace('SHA256', 'sha256'), SECRET).kind).toBe('accepted')
    const wrong = [undefined, '', 'sha256=', good.slice(0, -1), `${good}0`, good.replace('sha256', 'sha1'), sign(raw, 'other')]
    for (const signature of wrong) expect(parseWebhook(raw, signature, SECRET)).toMatchObject({ kind: 'refused', status: 401 })
    expect(parseWebhook(Buffer.concat([raw, Buffer.from(' ')]), good, SECRET)).toMatchObject({ status: 401 })
    expect(parseWebhook(raw, sign(raw, ''), '')).toMatchObject({ status: 401 })
  })

  it('is refused if it is too large or not a webhook', () => {
    expect(parseWebhook(Buffer.alloc(LARGEST_WEBHOOK + 1), undefined, SECRET)).toMatchObject({ status: 413 })
    for (const body of ['', 'no json', '[]', '7', 'null', '{"entry":7}', '{"entry":[{"changes":[7]}]}']) {
      expect(parseWebhook(Buffer.from(body), sign(body), SECRET)).toMatchObject({ kind: 'refused', status: 400 })
    }
  })

  it.each([
    [
      'a change of a field that nothing is known of',
      (deep: string) => `{"entry":[{"changes":[{"field":"new","value":${deep}}]}]}`,
    ],
    ['the time of an entry', (deep: string) => `{"entry":[{"time":${deep},"changes":[{"field":"messages","value":{}}]}]}`],
    ['the whole', (deep: string) => deep],
  ])('is refused without a crash if %s is nested thousands deep', (_, bodyWith) => {
    for (const depth of [65, 20_000, 200_000]) {
      for (const deep of ['['.repeat(depth) + ']'.repeat(depth), '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)]) {
        const raw = Buffer.from(bodyWith(deep))
        expect(parseWebhook(raw, sign(raw), SECRET)).toMatchObject({ kind: 'refused', status: 400 })
      }
    }
  })

  it('never crashes on signed JSON, whatever its shape', () => {
    const part = fc.oneof(fc.jsonValue(), fc.constant({ metadata, messages: [{}], statuses: [7], errors: 'x' }))
    const field = fc.constantFrom('messages', 'message_template_status_update', 'else')
    const body = fc.record({ entry: fc.array(fc.record({ changes: fc.array(fc.record({ field, value: part })) })) })
    fc.assert(
      fc.property(fc.oneof(body, fc.jsonValue()), (json) => {
        const raw = Buffer.from(JSON.stringify(json))
        expect(['accepted', 'refused']).toContain(parseWebhook(raw, sign(raw), SECRET).kind)
      }),
    )
  })
})

describe('events', () => {
  it('report what someone writes', () => {
    expect(eventsOf(withMessage({ type: 'text', text: { body: 'dur' } }))).toEqual([
      {
        kind: 'message',
        id: 'message:wamid.A',
        phoneNumberId: '1065',
        wamid: 'wamid.A',
        from: '905551112233',
        userId: null,
        profileName: 'Ayşe',
        at: 1_749_416_383_000,
        answers: null,
        content: { type: 'text', text: 'dur' },
      },
    ])
  })

  it('report a pressed button of a message or a template', () => {
    const context = { from: '15550001111', id: 'wamid.OURS' }
    const reply = { type: 'button_reply', button_reply: { id: 'approve:1', title: 'Onayla' } }
    expect(eventsOf(withMessage({ type: 'interactive', interactive: reply, context }))).toMatchObject([
      { answers: 'wamid.OURS', content: { type: 'button', id: 'approve:1', title: 'Onayla' } },
    ])
    const row = { type: 'list_reply', list_reply: { id: 'r1', title: 'Row', description: 'x' } }
    expect(eventsOf(withMessage({ type: 'interactive', interactive: row }))).toMatchObject([
      { content: { type: 'list', id: 'r1' } },
    ])
    expect(eventsOf(withMessage({ type: 'button', button: { payload: 'stop', text: 'Durdur' }, context }))).toMatchObject([
      { content: { type: 'button', id: 'stop', title: 'Durdur' } },
    ])
  })

  it('include messages whose content is not used, as they open the 24-hour window', () => {
    expect(eventsOf(withMessage({ type: 'image', image: { id: '1' } }))).toMatchObject([
      { kind: 'message', content: { type: 'other', metaType: 'image' } },
    ])
  })

  it('have the user id of people who hide their number', () => {
    const value = {
      metadata,
      contacts: [{ profile: { name: 'Ayşe' }, wa_id: '', user_id: 'TR.1' }],
      messages: [{ ...message({ type: 'text', text: { body: 'x' } }), from: '', user_id: 'TR.1' }],
    }
    expect(eventsOf(inValue(value))).toMatchObject([{ from: null, userId: 'TR.1', profileName: 'Ayşe' }])
  })

  it('report deliveries with our reference and the reason of a failure', () => {
    const status = { id: 'wamid.B', timestamp: '1749416400', recipient_id: '905551112233', biz_opaque_callback_data: 'message-1' }
    const errors = [{ code: 131047, title: 'Re-engagement message', error_data: { details: 'more than 24 hours' } }]
    const body = inValue({
      metadata,
      statuses: [
        { ...status, status: 'sent', pricing: { billable: true } },
        { ...status, status: 'failed', errors },
        { ...status, status: 'failed', errors: [{ code: 131000, title: 'Something went wrong' }] },
      ],
    })
    expect(eventsOf(body)).toMatchObject([
      { kind: 'status', id: 'status:wamid.B:sent', reference: 'message-1', at: 1_749_416_400_000, errors: [] },
      { id: 'status:wamid.B:failed', errors: [{ kind: 'outside-window', code: 131047, retryable: false }] },
      // A message reported as failed was not sent, so its outcome is known.
      { errors: [{ kind: 'temporarily-unavailable', code: 131000, message: 'Something went wrong' }] },
    ])
  })

  it('report template statuses; a second pause has another id than a second delivery of the first one', () => {
    const pause = (time: number) => ({
      entry: [
        {
          id: '102',
          time,
          changes: [
            {
              field: 'message_template_status_update',
              value: {
                event: 'PAUSED',
                message_template_id: 12345678901234567,
                message_template_name: 'tetik_alert',
                message_template_language: 'tr',
                reason: null,
              },
            },
          ],
        },
      ],
    })
    const [first] = eventsOf(pause(1))
    expect(first).toMatchObject({
      kind: 'template-status',
      template: 'tetik_alert',
      language: 'tr',
      event: 'PAUSED',
      reason: null,
    })
    expect(eventsOf(pause(1))[0]?.id).toBe(first?.id)
    expect(eventsOf(pause(2))[0]?.id).not.toBe(first?.id)
  })

  it('may arrive in batches, in which one that is not understood does not affect the others', () => {
    const good = message({ type: 'text', text: { body: 'x' } })
    const body = inValue(
      {
        metadata,
        messages: [good, { ...good, id: 7 }, { ...good, id: 'wamid.C', timestamp: 'now' }, { ...good, id: 'wamid.D' }],
      },
      { metadata: {}, messages: [good] },
      {
        metadata,
        statuses: [{ id: 'wamid.E', status: 'sent', timestamp: '1749416383' }],
        errors: [{ code: 130429, title: 'Rate' }],
      },
      { metadata },
    )
    const kinds = eventsOf(body).map(({ kind }) => kind)
    expect(kinds).toEqual(['message', 'unknown', 'unknown', 'message', 'unknown', 'status', 'error', 'unknown'])
  })

  it('of unknown fields are kept as unknown events', () => {
    expect(eventsOf({ entry: [{ changes: [{ field: 'account_update', value: { event: 'x' } }] }] })).toMatchObject([
      { kind: 'unknown', field: 'account_update' },
    ])
  })
})

describe('the subscription', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'mine' }

  it('is confirmed with the challenge only for our token', () => {
    expect(verifySubscription(query, 'mine')).toBe('1158201444')
    expect(verifySubscription(query, 'other')).toBeNull()
    expect(verifySubscription({ ...query, 'hub.verify_token': '' }, '')).toBeNull()
    expect(verifySubscription({ ...query, 'hub.mode': 'unsubscribe' }, 'mine')).toBeNull()
    expect(verifySubscription({ ...query, 'hub.challenge': undefined }, 'mine')).toBeNull()
    expect(verifySubscription({ ...query, 'hub.challenge': '<script>' }, 'mine')).toBeNull()
  })
})

describe('user ids', () => {
  const dur = { id: 'wamid.A', timestamp: '1749416383', type: 'text', text: { body: 'dur' } }
  const withContacts = (given: unknown[], more: object) =>
    inValue({ messaging_product: 'whatsapp', metadata, contacts: given, messages: [{ ...dur, ...more }] })

  it.each([
    [
      'with the number',
      contacts.map((one) => ({ ...one, user_id: 'TR.1' })),
      { from: '905551112233', from_user_id: 'TR.1' },
      '905551112233',
      'TR.1',
    ],
    ['of the contact alone', contacts.map((one) => ({ ...one, user_id: 'TR.1' })), {}, '905551112233', 'TR.1'],
    ['where the number is hidden', [{ profile: { username: 'ayse' }, user_id: 'TR.1' }], { from_user_id: 'TR.1' }, null, 'TR.1'],
    ['where the number is empty', [{ wa_id: '', user_id: 'TR.1' }], { from: '', user_id: 'TR.1' }, null, 'TR.1'],
    [
      'never those of a contact who is somebody else',
      [{ wa_id: '905550000009', user_id: 'TR.9' }],
      { from_user_id: 'TR.1' },
      null,
      'TR.1',
    ],
    [
      'nor of one with another number',
      [{ wa_id: '905550000009', user_id: 'TR.9' }],
      { from: '905551112233' },
      '905551112233',
      null,
    ],
    ['that are invalid', [{ wa_id: 'x', user_id: 7 }], { from_user_id: 'nonsense' }, null, null],
  ])('are read %s', (_how, given, more, from, userId) => {
    expect(eventsOf(withContacts(given, more))).toMatchObject([{ kind: 'message', from, userId, content: { text: 'dur' } }])
  })

  it('of a recipient are read from the status and its contact', () => {
    const status = { id: 'wamid.S', status: 'delivered', timestamp: '1', recipient_id: '905551112233', recipient_user_id: 'TR.1' }
    const whole = inValue({ metadata, statuses: [status] })
    expect(eventsOf(whole)).toMatchObject([{ kind: 'status', recipient: '905551112233', userId: 'TR.1' }])
    const bare = { id: 'wamid.S', status: 'delivered', timestamp: '1' }
    const byContact = inValue({ metadata, contacts: [{ wa_id: '905551112233', user_id: 'TR.1' }], statuses: [bare] })
    expect(eventsOf(byContact)).toMatchObject([{ recipient: '905551112233', userId: 'TR.1' }])
  })

  it.each([
    ['user_changed_user_id', { from: '' }, { previous_user_id: 'TR.1', user_id: 'TR.2' }, null],
    [
      'user_changed_number',
      { from: '905551112233' },
      { previous_user_id: 'TR.1', user_id: 'TR.2', wa_id: '905550000009' },
      '905551112233',
    ],
  ])('are reported as changed by %s', (type, more, system, previousNumber) => {
    const changed = { id: 'wamid.C', timestamp: '1749416383', type: 'system', system: { type, body: 'x', ...system }, ...more }
    expect(eventsOf(inValue({ metadata, messages: [changed] }))).toMatchObject([
      { kind: 'user-id-change', previousUserId: 'TR.1', userId: 'TR.2', previousNumber, at: 1749416383000 },
    ])
  })
})
