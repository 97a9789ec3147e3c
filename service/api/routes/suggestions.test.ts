import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type FoundSuggestion, moveSuggestion, recordSuggestions } from '../../../store/analysis/suggestions.js'
import { intendMutation, settleMutation } from '../../../store/decisions/mutations.js'
import { findRequest, refuseRequest, type RequestedChange } from '../../../store/decisions/requested-changes.js'
import { NOW, testApi } from '../../../test/support/api.js'
import { openWorkflowRoom, type WorkflowRoom } from '../../../test/support/workflow-room.js'
import { temporalAccess } from '../http/temporal-access.js'
import type { Suggestion } from '../shapes/suggestion.js'

let room: WorkflowRoom
beforeAll(async () => {
  room = await openWorkflowRoom(['prepareChange', 'applyMutation', 'settleMutation'])
}, 120_000)
afterAll(async () => await room?.stop())

const found = (of: Partial<FoundSuggestion> = {}): FoundSuggestion => ({
  kind: 'move',
  suggestion_key: 'move 1 2',
  changes_json: JSON.stringify([
    { level: 'adset', entityId: '1', name: 'expensive', field: 'daily_budget', before: '50000', target: '40000' },
    { level: 'adset', entityId: '2', name: 'cheap', field: 'daily_budget', before: '50000', target: '60000' },
  ]),
  reason_en: 'Move it.',
  reason_tr: 'Taşıyın.',
  effect_json: JSON.stringify({ measure: 'daily_results', low: 0.2, expected: 0.8, high: 1.4 }),
  ...of,
})

async function setUp(suggestion = found()) {
  const api = await testApi({ temporal: temporalAccess(() => Promise.resolve(room.client)) })
  const { store } = api.context
  await recordSuggestions(store, { account: 'moda-tr', found: [suggestion], at: NOW - 1000 })
  const list = async () => ((await (await api.ask('/api/ai/suggestions')).json()) as { data: Suggestion[] }).data
  const [first] = await list()
  const say = (word: string) => api.ask(`/api/ai/suggestions/${first!.id}/${word}`, { method: 'POST' })
  return { ...api, store, list, say, id: first!.id }
}

/** Activities that write the ledger as the real ones do; `refuse` returns the reason to refuse a change, or null. */
function prepareBy(store: Parameters<typeof intendMutation>[0], refuse: (entityId: string) => string | null = () => null) {
  const asked: RequestedChange[] = []
  const made: string[] = []
  room.give({
    prepareChange: async ({ mutation }) => {
      const change = (await findRequest(store, mutation))!
      asked.push(change)
      const note = refuse(change.entity_id)
      if (note !== null) {
        await refuseRequest(store, mutation, { note, at: NOW })
        return { kind: 'refused', note, reason: null, tellOwner: false } as never
      }
      const { id, account, made_by, level, entity_id, field, target } = change
      await intendMutation(store, { id, account, made_by, level, entity_id, field, target, before: '50000', intended_at: NOW })
      return { kind: 'change', summary: 'x', past: 'x' } as never
    },
    applyMutation: async ({ mutation }) => {
      made.push(mutation)
      await settleMutation(store, mutation, { outcome: 'confirmed', at: NOW })
      return { outcome: 'confirmed', before: '50000', target: 'x' }
    },
  })
  return { asked, made }
}

test('a new suggestion is listed as waiting, with reason, effect and changes', async () => {
  const { list } = await setUp()
  expect(await list()).toMatchObject([
    {
      account: 'moda-tr',
      kind: 'move',
      state: 'waiting',
      reason: { en: 'Move it.', tr: 'Taşıyın.' },
      effect: { measure: 'daily_results', unit: 'count', low: 0.2, expected: 0.8, high: 1.4 },
      changes: [{ entityId: '1', before: '50000', target: '40000' }, { entityId: '2' }],
    },
  ])
})

describe('applying', () => {
  test('makes its changes once and in order, each checked against the value before', async () => {
    const { say, store, list } = await setUp()
    const { asked, made } = prepareBy(store)
    const response = await say('apply')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      suggestion: { state: 'applied' },
      changes: [{ state: 'done' }, { state: 'done' }],
    })
    expect(asked.map(({ entity_id: id, approved_before: before }) => [id, before])).toEqual([
      ['1', '50000'],
      ['2', '50000'],
    ])
    expect(asked[0]!.made_by).toMatch(/^suggestion:/)
    expect((await say('apply')).status).toBe(409)
    expect((await say('dismiss')).status).toBe(409)
    expect(made).toHaveLength(2)
    expect(await list()).toMatchObject([{ state: 'applied', answeredBy: 'api:token' }])
  })

  test('is done once if it is requested twice at the same time', async () => {
    const { say, store } = await setUp()
    const { made } = prepareBy(store)
    const statuses = (await Promise.all([say('apply'), say('apply')])).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1)
    expect(made).toHaveLength(2)
  })

  test('of a move ends at the first refused change, and reports what was done', async () => {
    const all = await setUp()
    const { asked, made } = prepareBy(all.store, (id) => (id === '1' ? 'A guardrail holds it.' : null))
    const response = await all.say('apply')
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ type: 'urn:tetik:change-refused', detail: 'A guardrail holds it.' })
    expect([asked.length, made.length]).toEqual([1, 0])
    expect(await all.list()).toMatchObject([{ state: 'refused', note: 'A guardrail holds it.' }])

    const second = await setUp()
    prepareBy(second.store, (id) => (id === '2' ? 'A guardrail holds it.' : null))
    expect((await second.say('apply')).status).toBe(200)
    const note = '1 of 2 changes were made. Not all: A guardrail holds it.'
    expect(await second.list()).toMatchObject([{ state: 'applied', note }])
  })

  test('of independent changes continues after a refused one', async () => {
    const { say, store, list } = await setUp(found({ kind: 'pace' }))
    const { made } = prepareBy(store, (id) => (id === '1' ? 'It is protected.' : null))
    expect((await say('apply')).status).toBe(200)
    expect(made).toHaveLength(1)
    expect(await list()).toMatchObject([{ state: 'applied', note: '1 of 2 changes were made. Not all: It is protected.' }])
  })

  test('is refused if only a person can do it', async () => {
    const { say, list } = await setUp(found({ kind: 'fatigue', changes_json: '[]' }))
    expect((await say('apply')).status).toBe(422)
    expect(await list()).toMatchObject([{ state: 'waiting' }])
  })

  test('is refused if no analysis has confirmed the suggestion for a day', async () => {
    const { store, say, list, id } = await setUp()
    const { asked } = prepareBy(store)
    await store.db
      .updateTable('suggestions')
      .set({ updated_at: NOW - 25 * 3_600_000 })
      .where('id', '=', id)
      .execute()
    expect((await say('apply')).status).toBe(422)
    expect(asked).toEqual([])
    expect(await list()).toMatchObject([{ state: 'waiting' }])
  })

  test('changes nothing while Temporal is down, and can be repeated', async () => {
    const api = await testApi()
    await recordSuggestions(api.context.store, { account: 'moda-tr', found: [found()], at: NOW })
    const read = async () => ((await (await api.ask('/api/ai/suggestions')).json()) as { data: Suggestion[] }).data[0]!
    expect((await api.ask(`/api/ai/suggestions/${(await read()).id}/apply`, { method: 'POST' })).status).toBe(503)
    expect(await read()).toMatchObject({ state: 'waiting' })
  })
})

test('a dismissed suggestion does not come back for a week', async () => {
  const { say, store, list } = await setUp()
  expect(await (await say('dismiss')).json()).toMatchObject({ state: 'dismissed' })
  const again = async (days: number) =>
    (await recordSuggestions(store, { account: 'moda-tr', found: [found()], at: NOW + days * 86_400_000 })).made
  expect([await again(1), await again(6), await again(8)]).toEqual([0, 0, 1])
  expect((await list()).map(({ state }) => state).sort()).toEqual(['dismissed', 'waiting'])
})

test('a suggestion that is found again is updated, and one that is not becomes outdated', async () => {
  const { store, list } = await setUp()
  await recordSuggestions(store, { account: 'moda-tr', found: [found({ reason_en: 'Still.' })], at: NOW })
  expect(await list()).toMatchObject([{ state: 'waiting', reason: { en: 'Still.' } }])
  await recordSuggestions(store, { account: 'moda-tr', found: [], at: NOW })
  expect(await list()).toMatchObject([{ state: 'outdated' }])
})

test('a suggestion whose changes differ is a new one, so that nobody applies what they have not read', async () => {
  const { store, list, say, id } = await setUp()
  const changes_json = JSON.stringify([
    { level: 'adset', entityId: '1', name: 'expensive', field: 'daily_budget', before: '40000', target: '32000' },
  ])
  expect(await recordSuggestions(store, { account: 'moda-tr', found: [found({ changes_json })], at: NOW })).toEqual({
    made: 1,
    outdated: 1,
  })
  expect((await say('apply')).status).toBe(409)
  const [now] = (await list()).filter(({ state }) => state === 'waiting')
  expect(now).toMatchObject({ changes: [{ before: '40000', target: '32000' }] })
  expect(now!.id).not.toBe(id)
})

test('no suggestion is made for entities of one that is being applied', async () => {
  const { store, id } = await setUp()
  await moveSuggestion(store, id, { from: 'waiting', to: 'applying', by: 'api:token', at: NOW })
  const other = found({ kind: 'pace', suggestion_key: 'pace up' })
  expect((await recordSuggestions(store, { account: 'moda-tr', found: [other], at: NOW })).made).toBe(0)
})
