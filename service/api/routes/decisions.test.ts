import { describe, expect, test } from 'vitest'

import { recordTick } from '../../../store/decisions/decisions.js'
import { intendMutation, settleMutation } from '../../../store/decisions/mutations.js'
import { intendMessage, settleMessage } from '../../../store/messages/messages.js'
import { replaceRules } from '../../../store/rules/rules.js'
import { json, NOW, testApi } from '../../../test/support/api.js'
import { conditionOf } from '../../../test/support/lint-rules.js'
import { decisionRow, ruleOf, stateRow } from '../../../test/support/rows.js'

const TOO_EXPENSIVE = conditionOf('cpa[last_3d] > 120 TRY')

describe('decisions', () => {
  const WORKFLOW = 'carry-out:moda-tr:pause-expensive:120001'

  const seeded = async () => {
    const api = await testApi()
    const { store } = api.context
    await replaceRules(store, { rules: [ruleOf({ when: TOO_EXPENSIVE })], commitSha: 'c0ffee', loadedAt: NOW })
    await recordTick(store, {
      states: [stateRow()],
      decisions: [
        decisionRow({
          id: 'fired',
          at: NOW,
          known_at: NOW,
          progress: 'done',
          note: 'paused',
          workflow_id: WORKFLOW,
          run_id: 'run-1',
        }),
        decisionRow({ id: 'held', at: NOW - 1000, outcome: 'hold', because: 'when', progress: 'none', entity_id: null }),
      ],
    })
    const mutation = {
      account: 'moda-tr',
      decision: 'fired',
      made_by: 'pause-expensive',
      level: 'adset',
      entity_id: '120001',
      field: 'status',
    } as const
    await intendMutation(store, { ...mutation, id: 'fired/0', before: 'ACTIVE', target: 'PAUSED', intended_at: NOW })
    await settleMutation(store, 'fired/0', { outcome: 'confirmed', at: NOW + 1 })
    await intendMessage(store, {
      id: 'message-1',
      decision: 'fired',
      account: 'moda-tr',
      recipient: 'owner',
      text: 'paused',
      created_at: NOW,
    })
    await settleMessage(
      store,
      { kind: 'id', id: 'message-1' },
      { status: 'accepted', wamid: 'wamid.secret-number', sentAs: 'text', at: NOW },
    )
    return api
  }

  test('are listed newest first and filtered', async () => {
    const { ask } = await seeded()
    const page = await json(ask('/api/decisions?limit=1'))
    expect(page.data).toMatchObject([
      {
        id: 'fired',
        entity: { scope: 'adset', id: '120001', name: 'Women 25-44' },
        at: '2026-03-10T12:00:00.000Z',
        inWords: {
          en: 'Pauses the ad set “Women 25-44”: cost per result over the last 3 days 333, limit 120.',
          tr: '“Women 25-44” reklam setini duraklatır: son 3 günde sonuç başına ücret 333, sınır 120.',
        },
        steps: ['pause', 'whatsapp'],
        progress: 'done',
      },
    ])
    expect((await json(ask(`/api/decisions?cursor=${page.next}`))).data).toMatchObject([
      { id: 'held', because: 'when', inWords: null },
    ])
    expect((await json(ask('/api/decisions?outcome=hold'))).data).toMatchObject([{ id: 'held' }])
    expect((await json(ask('/api/decisions?rule=another'))).data).toEqual([])
  })

  test('show their trace, changes, messages and links', async () => {
    const { ask } = await seeded()
    const response = await ask('/api/decisions/fired')
    const text = await response.clone().text()
    expect(text).not.toContain('wamid')
    expect(await response.json()).toMatchObject({
      trace: [{ condition: 'cpa[last_3d] > 120 TRY', result: true, left: 333.33, right: 120, unit: 'TRY' }],
      mutations: [{ field: 'status', before: 'ACTIVE', target: 'PAUSED', outcome: 'confirmed' }],
      messages: [{ recipient: 'owner', text: 'paused', status: 'accepted', sentAs: 'text' }],
      source: { file: 'rules/expensive.yaml', line: 3, commit: 'c0ffee' },
      workflowUrl: `http://127.0.0.1:8233/namespaces/default/workflows/${encodeURIComponent(WORKFLOW)}/run-1`,
    })
  })

  test('can have any kind of value in their trace', async () => {
    const { ask, context } = await testApi()
    const leaf = { path: 'where', condition: 'x', result: null, unit: 'count', unitKind: 'count', windows: [] }
    const sides = [1, 'ACTIVE', true, null, { atLeast: 60 }, ['a', 'b'], [1, 2]]
    const trace = sides.map((left) => ({ ...leaf, left, right: null, because: 'no rows' }))
    await recordTick(context.store, { states: [], decisions: [decisionRow({ id: 'd', trace_json: JSON.stringify(trace) })] })
    const { trace: shown } = await json(ask('/api/decisions/d'))
    const inWords = { en: 'x', tr: 'x' }
    expect(shown).toEqual(trace.map((one) => ({ ...one, inWords })))
  })
})
