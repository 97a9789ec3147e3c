/** The button "Gönder": reports that a person sends. */

import { describe, expect, test } from 'vitest'

import type { Recipient, Settings } from '../../../engine/account/account.js'
import { addDays } from '../../../engine/clock/zone.js'
import { saveStructure } from '../../../store/account/entities.js'
import { saveInsights } from '../../../store/account/insights.js'
import { beginSync, finishSync } from '../../../store/account/syncs.js'
import { type Message, settleMessage } from '../../../store/messages/messages.js'
import { temporalNames } from '../../../temporal.config.js'
import { ACCOUNT, NOW, SETTINGS, testApi } from '../../../test/support/api.js'
import { entityOf, insightOf } from '../../../test/support/rows.js'
import { ProblemError } from '../http/problem.js'
import type { ConnectedClient, TemporalAccess } from '../http/temporal-access.js'

const recipient = (name: string, more: Partial<Recipient> = {}): Recipient => ({
  name,
  phone: { kind: 'variable', variable: 'PHONE' },
  language: 'en',
  accounts: [],
  may: ['read'],
  quiet: null,
  ...more,
})
const settings: Settings = {
  ...SETTINGS,
  accounts: [ACCOUNT, { ...ACCOUNT, name: 'moda-de' }],
  recipients: [
    recipient('approver', { may: ['approve'] }),
    recipient('reader', { accounts: ['moda-tr'] }),
    recipient('owner', { language: 'tr', accounts: ['moda-tr'] }),
    recipient('sleeper', { quiet: { from: '14:00', to: '16:00' } }),
  ],
}

interface Sent {
  readonly account: string
  readonly message: Message & { readonly workflowUrl: string }
}

/** @param whatsapp what happens to a message whose workflow is started */
async function setUp(whatsapp: 'takes' | 'keeps-silent' | 'temporal-is-down' = 'takes') {
  const started: string[] = []
  const state = { isAway: whatsapp === 'temporal-is-down' }
  const temporal: TemporalAccess = {
    use: (work) => {
      if (state.isAway) return Promise.reject(new ProblemError('temporal-unavailable', 'down'))
      const start = async (_: string, { workflowId, args }: { workflowId: string; args: [{ message: string }] }) => {
        started.push(workflowId)
        if (whatsapp !== 'keeps-silent')
          await settleMessage(
            api.context.store,
            { kind: 'id', id: args[0].message },
            { status: 'accepted', at: NOW, sentAs: 'text' },
          )
      }
      return work({ workflow: { start }, names: temporalNames('') } as unknown as ConnectedClient)
    },
    answers: () => Promise.resolve(!state.isAway),
    close: () => Promise.resolve(),
  }
  const api = await testApi({ temporal, settings: () => settings, changeWait: 300 })
  const { store } = api.context
  const common = { account: 'moda-tr', learnedAt: NOW - 60_000 }
  await saveStructure(store, { ...common, levels: ['campaign', 'adset', 'ad'], entities: [entityOf()] })
  const rows = Array.from({ length: 30 }, (_, back) => insightOf({ day: addDays('2026-03-09', -back) }))
  const days = { since: addDays('2026-03-09', -29), until: '2026-03-10' }
  await saveInsights(store, { ...common, level: 'adset', ...days, resolution: 'day', rows })
  const sync = await beginSync(store, { account: 'moda-tr', kind: 'days', ...days, startedAt: NOW - 60_000 })
  await finishSync(store, sync, NOW - 59_000)
  const send = async (period: string, body: unknown, key?: string) => {
    const headers = key === undefined ? {} : { 'idempotency-key': key }
    const response = await api.ask(`/api/reports/${period}/send`, { method: 'POST', body, headers })
    return { status: response.status, body: (await response.json()) as Sent & { type: string; detail: string } }
  }
  const rowsOfMessages = () => store.db.selectFrom('messages').selectAll().execute()
  return { send, started, state, messages: rowsOfMessages }
}

describe('POST /api/reports/{daily,weekly}/send', () => {
  test('sends yesterday’s report to the account’s owner in their language', async () => {
    const { send, started, messages } = await setUp()
    const { status, body } = await send('daily', { account: 'moda-tr' })
    expect(status).toBe(200)
    expect(body.message).toMatchObject({ recipient: 'owner', status: 'accepted', sentAs: 'text' })
    expect(body.message.text).toMatch(/^Günlük rapor: moda-tr, 9 Mart 2026 Pazartesi\n/)
    expect(body.message.text).toMatch(/^Harcama: ₺300,00 \(%0; %0\)$/m)
    // Thirty days are enough for a forecast, which is computed for this report.
    expect(body.message.text).toMatch(/^Ay sonu tahmini: ₺/m)
    expect(body.message.text).not.toMatch(/bilinmiyor \(tahmini/)
    expect(started).toEqual([expect.stringContaining(body.message.id)])
    expect(body.message.workflowUrl).toContain(body.message.id)
    expect(await messages()).toHaveLength(1)
  })

  test('sends last week’s to the recipient that it names', async () => {
    const { send } = await setUp()
    const { status, body } = await send('weekly', { account: 'moda-tr', to: 'reader' })
    expect([status, body.message.recipient]).toEqual([200, 'reader'])
    expect(body.message.text).toMatch(/^Weekly report: moda-tr, March 2, 2026 – March 8, 2026\n/)
  })

  test('repeating the key sends nothing more; a new key does', async () => {
    const { send, started, messages } = await setUp()
    const [first, again] = [await send('daily', { account: 'moda-tr' }, 'k'), await send('daily', { account: 'moda-tr' }, 'k')]
    expect(again).toEqual(first)
    expect([started.length, (await messages()).length]).toEqual([1, 1])
    expect((await send('weekly', { account: 'moda-tr' }, 'k')).status).toBe(422)
    await send('daily', { account: 'moda-tr' }, 'l')
    expect([started.length, (await messages()).length]).toEqual([2, 2])
  })

  test('sends nothing while Temporal is down, and sends it under the same key once it is back', async () => {
    const { send, started, state, messages } = await setUp('temporal-is-down')
    expect(await send('daily', { account: 'moda-tr' }, 'k')).toMatchObject({ status: 503 })
    expect(started).toEqual([])
    state.isAway = false
    expect(await send('daily', { account: 'moda-tr' }, 'k')).toMatchObject({ status: 200 })
    expect([started.length, (await messages()).length]).toEqual([1, 1])
  })

  test('answers 202 while the message is being sent, and at once during quiet hours', async () => {
    const { send } = await setUp('keeps-silent')
    const body = { account: 'moda-tr' }
    expect(await send('daily', body)).toMatchObject({ status: 202, body: { message: { status: 'intended' } } })
    const quiet = await send('daily', { ...body, to: 'sleeper' })
    expect(quiet).toMatchObject({ status: 202, body: { message: { recipient: 'sleeper' } } })
  })

  test.each([
    [{ account: 'moda-fr' }, 404, /no account "moda-fr"/],
    [{}, 400, /several accounts/],
    [{ account: 'moda-tr', to: 'nobody' }, 404, /no recipient "nobody"; it has: approver, reader, owner, sleeper/],
    [{ account: 'moda-tr', to: 'approver' }, 403, /approver may not read moda-tr/],
    [{ account: 'moda-de', to: 'reader' }, 403, /reader may not read moda-de/],
    [{ account: 'moda-tr', text: 'x' }, 400, /./],
  ])('refuses %j with %i', async (body, status, detail) => {
    const { send, started, messages } = await setUp()
    const answered = await send('daily', body)
    expect(answered.status).toBe(status)
    expect(answered.body.detail).toMatch(detail)
    expect([started.length, (await messages()).length]).toEqual([0, 0])
  })
})
