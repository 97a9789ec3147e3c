import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { saveStructure } from '../../../store/account/entities.js'
import { intendMutation, settleMutation } from '../../../store/decisions/mutations.js'
import { findRequest, refuseRequest } from '../../../store/decisions/requested-changes.js'
import { NOW, testApi } from '../../../test/support/api.js'
import { entityOf } from '../../../test/support/rows.js'
import { openWorkflowRoom, type WorkflowRoom } from '../../../test/support/workflow-room.js'
import { temporalAccess } from '../http/temporal-access.js'

let room: WorkflowRoom

beforeAll(async () => {
  room = await openWorkflowRoom(['prepareChange', 'applyMutation', 'settleMutation', 'refuseChange'])
}, 120_000)
afterAll(async () => await room?.stop())

let number = 0
const newKey = () => `change-${process.pid}-${++number}`

const setUp = async (changeWait = 10_000) => {
  const api = await testApi({ temporal: temporalAccess(() => Promise.resolve(room.client)), changeWait })
  const { store } = api.context
  await saveStructure(store, {
    account: 'moda-tr',
    levels: ['campaign', 'adset'],
    entities: [
      entityOf({ level: 'campaign', id: '110001', name: 'Summer', dailyBudget: null }),
      entityOf({ level: 'campaign', id: '110002', name: 'Winter', dailyBudget: null, lifetimeBudget: 1_000_000 }),
      entityOf({ id: '120001', name: 'Women' }),
    ],
    learnedAt: NOW,
  })
  const patch = (path: string, body: object, key = newKey()) =>
    api.ask(path, { method: 'PATCH', body, headers: { 'idempotency-key': key } })
  return { ...api, store, patch }
}

/** The inputs that the workflow passed to its activity. */
let inputs: unknown[] = []

/** Activities that write the ledger as the real ones do; `apply` runs where Meta would be written to. */
function ledgerOf(
  store: Parameters<typeof intendMutation>[0],
  before: string,
  apply: () => Promise<void> = () => Promise.resolve(),
) {
  const asked: unknown[] = []
  inputs = []
  room.give({
    prepareChange: async (input) => {
      inputs.push(input)
      const { id, account, made_by, level, entity_id, field, target, order_number } = (await findRequest(store, input.mutation))!
      asked.push({ made_by, field, target, account, level })
      await intendMutation(store, {
        id,
        account,
        made_by,
        level,
        entity_id,
        field,
        target,
        order_number,
        before,
        intended_at: NOW,
      })
      return { kind: 'change', summary: 'x', past: 'x' } as never
    },
    applyMutation: async ({ mutation }) => {
      await apply()
      await settleMutation(store, mutation, { outcome: 'confirmed', at: NOW })
      const { target } = asked.at(-1) as { target: string }
      return { outcome: 'confirmed', before, target }
    },
    settleMutation: async ({ mutation, error }) => {
      await settleMutation(store, mutation, { outcome: 'refused', error, at: NOW })
      return { outcome: 'refused' }
    },
  })
  return asked
}

describe('a change', () => {
  test('of a status is made by a workflow, and answered once done', async () => {
    const { patch, store } = await setUp()
    const asked = ledgerOf(store, 'ACTIVE')
    const response = await patch('/api/adsets/120001/status', { status: 'PAUSED' })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      state: 'done',
      outcome: 'confirmed',
      level: 'adset',
      entityId: '120001',
      field: 'status',
      before: 'ACTIVE',
      target: 'PAUSED',
    })
    expect(asked).toMatchObject([{ account: 'moda-tr', made_by: 'api:token', field: 'status', target: 'PAUSED' }])
    // Temporal gets only the request's id.
    expect(inputs).toEqual([{ mutation: expect.stringMatching(/^change-/) as string }])
  })

  test('of a budget is in minor units', async () => {
    const { patch, store } = await setUp()
    const asked = ledgerOf(store, '50000')
    const response = await patch('/api/adsets/120001/budget', { daily: { minor: 57_500, currency: 'TRY' } })
    expect(await response.json()).toMatchObject({ state: 'done', field: 'daily_budget', before: '50000', target: '57500' })
    expect(asked).toMatchObject([{ field: 'daily_budget', target: '57500' }])
    const lifetime = await patch('/api/campaigns/110002/budget', { lifetime: { minor: 2_000_000, currency: 'TRY' } })
    expect(lifetime.status).toBe(200)
    expect(asked[1]).toMatchObject({ level: 'campaign', field: 'lifetime_budget', target: '2000000' })
  })

  test('is made once if it is requested several times, even simultaneously', async () => {
    const { patch, store } = await setUp()
    let writes = 0
    ledgerOf(store, 'ACTIVE', () => {
      writes++
      return Promise.resolve()
    })
    const key = newKey()
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => (await patch('/api/adsets/120001/status', { status: 'PAUSED' }, key)).status),
    )
    expect(statuses.sort()).toEqual([200, 409, 409])
    expect((await patch('/api/adsets/120001/status', { status: 'PAUSED' }, key)).headers.get('idempotency-replayed')).toBe('true')
    expect(writes).toBe(1)
  })

  test('whose answer was lost with its process is found and not repeated', async () => {
    const { patch, store } = await setUp()
    let writes = 0
    ledgerOf(store, 'ACTIVE', () => {
      writes++
      return Promise.resolve()
    })
    const key = newKey()
    await patch('/api/adsets/120001/status', { status: 'PAUSED' }, key)
    await store.db.deleteFrom('idempotency_keys').execute()
    const again = await patch('/api/adsets/120001/status', { status: 'PAUSED' }, key)
    expect([again.status, ((await again.json()) as { outcome: string }).outcome]).toEqual([200, 'confirmed'])
    expect(writes).toBe(1)
  })

  test('that Meta refuses reports the reason', async () => {
    const { patch, store, ask } = await setUp()
    ledgerOf(store, '50000', () => {
      throw ApplicationFailure.nonRetryable('Meta refused the budget: the minimum is ₺40,00', 'invalid-request')
    })
    const key = newKey()
    const response = await patch('/api/adsets/120001/budget', { daily: { minor: 1, currency: 'TRY' } }, key)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      type: 'urn:tetik:change-refused',
      detail: expect.stringContaining('the minimum is ₺40,00') as string,
    })
    const [row] = await store.db.selectFrom('mutations').selectAll().execute()
    expect(await (await ask(`/api/changes/${row!.id}`)).json()).toMatchObject({ state: 'refused' })
  })

  test('that takes long is answered with 202 and a Location, and continues', async () => {
    const { patch, store, ask } = await setUp(300)
    let finish = (): void => {}
    const finished = new Promise<void>((resolve) => (finish = resolve))
    ledgerOf(store, 'ACTIVE', () => finished)
    const response = await patch('/api/adsets/120001/status', { status: 'PAUSED' })
    expect(response.status).toBe(202)
    const location = response.headers.get('location')!
    const answered = (await response.json()) as { warnings: string[] }
    expect(answered).toMatchObject({
      target: 'PAUSED',
      state: 'running',
      warnings: [expect.stringContaining('last delivering ad set')],
      workflowUrl: expect.stringContaining('change%3A') as string,
    })
    finish()
    await expect
      .poll(async () => (await (await ask(location)).json()) as object)
      .toMatchObject({ state: 'done', outcome: 'confirmed', warnings: answered.warnings })
  })
})

describe('the outcome can be read afterwards', () => {
  test('of a change that was refused after its 202, before it was started', async () => {
    const { patch, store, ask } = await setUp(300)
    let refuse = (): void => {}
    const refused = new Promise<void>((resolve) => (refuse = resolve))
    room.give({
      prepareChange: async ({ mutation }) => {
        await refused
        const note = '“Women” has no daily budget of its own.'
        await refuseRequest(store, mutation, { note, at: NOW })
        return { kind: 'refused', note, reason: null, tellOwner: false }
      },
    })
    const response = await patch('/api/adsets/120001/budget', { daily: { minor: 57_500, currency: 'TRY' } })
    expect(response.status).toBe(202)
    const location = response.headers.get('location')!
    // It can be read from the start, though its workflow has written nothing yet.
    expect(await (await ask(location)).json()).toMatchObject({ state: 'running', target: '57500', because: null })
    refuse()
    await expect
      .poll(async () => (await (await ask(location)).json()) as object)
      .toMatchObject({ state: 'refused', because: '“Women” has no daily budget of its own.', target: '57500' })
  })

  test('of a change that could not be prepared', async () => {
    const { patch, store, ask } = await setUp()
    room.give({
      prepareChange: () => {
        throw ApplicationFailure.nonRetryable('The token has expired.', 'authentication')
      },
      refuseChange: async ({ request, note }) => void (await refuseRequest(store, request, { note, at: NOW })),
    })
    const key = newKey()
    const response = await patch('/api/adsets/120001/status', { status: 'PAUSED' }, key)
    expect(await response.json()).toMatchObject({ type: 'urn:tetik:change-refused', detail: 'The token has expired.' })
    const [request] = await store.db.selectFrom('requested_changes').selectAll().execute()
    expect(await (await ask(`/api/changes/${request!.id}`)).json()).toMatchObject({ state: 'refused' })
  })

  test('of a change that was replaced by a later one', async () => {
    const { patch, store, ask } = await setUp()
    ledgerOf(store, '50000', async () => {
      const error = { type: 'superseded', message: 'A later change by a person took its place.' }
      const [row] = await store.db.selectFrom('mutations').selectAll().execute()
      await settleMutation(store, row!.id, { outcome: 'superseded', error, at: NOW })
      throw ApplicationFailure.nonRetryable(error.message, error.type)
    })
    const response = await patch('/api/adsets/120001/budget', { daily: { minor: 57_500, currency: 'TRY' } })
    expect([response.status, await response.json()]).toMatchObject([409, { type: 'urn:tetik:change-superseded' }])
    const [row] = await store.db.selectFrom('mutations').selectAll().execute()
    expect(await (await ask(`/api/changes/${row!.id}`)).json()).toMatchObject({
      state: 'superseded',
      because: 'A later change by a person took its place.',
    })
  })

  test('of a change whose workflow was ended in Temporal: it is refused and never sent', async () => {
    const { patch, store } = await setUp()
    room.give({
      prepareChange: async ({ mutation }) => {
        await room.client.workflow.getHandle(`change:${mutation}`).terminate()
        return { kind: 'change', summary: 'x', done: 'x' }
      },
    })
    const response = await patch('/api/adsets/120001/status', { status: 'PAUSED' })
    expect(response.status).toBe(422)
    expect(await store.db.selectFrom('requested_changes').select('refusal').execute()).toMatchObject([
      { refusal: 'Its workflow was ended in Temporal.' },
    ])
  })
})

describe('an impossible change is refused before anything is started', () => {
  test.each([
    ['another currency', '/api/adsets/120001/budget', { daily: { minor: 100, currency: 'USD' } }, 'currency-mismatch', 'TRY'],
    [
      'a budget at another level',
      '/api/campaigns/110001/budget',
      { daily: { minor: 100, currency: 'TRY' } },
      'no-such-budget',
      'its ad sets',
    ],
    [
      'a budget of the other kind',
      '/api/adsets/120001/budget',
      { lifetime: { minor: 100, currency: 'TRY' } },
      'no-such-budget',
      'daily',
    ],
    ['a budget of zero', '/api/adsets/120001/budget', { daily: { minor: 0, currency: 'TRY' } }, 'change-refused', 'pause'],
  ])('%s', async (_, path, body, type, words) => {
    const { patch } = await setUp()
    const response = await patch(path, body)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ type: `urn:tetik:${type}`, detail: expect.stringContaining(words) as string })
  })
})

test('a change is refused within seconds while Temporal is down, and can be retried under its key', async () => {
  const away = await testApi()
  await saveStructure(away.context.store, { account: 'moda-tr', levels: ['adset'], entities: [entityOf()], learnedAt: NOW })
  const ask = () =>
    away.ask('/api/adsets/120001/status', { method: 'PATCH', body: { status: 'PAUSED' }, headers: { 'idempotency-key': 'k' } })
  const responses = [await ask(), await ask()]
  expect(responses.map(({ status }) => status)).toEqual([503, 503])
  // It leaves no row behind: rules would give way to it.
  expect(await away.context.store.db.selectFrom('requested_changes').selectAll().execute()).toEqual([])
  expect(responses[1]!.headers.get('retry-after')).toBe('5')
})
