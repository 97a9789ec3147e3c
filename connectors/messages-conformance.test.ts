/** Messages of the WhatsApp client against the sandbox, which was written independently from the same contract. */

import { describe, expect, it } from 'vitest'

import { WHATSAPP } from '../sandbox/base/identity.js'
import { control, failure, timeoutsFor, whatsapp } from '../test/support/connector-sandbox.js'

describe('messages', () => {
  const message = { to: WHATSAPP.owner.phone, reference: 'conformance-1' }
  const template = { ...message, name: 'tetik_alert', language: 'tr', parameters: ['Ad set durdu'] }
  const inbox = async () =>
    (await control('GET', 'messages')) as { messages: { biz_opaque_callback_data: string | null; type: string }[] }

  it('can be sent as a template outside the 24-hour window, but not as text', async () => {
    await control('PUT', 'settings', { outside_window: 'error' })
    expect(await failure(whatsapp().sendText({ ...message, text: 'x' }))).toMatchObject({ kind: 'outside-window', code: 131047 })
    const sent = await whatsapp().sendTemplate(template)
    expect(sent.wamid).toMatch(/^wamid\./)
    expect((await inbox()).messages.some(({ biz_opaque_callback_data }) => biz_opaque_callback_data === 'conformance-1')).toBe(
      true,
    )
  })

  it('can be sent as text and with buttons within the 24-hour window', async () => {
    await control('POST', 'inbound', { from: WHATSAPP.owner.phone, text: 'merhaba' })
    await whatsapp().sendText({ ...message, reference: 'conformance-text', text: 'Merhaba' })
    const buttons = [{ id: 'approve:1', title: 'Onayla' }]
    await whatsapp().sendButtons({ ...message, reference: 'conformance-buttons', text: 'Artsın mı?', footer: 'tetik', buttons })
    const references = (await inbox()).messages.map(({ biz_opaque_callback_data }) => biz_opaque_callback_data)
    expect(references).toEqual(expect.arrayContaining(['conformance-text', 'conformance-buttons']))
  })

  it('with a missing template or too few parameters are refused as template errors', async () => {
    expect(await failure(whatsapp().sendTemplate({ ...template, name: 'nothing' }))).toMatchObject({
      kind: 'template',
      code: 132001,
    })
    expect(await failure(whatsapp().sendTemplate({ ...template, parameters: [] }))).toMatchObject({
      kind: 'template',
      code: 132000,
    })
    expect(await failure(whatsapp('wrong').sendTemplate(template))).toMatchObject({ kind: 'authentication', status: 401 })
  })

  it.each([
    [{ kind: 'timeout-after-write' }, 'unknown-outcome', true],
    [{ kind: 'timeout-before-write' }, 'unknown-outcome', true],
    [{ kind: 'connection-reset' }, 'unknown-outcome', true],
    [{ kind: 'malformed-json' }, 'unknown-outcome', true],
    [{ kind: 'token-expired' }, 'authentication', false],
    [{ kind: 'rate-limit', code: 130429 }, 'rate-limited', false],
    [{ kind: 'rate-limit', code: 131056 }, 'rate-limited', false],
  ])('end as expected with a fault switched on: %o', async (fault, kind, mayBeOut) => {
    await control('PUT', 'faults', [fault])
    const client = whatsapp(WHATSAPP.token, timeoutsFor(fault))
    expect(await failure(client.sendTemplate(template))).toMatchObject({ kind, mayHaveBeenCarriedOut: mayBeOut })
  })
})
