/** Sending a message to WhatsApp: each sending is recorded, a possible repeat says so, and a stop withdraws it. */

import { ApplicationFailure } from '@temporalio/common'
import { beforeEach, describe, expect, it } from 'vitest'

import { WhatsAppError } from '../../connectors/connector-error.js'
import type { TemplateMessage, TextMessage } from '../../connectors/whatsapp/client.js'
import { recordWebhookWay } from '../../store/incoming/webhook-ways.js'
import { findMessage, intendMessage, type NewMessage, settleMessage } from '../../store/messages/messages.js'
import { sendsOfMessage } from '../../store/messages/sends.js'
import { resumeRules, stopRules } from '../../store/rules/stops.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { judgeRepeat } from './judge-repeat.js'
import { prepareMessage } from './prepare-message.js'
import { sendToWhatsApp } from './send-to-whatsapp.js'

const MINUTE = 60_000
const lost = new WhatsAppError('no answer came', { ...details('unknown-outcome'), mayHaveBeenCarriedOut: true })
const busy = new WhatsAppError('too fast', { ...details('rate-limited'), retryable: true })

function details(kind: 'unknown-outcome' | 'rate-limited') {
  return {
    kind,
    reason: kind,
    retryable: false,
    retryAfter: null,
    mayHaveBeenCarriedOut: false,
    code: null,
    subcode: null,
    status: null,
    userTitle: null,
    userMessage: null,
    trace: null,
    path: null,
    request: 'POST',
  }
}

let room: ActivityRoom
let texts: string[]
let answers: (WhatsAppError | string)[]
beforeEach(async () => {
  room = await openActivityRoom()
  texts = []
  answers = []
  const take = (text: string) => {
    texts.push(text)
    const answer = answers.shift() ?? `wamid.${texts.length}`
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ wamid: answer, status: 'accepted' })
  }
  const whatsapp = {
    sendText: ({ text }: TextMessage) => take(text),
    sendTemplate: ({ parameters }: TemplateMessage) => take(Object.values(parameters).join()),
  }
  Object.assign(room.dependencies, { whatsapp })
})

const write = (more: Partial<NewMessage> = {}) =>
  intendMessage(room.store, {
    id: 'm',
    decision: null,
    account: ACCOUNT.name,
    recipient: 'owner',
    text: 'Kış duraklatıldı',
    created_at: NOON,
    ...more,
  })
const send = (form: 'text' | 'template' = 'text') => room.run(sendToWhatsApp(room.dependencies), { message: 'm', form })
const judge = () => room.run(judgeRepeat(room.dependencies), { message: 'm' })
const sends = async () =>
  (await sendsOfMessage(room.store, 'm')).map(({ form, is_repeat: repeat, outcome, wamid }) => [form, repeat, outcome, wamid])

describe('a message whose worker died', () => {
  it('after WhatsApp refused it is sent again, and does not count as a repeat', async () => {
    await write()
    answers = [busy]
    await expect(send()).rejects.toThrow('too fast')
    expect(await judge()).toEqual({ kind: 'send-again' })
    await send()
    expect(texts.at(-1)).toBe('Kış duraklatıldı')
    expect(await judge()).toEqual({ kind: 'went-out' })
  })

  it('before its sending began is sent, because nothing was sent yet', async () => {
    await write()
    expect(await judge()).toEqual({ kind: 'send-again' })
  })
})

describe('a message', () => {
  it('that asks for an approval does not repeat its first words in the template, which begins with them', async () => {
    const buttons_json = JSON.stringify([{ id: 'approve:a', title: 'Onayla' }])
    await write({ text: 'Onayınız bekleniyor: trim-budget\nbudget -10% ad set “Kadın”', buttons_json })
    await send('template')
    expect(texts).toEqual(['trim-budget · budget -10% ad set “Kadın”'])
  })

  it('whose answer was lost says that it may be a repeat when it is sent again, as text and as a template', async () => {
    await write()
    answers = [lost, lost]
    await expect(send()).rejects.toThrow('no answer')
    await expect(send()).rejects.toThrow('no answer')
    await send('template')
    expect(texts).toEqual(['Kış duraklatıldı', 'Tekrar olabilir: Kış duraklatıldı', 'Tekrar olabilir: Kış duraklatıldı'])
    expect(await sends()).toEqual([
      ['text', 0, 'unknown', null],
      ['text', 1, 'unknown', null],
      ['template', 1, 'accepted', 'wamid.3'],
    ])
  })

  it('says so in English to an English reader', async () => {
    const recipients = SETTINGS.recipients.map((one) => ({ ...one, language: 'en' as const }))
    Object.assign(room.dependencies, { settings: () => ({ ...SETTINGS, recipients }) })
    await write()
    answers = [lost]
    await expect(send()).rejects.toThrow()
    await send()
    expect(texts[1]).toBe('May be a repeat: Kış duraklatıldı')
  })

  it('that WhatsApp refused does not count as a repeat when it is sent again', async () => {
    await write()
    answers = [busy]
    await expect(send()).rejects.toThrow()
    await send()
    expect(texts).toEqual(['Kış duraklatıldı', 'Kış duraklatıldı'])
    expect(await sends()).toEqual([
      ['text', 0, 'refused', null],
      ['text', 0, 'accepted', 'wamid.2'],
    ])
  })

  it('whose first sending a report names does not count as a repeat, and both sendings are found by their ids', async () => {
    await write()
    answers = [lost]
    await expect(send()).rejects.toThrow()
    const report = await settleMessage(room.store, { kind: 'id', id: 'm' }, { status: 'sent', at: NOON, wamid: 'wamid.first' })
    expect(report?.moved).toBe(true)
    expect(await sends()).toEqual([['text', 0, 'accepted', 'wamid.first']])
    expect(await judge()).toEqual({ kind: 'went-out' })
    const delivered = await settleMessage(
      room.store,
      { kind: 'wamid', wamid: 'wamid.first' },
      { status: 'delivered', at: NOON, wamid: 'wamid.first' },
    )
    expect(delivered?.message.status).toBe('delivered')
  })

  it('that was sent twice accepts reports of either sending', async () => {
    await write()
    answers = [lost]
    await expect(send()).rejects.toThrow()
    await send()
    await settleMessage(room.store, { kind: 'id', id: 'm' }, { status: 'delivered', at: NOON, wamid: 'wamid.late' })
    expect(await sends()).toEqual([
      ['text', 0, 'accepted', 'wamid.late'],
      ['text', 1, 'accepted', 'wamid.2'],
    ])
    expect(
      (await settleMessage(room.store, { kind: 'wamid', wamid: 'wamid.late' }, { status: 'read', at: NOON }))?.message.status,
    ).toBe('read')
  })
})

describe('a second sending', () => {
  beforeEach(async () => {
    await write()
    answers = [lost]
    await expect(send()).rejects.toThrow()
  })

  it('waits at most a quarter of an hour while no webhook has come since the first', async () => {
    const sentAt = room.clock.now
    await recordWebhookWay(room.store, 'whatsapp', sentAt - MINUTE)
    expect(await judge()).toEqual({ kind: 'wait', for: 30_000 })
    room.clock.now = sentAt + 14 * MINUTE + 50_000
    expect(await judge()).toMatchObject({ kind: 'wait', for: expect.any(Number) as number })
    room.clock.now = sentAt + 15 * MINUTE
    expect(await judge()).toEqual({ kind: 'send-again' })
  })

  it('is made as soon as any webhook shows that a report would have come', async () => {
    await recordWebhookWay(room.store, 'whatsapp', room.clock.now + 1)
    expect(await judge()).toEqual({ kind: 'send-again' })
  })
})

describe('after a stop', () => {
  const stop = (since: number) => stopRules(room.store, { account: ACCOUNT.name, reason: 'by hand', stoppedBy: 'API', since })
  const prepare = () => room.run(prepareMessage(room.dependencies), { message: 'm', now: room.clock.now })
  const refused = { type: 'stopped', nonRetryable: true }

  it('a rule’s message is not sent, whether it was written before or after the stop', async () => {
    await write({ of_rule: 1 })
    await stop(NOON + 5)
    expect(await prepare()).toMatchObject({ stopped: expect.stringContaining('by hand') as string })
    await expect(send()).rejects.toMatchObject(refused)
    expect(texts).toEqual([])
    expect((await findMessage(room.store, 'm'))?.status).toBe('intended')
  })

  it('of all accounts it is not sent either, not even after resuming', async () => {
    await write({ of_rule: 1 })
    await stopRules(room.store, { account: '*', reason: 'by hand', stoppedBy: 'API', since: NOON + 5 })
    await resumeRules(room.store, '*', NOON + 10)
    await expect(send()).rejects.toMatchObject(refused)
  })

  it('that was resumed before the message was written, it is sent', async () => {
    await stop(NOON - 10)
    await resumeRules(room.store, ACCOUNT.name, NOON - 5)
    await write({ of_rule: 1 })
    await send()
    expect(texts).toHaveLength(1)
  })

  it('a message of tetik’s own is sent', async () => {
    await write()
    await stop(NOON + 5)
    expect(await prepare()).not.toHaveProperty('stopped')
    await send()
    expect(texts).toHaveLength(1)
  })

  it('a rule’s message whose answer was lost is not sent again', async () => {
    await write({ of_rule: 1 })
    answers = [lost]
    await expect(send()).rejects.toThrow()
    await stop(NOON + 5_000)
    await expect(send()).rejects.toBeInstanceOf(ApplicationFailure)
    expect(texts).toHaveLength(1)
  })
})

it('a message to somebody who is not a recipient goes to the number they wrote from, at any hour', async () => {
  const to: string[] = []
  const whatsapp = {
    sendText: ({ to: address }: TextMessage) => (to.push(address), Promise.resolve({ wamid: 'w', status: 'accepted' })),
  }
  Object.assign(room.dependencies, { whatsapp })
  await write({ recipient: 'unnamed sender', address: 'TR.1349' })
  room.clock.now = NOON + 12 * 60 * MINUTE
  expect(await room.run(prepareMessage(room.dependencies), { message: 'm', now: room.clock.now })).toMatchObject({
    form: 'text',
    quietUntil: null,
  })
  await send()
  expect(to).toEqual(['TR.1349'])
})

it('an urgent message does not wait for the end of quiet hours', async () => {
  await write({ urgent: 1 })
  const midnight = NOON + 12 * 60 * MINUTE
  expect(await room.run(prepareMessage(room.dependencies), { message: 'm', now: midnight })).toMatchObject({ quietUntil: null })
})
