import { createHmac } from 'node:crypto'

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'

import { loadRules } from '../../../engine/rule/read/load.js'
import { waitingEvents } from '../../../store/incoming/events-to-evaluate.js'
import { findHookEvent } from '../../../store/incoming/hook-events.js'
import { replaceRules } from '../../../store/rules/rules.js'
import { temporalNames } from '../../../temporal.config.js'
import { ACCOUNT, NOW, SETTINGS, testApi, type TestApi, TOKEN } from '../../../test/support/api.js'
import { ProblemError } from '../http/problem.js'
import type { ConnectedClient, TemporalAccess } from '../http/temporal-access.js'
import { tidy } from '../work/housekeeping.js'

const RULES = `
rules:
  - { id: order, account: moda-tr, scope: account, on: order-paid, when: payload.total > 5, then: [{ whatsapp: { to: owner, text: hi } }] }
`
const VARIABLES = { TETIK_HOOK_SECRET: 'common', TETIK_HOOK_TOKEN: 'common-token', TETIK_HOOK_OWN_KEY_SECRET: 'own' }

let clock: { now: number }
let woken: string[]
let temporal: 'there' | 'away'
const access: TemporalAccess = {
  use: (work) => {
    if (temporal === 'away') return Promise.reject(new ProblemError('temporal-unavailable', 'down'))
    const signalWithStart = (_: string, { workflowId }: { workflowId: string }) => {
      woken.push(workflowId)
      return Promise.resolve()
    }
    return work({ workflow: { signalWithStart }, names: temporalNames('') } as unknown as ConnectedClient)
  },
  answers: () => Promise.resolve(true),
  close: () => Promise.resolve(),
}

let api: TestApi
beforeEach(async () => {
  clock = { now: NOW }
  woken = []
  temporal = 'there'
  const recipients = [
    {
      name: 'owner',
      phone: { kind: 'number', number: '+905551112233' },
      language: 'tr',
      accounts: [],
      may: ['read'],
      quiet: null,
    },
  ] as const
  const settings = { ...SETTINGS, accounts: [ACCOUNT], recipients }
  api = await testApi({ temporal: access, variables: VARIABLES, settings: () => settings, now: () => clock.now })
  const text = RULES + RULES.replace('\nrules:\n', '').replace('id: order', 'id: own').replace('on: order-paid', 'on: own-key')
  const { rules, diagnostics } = loadRules([{ path: 'rules/a.yaml', text }], settings)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(api.context.store, { rules, commitSha: null, loadedAt: NOW })
})

const sign = (body: string, secret = 'common') => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const send = (body: string, headers: Record<string, string>, hook = 'order-paid') =>
  api.app.request(`/hooks/${hook}`, { method: 'POST', body, headers })
const BODY = '{"total": 7}'
const waiting = () => waitingEvents(api.context.store, 'moda-tr', { without: [], most: 100 })

describe('who may send an event', () => {
  it.each([
    ['a signature', { 'x-hub-signature-256': sign(BODY) }, 202],
    ['a signature with another secret', { 'x-hub-signature-256': sign(BODY, 'guess') }, 401],
    ['a signature of another body', { 'x-hub-signature-256': sign('{}') }, 401],
    ['the hooks’ token', { authorization: 'Bearer common-token' }, 202],
    ['the API’s token', { authorization: `Bearer ${TOKEN}` }, 202],
    ['another token', { authorization: 'Bearer guess' }, 401],
    ['nothing', {}, 401],
  ])('with %s is answered', async (_, headers, status) => {
    expect((await send(BODY, headers)).status).toBe(status)
    expect(woken.length).toBe(status === 202 ? 1 : 0)
  })

  it('must use the hook’s own secret if it has one', async () => {
    expect((await send(BODY, { 'x-hub-signature-256': sign(BODY) }, 'own-key')).status).toBe(401)
    expect((await send(BODY, { 'x-hub-signature-256': sign(BODY, 'own') }, 'own-key')).status).toBe(202)
  })

  it('may sign as in Standard Webhooks, within five minutes', async () => {
    const signed = (at: number) => {
      const stamp = String(at / 1000)
      const signature = `v1,${createHmac('sha256', 'common').update(`e-1.${stamp}.${BODY}`).digest('base64')}`
      return { 'webhook-id': 'e-1', 'webhook-timestamp': stamp, 'webhook-signature': `v1,AAAA ${signature}` }
    }
    expect((await send(BODY, signed(NOW - 299_000))).status).toBe(202)
    expect((await send(BODY, signed(NOW - 301_000))).status).toBe(401)
  })
})

describe('an event', () => {
  const signed = (body: string, id?: string) => ({
    'x-hub-signature-256': sign(body),
    ...(id === undefined ? {} : { 'x-event-id': id }),
  })

  it('is stored with its JSON and starts one evaluation, however often it is sent', async () => {
    for (const duplicate of [false, true, true]) {
      const answer = (await (await send(BODY, signed(BODY, 'o-1'))).json()) as object
      expect(answer).toEqual({ event: 'o-1', hook: 'order-paid', rules: ['order'], accounts: ['moda-tr'], duplicate })
    }
    expect(await waiting()).toEqual(['order-paid/o-1'])
    expect((await findHookEvent(api.context.store, 'order-paid/o-1'))?.payload_json).toBe('{"total":7}')
  })

  it('without an id is a new event each time', async () => {
    await send(BODY, { authorization: 'Bearer common-token' })
    await send(BODY, { authorization: 'Bearer common-token' })
    await send('{"total": 8}', signed('{"total": 8}'))
    expect(await waiting()).toHaveLength(3)
  })

  it('whose signature covers only the body counts as the same for three days, whatever its id', async () => {
    const answers = []
    for (const id of ['o-1', 'replayed', undefined]) answers.push(await (await send(BODY, signed(BODY, id))).json())
    expect(answers).toMatchObject([
      { event: 'o-1', duplicate: false },
      { event: 'o-1', duplicate: true },
      { event: 'o-1', duplicate: true },
    ])
    // Changing the case of the signature's letters does not make it another event.
    const shouted = signed(BODY)['x-hub-signature-256'].toUpperCase().replace('SHA256', 'sha256')
    expect(await (await send(BODY, { 'x-hub-signature-256': shouted, 'x-event-id': 'o-9' })).json()).toMatchObject({
      duplicate: true,
    })
    expect(await waiting()).toHaveLength(1)

    clock.now += 3 * 86_400_000 + 1
    expect(await (await send(BODY, signed(BODY, 'o-2'))).json()).toMatchObject({ event: 'o-2', duplicate: false })
    expect(await (await send(BODY, signed(BODY, 'o-3'))).json()).toMatchObject({ event: 'o-2', duplicate: true })
    expect(await waiting()).toHaveLength(2)
  })

  it('whose signature covers its id is a different event under a different id', async () => {
    const stamp = String(NOW / 1000)
    for (const id of ['e-1', 'e-2', 'e-2']) {
      const signature = createHmac('sha256', 'common').update(`${id}.${stamp}.${BODY}`).digest('base64')
      await send(BODY, { 'webhook-id': id, 'webhook-timestamp': stamp, 'webhook-signature': `v1,${signature}` })
    }
    expect(await waiting()).toEqual(['order-paid/e-1', 'order-paid/e-2'])
  })

  it('that was recorded cannot be replayed to another hook with the same secret', async () => {
    const second = RULES.replace('id: order', 'id: refund').replace('on: order-paid', 'on: order-refunded')
    const { rules } = loadRules(
      [{ path: 'rules/a.yaml', text: RULES + second.replace('\nrules:\n', '') }],
      api.context.settings(),
    )
    await replaceRules(api.context.store, { rules, commitSha: null, loadedAt: NOW })
    const stamp = String(NOW / 1000)
    const standard = createHmac('sha256', 'common').update(`e-1.${stamp}.${BODY}`).digest('base64')
    const calls = [
      signed(BODY, 'o-1'),
      { 'webhook-id': 'e-1', 'webhook-timestamp': stamp, 'webhook-signature': `v1,${standard}` },
    ]
    for (const call of calls) {
      expect((await send(BODY, call)).status).toBe(202)
      const replayed = await send(BODY, call, 'order-refunded')
      expect([replayed.status, ((await replayed.json()) as { detail: string }).detail]).toEqual([
        401,
        expect.stringContaining('hook order-paid received this signature before'),
      ])
    }
    expect(await waiting()).toHaveLength(2)
    // Nor at any later time: for the one, the hook is stored permanently; the other has a time stamp.
    for (const days of [4, 87, 300]) {
      clock.now += days * 86_400_000
      await tidy(api.context.store, clock.now)
      for (const call of calls) expect((await send(BODY, call, 'order-refunded')).status).toBe(401)
    }
  })

  it.each([
    ['the common secret', {}, 'order-paid', 'common', 1],
    ['a secret of the hook’s own', {}, 'own-key', 'own', 0],
    ['a secret that two hooks have', { TETIK_HOOK_REFUND_SECRET: 'own' }, 'own-key', 'own', 1],
  ])('keeps its hook permanently only if the signature does not identify it: %s', async (_, more, hook, secret, kept) => {
    Object.assign(VARIABLES, more)
    onTestFinished(() => void Reflect.deleteProperty(VARIABLES, 'TETIK_HOOK_REFUND_SECRET'))
    expect((await send(BODY, { 'x-hub-signature-256': sign(BODY, secret) }, hook)).status).toBe(202)
    await tidy(api.context.store, clock.now + 91 * 86_400_000)
    expect(await api.context.store.db.selectFrom('hook_events').select('hook').execute()).toHaveLength(kept)
  })

  it('that is nested too deeply is refused before it is stored', async () => {
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const response = await send(deep, signed(deep))
    expect([response.status, await response.json()]).toMatchObject([400, { type: 'urn:tetik:invalid-json' }])
  })

  it('can be sent again without an id after an outage of Temporal', async () => {
    temporal = 'away'
    expect((await send(BODY, signed(BODY))).status).toBe(503)
    temporal = 'there'
    expect(await (await send(BODY, signed(BODY))).json()).toMatchObject({ duplicate: false })
    expect(await (await send(BODY, signed(BODY))).json()).toMatchObject({ duplicate: true })
    expect([woken, await waiting()].map(({ length }) => length)).toEqual([1, 1])
  })

  it('can be sent again after an outage of Temporal', async () => {
    temporal = 'away'
    expect((await send(BODY, signed(BODY, 'o-2'))).status).toBe(503)
    temporal = 'there'
    expect(await (await send(BODY, signed(BODY, 'o-2'))).json()).toMatchObject({ duplicate: false })
    expect([woken, await waiting()].map(({ length }) => length)).toEqual([1, 1])
  })

  it.each([
    ['not JSON', 'total=7', 400],
    ['a list', '[1]', 400],
    ['more than 64 KiB', `{"a":"${'x'.repeat(65_536)}"}`, 413],
  ])('is refused if it is %s', async (_, body, status) => {
    expect((await send(body, signed(body))).status).toBe(status)
    expect(woken).toEqual([])
  })

  it('that no rule waits for is not stored', async () => {
    expect((await send(BODY, signed(BODY, 'o-3'), 'nobody-waits')).status).toBe(404)
    expect(await findHookEvent(api.context.store, 'nobody-waits/o-3')).toBeUndefined()
  })
})
