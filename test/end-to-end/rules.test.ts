/** What rules do and must not do, with real parts in one process. Each scenario that changes something has its own ad set. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { apiToken } from '../../service/settings/api-token.js'
import { connectClient } from '../../service/temporal/connection.js'
import { type Entity, listEntities } from '../../store/account/entities.js'
import { installationId } from '../../store/base/installation.js'
import { pauseHolders } from '../../store/decisions/pause-holds.js'
import { ACCOUNT_FILE } from './fixtures.js'
import { until } from './project.js'
import { type RealParts, startRealParts } from './real-parts.js'

interface Logged {
  readonly method: string
  readonly path: string
  readonly mutation: { readonly field: string; readonly after: unknown } | null
  readonly message: { readonly to: string } | null
}
interface Sent {
  readonly text: string
  readonly type: string
  readonly status: string
}

let real: RealParts
let adsets: Entity[]
beforeAll(async () => {
  real = await startRealParts({
    'tetik.yaml': ACCOUNT_FILE,
    // Makes tetik sync the account before the first scenario, and never fires.
    'rules/look.yaml':
      'rules:\n  - { id: look, account: moda-tr, scope: adset, every: 1m, when: "spend[last_3d] < 0 TRY", then: [pause] }\n',
  })
  await until(
    async () => (adsets = await listEntities(real.store, { level: 'adset', status: 'ACTIVE', limit: 50 })),
    (found) => found.length > 6,
  )
  await until(evaluated('look'), (done) => done)
}, 120_000)
afterAll(() => real?.stop())

const evaluated = (rule: string) => async () =>
  (await real.store.db.selectFrom('rule_states').select('rule').where('rule', '=', rule).execute()).length > 0
const decisionOf = (rule: string) => () =>
  real.store.db.selectFrom('decisions').selectAll().where('rule', '=', rule).where('outcome', '=', 'fire').executeTakeFirst()
const ended = (rule: string, progress: string) => until(decisionOf(rule), (decision) => decision?.progress === progress)
const writesTo = async (id: string) =>
  (await real.sandbox<{ requests: Logged[] }>('/sandbox/requests?effects=true')).requests.filter(
    ({ path, mutation }) => path.endsWith(`/${id}`) && mutation !== null,
  )
const messages = async (part: string) =>
  (await real.sandbox<{ messages: Sent[] }>('/sandbox/messages?direction=out')).messages.filter(({ text }) => text.includes(part))
const put = (path: string, body: unknown) => real.sandbox(path, { method: 'PUT', body: JSON.stringify(body) })

/** The ad set for all scenarios that change nothing. */
const unchanged = (): Entity => adsets[0]!

/** Returns an unused ad set for a scenario that changes it, never the last one of its campaign. */
let taken = 0
function takeAdset(): Entity {
  const spare = adsets.filter(({ campaignId, name }) => {
    const siblings = adsets.filter((other) => other.campaignId === campaignId)
    return siblings.length > 1 && siblings[0]?.name !== name
  })
  const found = spare[taken++]
  if (found === undefined) throw new Error('the sandbox has no ad set left')
  return found
}

/** Writes a rule for one ad set whose condition is true. */
function writeRule(id: string, adset: Entity, then: string, more = 'mode: act'): void {
  real.write(
    `rules/${id}.yaml`,
    `rules:
  - id: ${id}
    account: moda-tr
    scope: adset
    where: id = "${adset.id}"
    every: 1m
    when: spend[last_7d] > 0 TRY
    then:
${then}
    cooldown: 24h
    ${more}
`,
  )
}

describe('a rule that fires', () => {
  it('in mode observe changes nothing and notifies nobody', async () => {
    const adset = unchanged()
    writeRule('observes', adset, '      - pause\n      - whatsapp: { to: owner, text: "observed {adset.name}" }', 'mode: observe')
    await ended('observes', 'observed')
    await until(evaluated('observes'), (done) => done)
    expect([await writesTo(adset.id), await messages('observed')]).toEqual([[], []])
    expect(real.lines.some((line) => line.startsWith('observes ·'))).toBe(true)
  })

  it('sends free text within 24 hours of the person’s last message, else the template', async () => {
    writeRule('outside', unchanged(), '      - whatsapp: { to: owner, text: "outside {adset.name}" }')
    await until(
      () => messages('outside'),
      (sent) => sent[0]?.status === 'delivered' || sent[0]?.status === 'read',
    )
    await real.sandbox('/sandbox/inbound', { method: 'POST', body: JSON.stringify({ from: '+905551112233', text: 'merhaba' }) })
    await until(
      () => real.store.db.selectFrom('contacts').selectAll().execute(),
      (contacts) => contacts.some(({ last_inbound_at: at }) => at !== null),
    )
    writeRule('inside', unchanged(), '      - whatsapp: { to: owner, text: "inside {adset.name}" }')
    await until(
      () => messages('inside'),
      (sent) => sent[0]?.status === 'delivered' || sent[0]?.status === 'read',
    )
    expect((await messages('outside')).map(({ type }) => type)).toEqual(['template'])
    expect((await messages('inside')).map(({ type }) => type)).toEqual(['text'])
  })

  it('pauses once if Meta’s answer is lost after the write, and logs one line', async () => {
    const adset = takeAdset()
    await put('/sandbox/faults', [
      { name: 'lost', kind: 'connection-reset', when: 'after', match: { method: 'POST', path: `/${adset.id}`, times: 1 } },
    ])
    writeRule('lost-answer', adset, '      - pause')
    await ended('lost-answer', 'done')
    await put('/sandbox/faults', [])
    expect(await writesTo(adset.id)).toHaveLength(1)
    const [mutation] = await real.store.db.selectFrom('mutations').selectAll().where('entity_id', '=', adset.id).execute()
    expect(mutation).toMatchObject({ outcome: 'confirmed', before: 'ACTIVE', target: 'PAUSED' })
    expect(real.lines.filter((line) => line.startsWith('lost-answer ·') && line.endsWith('→ paused'))).toHaveLength(1)
  })

  it('sends one message if its webhooks arrive twice', async () => {
    await put('/sandbox/faults', [{ name: 'doubled', kind: 'webhook-doubled', match: {} }])
    writeRule('doubled', unchanged(), '      - whatsapp: { to: owner, text: "doubled {adset.name}" }')
    await ended('doubled', 'done')
    await until(
      () => real.store.db.selectFrom('messages').selectAll().where('text', 'like', 'doubled%').execute(),
      ([message]) => message?.status === 'read' || message?.status === 'delivered',
    )
    await put('/sandbox/faults', [])
    expect(await messages('doubled')).toHaveLength(1)
  })

  it('notes in its decision that a message failed', async () => {
    await put('/sandbox/faults', [{ name: 'failed', kind: 'message-failed', code: 131026, match: { times: 1 } }])
    writeRule('undeliverable', unchanged(), '      - whatsapp: { to: owner, text: "undeliverable {adset.name}" }')
    const decision = await until(decisionOf('undeliverable'), (found) => found?.note?.includes('failed') === true)
    await put('/sandbox/faults', [])
    expect(decision?.note).toContain('WhatsApp to owner failed')
  })

  it('beyond a guardrail changes nothing, and its decision has the reason', async () => {
    const adset = unchanged()
    writeRule('too-far', adset, '      - budget: +60%')
    const held = await until(
      () => real.store.db.selectFrom('decisions').selectAll().where('rule', '=', 'too-far').executeTakeFirst(),
      (decision) => decision !== undefined,
    )
    expect(held).toMatchObject({ outcome: 'hold', because: 'guardrail' })
    expect(held?.note).toMatch(/60%.*20%/)
    expect(await writesTo(adset.id)).toEqual([])
  })

  it('releases its own pause after its wait', async () => {
    const adset = takeAdset()
    writeRule('waits', adset, '      - pause\n      - wait: 5s\n      - start')
    await ended('waits', 'done')
    expect((await writesTo(adset.id)).map(({ mutation }) => mutation?.after)).toEqual(['PAUSED', 'ACTIVE'])
    expect(await pauseHolders(real.store, 'moda-tr', adset.id)).toEqual([])
  })
})

describe('a person’s change through the API', () => {
  it('is made once, and rules then leave the ad set alone', async () => {
    const adset = takeAdset()
    const change = await real.api<{ state: string; outcome: string }>(`/api/adsets/${adset.id}/status`, {
      method: 'PATCH',
      body: JSON.stringify({ status: 'PAUSED' }),
      headers: { 'idempotency-key': 'a-change' },
    })
    expect(change).toMatchObject({ state: 'done', outcome: 'confirmed' })
    expect((await pauseHolders(real.store, 'moda-tr', adset.id)).map(({ holder }) => holder)).toEqual(['person'])
    writeRule('after-a-person', adset, '      - start: any')
    const held = await until(
      () => real.store.db.selectFrom('decisions').selectAll().where('rule', '=', 'after-a-person').executeTakeFirst(),
      (decision) => decision !== undefined,
    )
    expect(held).toMatchObject({ outcome: 'hold', because: 'guardrail' })
    expect(held?.note).toContain('A person paused or started it')
    expect(await writesTo(adset.id)).toHaveLength(1)
  })
})

describe('a carry-out that somebody terminates in Temporal', () => {
  it('is found by the next tick, recorded as failed and reported once', async () => {
    writeRule('terminated', unchanged(), '      - wait: 1h\n      - whatsapp: { to: owner, text: "never sent" }')
    await ended('terminated', 'waiting')
    const decision = (await decisionOf('terminated')())!
    const client = await connectClient(real.settings.temporal, await installationId(real.store))
    const carryOut = client.workflow.getHandle(decision.workflow_id!)
    expect((await carryOut.describe()).runId).toBe(decision.run_id)
    await carryOut.terminate('by hand')
    await client.connection.close()
    // As if its last report were eleven minutes old.
    const long = Date.now() - 11 * 60_000
    await real.store.db.updateTable('decisions').set({ updated_at: long }).where('id', '=', decision.id).execute()
    writeRule('wakes-the-watch', unchanged(), '      - pause', 'mode: observe')
    await ended('terminated', 'failed')
    await until(
      () => messages('Temporal’da sonlandırıldı'),
      (sent) => sent.length === 1,
    )
    expect(await messages('never sent')).toEqual([])
  })
})

describe('the word DUR on WhatsApp', () => {
  it('from the owner stops the account: waiting carry-outs end, what they paused stays paused, and nothing fires until it is resumed', async () => {
    const adset = takeAdset()
    writeRule('waits-long', adset, '      - pause\n      - wait: 1h\n      - start')
    await ended('waits-long', 'waiting')
    await real.sandbox('/sandbox/inbound', { method: 'POST', body: JSON.stringify({ from: '+905551112233', text: 'Dur!' }) })
    await ended('waits-long', 'stopped')
    expect((await writesTo(adset.id)).map(({ mutation }) => mutation?.after)).toEqual(['PAUSED'])
    await until(
      () => messages('durduruldu'),
      (sent) => sent.length === 1,
    )
    writeRule('while-stopped', adset, '      - whatsapp: { to: owner, text: "while stopped" }')
    const held = await until(
      () => real.store.db.selectFrom('decisions').selectAll().where('rule', '=', 'while-stopped').executeTakeFirst(),
      (decision) => decision !== undefined,
    )
    expect(held).toMatchObject({
      outcome: 'hold',
      because: 'guardrail',
      note: expect.stringContaining('WhatsApp: owner') as string,
    })
    expect(
      await real.api('/api/resume', { method: 'POST', body: '{"account":"moda-tr"}', headers: { 'idempotency-key': 'resume' } }),
    ).toEqual({
      resumed: ['moda-tr'],
      standing: [],
    })
    expect(await messages('while stopped')).toEqual([])
  })
})

describe('the word DUR from somebody who hides their number', () => {
  const person = (change: object) => real.sandbox('/sandbox/person', { method: 'POST', body: JSON.stringify(change) })
  const dur = () => real.sandbox('/sandbox/inbound', { method: 'POST', body: JSON.stringify({ text: 'DUR' }) })
  const stops = async () => (await real.api<{ data: { account: string }[] }>('/api/stops')).data.length

  it('stops if their user id is linked to their number, and raises an alarm once the id has changed', async () => {
    await person({ hidden: true })
    await dur()
    await until(stops, (count) => count > 0)
    const headers = { 'idempotency-key': 'resume-hidden' }
    await real.api('/api/resume', { method: 'POST', body: '{"account":"all"}', headers })
    await person({ user_id: 'renew' })
    await until(
      () => real.store.db.selectFrom('contacts').selectAll().execute(),
      (contacts) => contacts.every(({ user_id: id }) => id === null),
    )
    await dur()
    const { data } = await until(
      () => real.api<{ data: { kind: string }[] }>('/api/notes'),
      (notes) => notes.data.length > 0,
    )
    expect([await stops(), data[0]?.kind]).toEqual([0, 'stop-not-heard'])
    await until(
      async () => [...(await messages('HİÇBİR ŞEY DURDURULMADI')), ...(await messages('hiçbir şey durdurulmadı'))],
      (sent) => sent.length === 2,
    )
    await person({ hidden: false })
  })
})

describe('an expired token', () => {
  it('is reported to the owner once, and conditions on current numbers become unknown', async () => {
    await put('/sandbox/faults', [{ name: 'expired', kind: 'token-expired', match: { path: '/act_' } }])
    const notices = () => real.store.db.selectFrom('messages').selectAll().where('id', 'like', 'moda-tr-sync-%').execute()
    writeRule('blind', unchanged(), '      - pause')
    await until(notices, (found) => found.length === 1)
    await until(evaluated('blind'), (done) => done)
    writeRule('blind-again', unchanged(), '      - pause')
    await until(evaluated('blind-again'), (done) => done)
    expect(await notices()).toHaveLength(1)
    await put('/sandbox/faults', [])
  })
})

describe('Temporal’s histories', () => {
  it('contain no phone number, no WhatsApp message id, no token and no secret, in plain text or base64', async () => {
    const { settings, store } = real
    const { OWNER_PHONE: phone = '' } = settings.variables
    const wamids = (await store.db.selectFrom('messages').select('wamid').execute()).flatMap(({ wamid }) => wamid ?? [])
    expect(wamids.length).toBeGreaterThan(3)
    const secrets = [
      phone.slice(1),
      ...wamids,
      ...wamids.map((wamid) => wamid.replace(/^wamid\./, '')),
      ...['META_ACCESS_TOKEN', 'META_APP_SECRET', 'WHATSAPP_ACCESS_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN'].map(
        (name) => settings.variables[name] ?? name,
      ),
      apiToken(settings),
    ]
    const types = new Set<string>()
    const temporal = await connectClient(settings.temporal, await installationId(real.store))
    for await (const { workflowId, runId, type } of temporal.workflow.list()) {
      types.add(type)
      const history = historyText(await temporal.workflow.getHandle(workflowId, runId).fetchHistory())
      // Shows that payloads are searched too: they contain the account's name.
      expect(history, workflowId).toContain('moda-tr')
      for (const secret of secrets) expect(history.includes(secret), `${workflowId} contains ${secret}`).toBe(false)
    }
    await temporal.connection.close()
    expect([...types].sort()).toEqual(['applyChange', 'carryOut', 'sendMessage', 'watchAccount'])
  })
})

/** Returns all texts of a history, with payloads decoded, and decoded again where they contain base64. */
function historyText(history: unknown): string {
  const texts: string[] = []
  const collect = (value: unknown): void => {
    if (value instanceof Uint8Array) return collect(Buffer.from(value).toString('utf8'))
    if (typeof value === 'string') {
      texts.push(value)
      for (const [word] of value.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g))
        texts.push(Buffer.from(word, 'base64').toString('latin1'))
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  collect(history)
  return texts.join('\n')
}
