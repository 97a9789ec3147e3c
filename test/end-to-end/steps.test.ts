/** Other steps of rules with real parts: approvals, checks, bids, names, labels, copies, webhooks and outside events. */

import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { snoozeFromCommand } from '../../service/operations/snooze-command.js'
import { undoFromCommand } from '../../service/operations/undo-command.js'
import { type Entity, listEntities } from '../../store/account/entities.js'
import { until } from './project.js'
import { type RealParts, startRealParts } from './real-parts.js'

const SETTINGS = `
accounts:
  - name: moda-tr
    id: act_1234567890
    currency: TRY
    timezone: Europe/Istanbul
    result: purchases
    targets: { target_cpa: 120 TRY }
recipients:
  - { name: owner, phone: $OWNER_PHONE, language: tr, accounts: [moda-tr], may: [read, approve, act, stop] }
  - { name: reader, phone: "+905550000001", language: en, accounts: [moda-tr], may: [read] }
`
/** An ad set of the sandbox that has a cost cap. */
const BIDDING = 'Benzer %1 | Alışveriş yapanlar'

interface Call {
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Record<string, unknown>
}
interface Sent {
  readonly text: string
  readonly type: string
  readonly buttons?: readonly { readonly id: string; readonly title: string }[]
}

let real: RealParts
let adsets: Entity[]
let receiver: Server
const calls: Call[] = []

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      calls.push({ headers: request.headers, body: JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown> })
      // The first attempt fails on purpose; the second must have the same id.
      response.writeHead(calls.length === 1 ? 503 : 200).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  real = await startRealParts({
    'tetik.yaml': SETTINGS,
    '.env': [
      `ORDERS_URL=http://127.0.0.1:${(receiver.address() as AddressInfo).port}/orders`,
      'ORDERS_URL_SECRET=orders-secret',
      'TETIK_HOOK_SECRET=hook-secret',
      '',
    ].join('\n'),
    'rules/look.yaml':
      'rules:\n  - { id: look, account: moda-tr, scope: adset, every: 1m, when: "spend[last_3d] < 0 TRY", then: [pause] }\n',
  })
  await until(
    async () => (adsets = await listEntities(real.store, { level: 'adset', status: 'ACTIVE', limit: 50 })),
    (found) => found.length > 6,
  )
  await until(
    () => real.store.db.selectFrom('rule_evaluations').select('rule').where('rule', '=', 'look').execute(),
    (done) => done.length > 0,
  )
}, 120_000)
afterAll(async () => {
  await real?.stop()
  receiver.close()
})

const adsetNamed = (name: string): Entity => adsets.find((adset) => adset.name === name)!

function writeRule(
  id: string,
  adset: Entity,
  then: readonly string[],
  more = 'mode: act',
  when = 'spend[last_7d] > 0 TRY',
): void {
  real.write(
    `rules/${id}.yaml`,
    [
      'rules:',
      `  - id: ${id}`,
      '    account: moda-tr',
      '    scope: adset',
      `    where: id = "${adset.id}"`,
      '    every: 1m',
      `    when: ${when}`,
      `    then: [${then.join(', ')}]`,
      '    cooldown: 24h',
      `    ${more}`,
      '',
    ].join('\n'),
  )
}

const decisionOf = (rule: string) => () =>
  real.store.db.selectFrom('decisions').selectAll().where('rule', '=', rule).where('outcome', '=', 'fire').executeTakeFirst()
const ENDS = ['done', 'refused', 'failed', 'stopped']
/** Waits until the rule's firing has the given progress; fails at once if it ends with another. */
const ended = (rule: string, progress: string) =>
  until(decisionOf(rule), (decision) => {
    if (decision === undefined || decision.progress === progress) return decision !== undefined
    if (ENDS.includes(decision.progress)) throw new Error(`${rule} is ${decision.progress}: ${decision.note}`)
    return false
  })
const mutationsOf = (decision: string) =>
  real.store.db.selectFrom('mutations').selectAll().where('decision', '=', decision).orderBy('intended_at').execute()
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  real.api<Record<string, unknown>>(path, { method: 'POST', body: JSON.stringify(body), headers })
const asked = async (rule: string): Promise<Sent> => {
  const found = await until(
    async () =>
      (await real.sandbox<{ messages: Sent[] }>('/sandbox/messages?direction=out')).messages.filter(
        ({ text, buttons }) => text.includes(rule) && buttons !== undefined,
      ),
    (messages) => messages.length > 0,
  )
  expect(found).toHaveLength(1)
  return found[0]!
}
const tap = (button: string, from = '+905551112233') =>
  real.sandbox('/sandbox/inbound', { method: 'POST', body: JSON.stringify({ from, button }) })

it('a rule in mode ask does nothing until its owner taps Onayla, and then does what it asked', async () => {
  const adset = adsetNamed('Kadın 25-44 | Geniş')
  writeRule('asks', adset, ['pause'], 'mode: ask')
  const question = await asked('asks')
  expect(question.buttons?.map(({ title }) => title)).toEqual(['Onayla', 'Reddet'])
  const waiting = await ended('asks', 'waiting')
  expect(waiting?.note).toContain('Waits for the approval of owner')
  expect(await mutationsOf(waiting!.id)).toEqual([])

  await tap(question.buttons![0]!.id)
  const done = await ended('asks', 'done')
  expect(done?.note).toContain('Approved by owner')
  expect((await mutationsOf(done!.id)).map(({ field, target, outcome }) => [field, target, outcome])).toEqual([
    ['status', 'PAUSED', 'confirmed'],
  ])
})

it('undo shows what it would restore, restores it, and leaves values that a person changed last', async () => {
  const { id } = (await decisionOf('asks')())!
  const adset = adsetNamed('Kadın 25-44 | Geniş')
  const shown = await undoFromCommand(id, false, real.settings)
  expect(shown.items).toMatchObject([{ field: 'status', before: 'ACTIVE', because: null, restored: null }])
  const undone = await undoFromCommand(id, true, real.settings)
  expect(undone.items).toMatchObject([{ because: null, restored: true }])
  const path = `/v27.0/${adset.id}?fields=status&access_token=sandbox-token`
  expect(await real.sandbox(path)).toMatchObject({ status: 'ACTIVE' })
  expect((await undoFromCommand(id, true, real.settings)).items).toMatchObject([
    { restored: null, because: 'a person changed it since' },
  ])
})

it('a snoozed rule is evaluated but does not fire, and its decision says until when', async () => {
  const adset = adsetNamed('Yeni sezon | Kadın 18-34')
  // A rule must be loaded to be snoozed; until then its condition is false.
  writeRule('quiet', adset, ['pause'], 'mode: act', 'spend[last_7d] < 0 TRY')
  await until(
    () => real.store.db.selectFrom('rules').select('id').where('id', '=', 'quiet').where('loaded', '=', 1).execute(),
    (rows) => rows.length > 0,
  )
  await snoozeFromCommand('quiet', adset.name, '2d', real.settings)
  writeRule('quiet', adset, ['pause'])
  const held = await until(
    () =>
      real.store.db
        .selectFrom('decisions')
        .selectAll()
        .where('rule', '=', 'quiet')
        .where('because', '=', 'guardrail')
        .executeTakeFirst(),
    (decision) => decision !== undefined,
  )
  expect(held?.note).toMatch(/^It is snoozed until \d{4}-\d\d-\d\d/)
})

it('an answer by the API counts once, and a different one after it is refused', async () => {
  const adset = adsetNamed('Sepeti terk edenler | 14 gün')
  writeRule('rejected', adset, ['pause'], 'mode: ask')
  const { id } = (await ended('rejected', 'waiting'))!
  const reject = (key: string) => post(`/api/decisions/${id}/reject`, undefined, { 'idempotency-key': key })
  expect(await reject('one')).toMatchObject({ state: 'rejected', answeredBy: 'api:token' })
  expect(await reject('two')).toMatchObject({ state: 'rejected' })
  await expect(post(`/api/decisions/${id}/approve`, undefined, { 'idempotency-key': 'three' })).rejects.toThrow('409')
  expect((await ended('rejected', 'refused'))?.note).toContain('Rejected by api:token')
  expect(await mutationsOf(id)).toEqual([])
})

it('an approved change is not made if somebody has changed the value since', async () => {
  const adset = adsetNamed('Erkek 25-54 | İlgi alanları')
  writeRule(
    'outdated',
    adset,
    ['"budget: -10%"'.replaceAll('"', '')].map((step) => `{ ${step} }`),
    'mode: ask',
  )
  const { id } = (await ended('outdated', 'waiting'))!
  await real.sandbox(`/v27.0/${adset.id}?access_token=sandbox-token`, {
    method: 'POST',
    body: JSON.stringify({ daily_budget: (adset.dailyBudget ?? 0) + 1_000 }),
  })
  await post(`/api/decisions/${id}/approve`, undefined, { 'idempotency-key': 'outdated' })
  expect((await ended('outdated', 'refused'))?.note).toContain('its budget has changed since it was asked about')
  expect(await mutationsOf(id)).toEqual([])
})

it('a check continues only if it is true now, and its trace is stored with the decision', async () => {
  const adset = adsetNamed('Lookalike 3% | Purchasers')
  writeRule('checks', adset, [
    '{ check: "spend[last_7d] > 0 TRY" }',
    '{ label: { add: [gecti] } }',
    '{ check: "spend[last_7d] < 0 TRY" }',
    '{ rename: "never" }',
  ])
  const done = await ended('checks', 'done')
  expect(done?.note).toContain('It ended at its check: spend[last_7d] < 0 TRY is false')
  const paths = (JSON.parse(done!.trace_json) as { path: string; result: boolean }[]).map(({ path, result }) => [path, result])
  expect(paths).toEqual(expect.arrayContaining([['then[0].check', true], ['then[2].check', false]])) // prettier-ignore
  expect((await mutationsOf(done!.id)).map(({ field }) => field)).toEqual(['labels'])
})

it('bid, name and copy are in the ledger and at Meta', async () => {
  const adset = adsetNamed(BIDDING)
  writeRule('shapes', adset, [
    '{ bid: { change: -10%, min: 50 TRY } }',
    '{ rename: "{adset.name} | ölçek" }',
    '{ duplicate: { name: "{adset.name} | kopya" } }',
  ])
  const done = await ended('shapes', 'done')
  const mutations = await mutationsOf(done!.id)
  expect(mutations.map(({ field, before, outcome }) => [field, before, outcome])).toEqual([
    ['bid_amount', '9000', 'confirmed'],
    ['name', BIDDING, 'confirmed'],
    ['copy', '', 'confirmed'],
  ])
  const read = (id: string) =>
    real.sandbox<Record<string, string>>(`/v27.0/${id}?fields=name,status,bid_amount&access_token=sandbox-token`)
  expect(await read(adset.id)).toMatchObject({ name: `${BIDDING} | ölçek`, bid_amount: 8100 })
  expect(await read(mutations[2]!.result!)).toMatchObject({ name: `${BIDDING} | kopya`, status: 'PAUSED' })
})

it('a copy whose answers were lost is made once, with its ads', async () => {
  const adset = adsetNamed('Broad 18-65 | Advantage+ audience')
  const faults = [{ kind: 'connection-reset', when: 'after', match: { method: 'POST', path: '/copies', times: 2 } }]
  await real.sandbox('/sandbox/faults', { method: 'PUT', body: JSON.stringify(faults) })
  writeRule('copies', adset, ['duplicate'])
  const done = await ended('copies', 'done')
  const [copy] = await mutationsOf(done!.id)
  expect(copy).toMatchObject({ field: 'copy', outcome: 'confirmed' })
  const { data } = await real.sandbox<{ data: { id: string; name: string }[] }>(
    `/v27.0/${adset.id}/copies?fields=name&access_token=sandbox-token`,
  )
  expect(data.map(({ id }) => id)).toEqual([copy!.result])
  const adsOf = async (id: string) =>
    (
      await real.sandbox<{ data: { name: string; status: string }[] }>(
        `/v27.0/${id}/ads?fields=name,status&access_token=sandbox-token`,
      )
    ).data
  const names = (await adsOf(adset.id)).map(({ name }) => name).sort()
  const copied = await adsOf(copy!.result!)
  expect(copied.map(({ name }) => name).sort()).toEqual(names)
  expect(copied.map(({ status }) => status)).toEqual(['PAUSED', 'PAUSED'])
})

it('an outside event triggers its rule once, and the rule’s webhook is signed and has the same id in every attempt', async () => {
  const adset = adsetNamed('Yeni sezon | Video izleyenler')
  real.write(
    'rules/order.yaml',
    `rules:
  - id: order
    account: moda-tr
    scope: adset
    where: id = payload.adset
    on: order-paid
    when: payload.total > 100
    then:
      - webhook: { url: $ORDERS_URL, body: { adset: "{adset.name}", total: "{payload.total}" } }
    mode: act
`,
  )
  await until(
    () => real.store.db.selectFrom('rules').select('id').where('id', '=', 'order').where('loaded', '=', 1).execute(),
    (rows) => rows.length > 0,
  )
  const body = JSON.stringify({ adset: adset.id, total: 250 })
  const signature = `sha256=${createHmac('sha256', 'hook-secret').update(body).digest('hex')}`
  const send = async (headers: Record<string, string>) => {
    const url = `${real.settings.apiUrl}/hooks/order-paid`
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
    return { status: response.status, body: (await response.json()) as { duplicate?: boolean } }
  }
  expect((await send({ 'x-event-id': 'o-1' })).status).toBe(401)
  expect((await send({ 'x-event-id': 'o-1', 'x-hub-signature-256': signature })).body.duplicate).toBe(false)
  expect((await send({ 'x-event-id': 'o-1', 'x-hub-signature-256': signature })).body.duplicate).toBe(true)

  const done = await ended('order', 'done')
  expect(done?.event).toBe('order-paid/o-1')
  expect(calls.map(({ body: sent }) => sent)).toEqual(Array(2).fill({ adset: adset.name, total: '250' }))
  expect(new Set(calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(calls.every(({ headers }) => String(headers['webhook-signature']).startsWith('v1,'))).toBe(true)
})
