import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

import { savePayment } from '../../../store/account/account-payments.js'
import { saveAccount } from '../../../store/account/accounts.js'
import { lacksPictures, savePictures } from '../../../store/account/ad-pictures.js'
import { saveStructure } from '../../../store/account/entities.js'
import { reportHealth } from '../../../store/account/health.js'
import { saveInsights } from '../../../store/account/insights.js'
import { countMetaCall } from '../../../store/account/meta-calls.js'
import { beginSync, finishSync } from '../../../store/account/syncs.js'
import { recordTick } from '../../../store/decisions/decisions.js'
import { intendMutation, settleMutation } from '../../../store/decisions/mutations.js'
import { intendMessage, settleMessage } from '../../../store/messages/messages.js'
import { replaceRules } from '../../../store/rules/rules.js'
import { stopRules } from '../../../store/rules/stops.js'
import { NOW, QUIET_TEMPORAL, readiness, testApi } from '../../../test/support/api.js'
import { decisionRow, entityOf, insightOf, ruleOf, stateRow } from '../../../test/support/rows.js'

const json = async (response: Response | Promise<Response>) =>
  (await (await response).json()) as Record<string, unknown> & { data: Record<string, unknown>[]; next: string | null }

describe('accounts', () => {
  test('are listed from tetik.yaml, even before the first sync', async () => {
    const { ask } = await testApi()
    expect(await json(ask('/api/accounts'))).toEqual({
      data: [
        {
          name: 'moda-tr',
          id: 'act_1234567890',
          currency: 'TRY',
          timezone: 'Europe/Istanbul',
          metaName: null,
          status: null,
          payment: null,
          synced: { structure: null, days: null, hours: null },
          stopped: null,
        },
      ],
      next: null,
    })
  })

  test('say when they were synced and whether they are stopped', async () => {
    const { ask, context } = await testApi()
    const { store } = context
    await saveAccount(store, {
      name: 'moda-tr',
      meta_id: 'act_1234567890',
      meta_name: 'Moda TR',
      currency: 'TRY',
      timezone: 'Europe/Istanbul',
      account_status: 1,
      learned_at: 1,
    })
    const sync = await beginSync(store, {
      account: 'moda-tr',
      kind: 'days',
      since: '2026-03-01',
      until: '2026-03-10',
      startedAt: NOW - 2,
    })
    await finishSync(store, sync, NOW - 1)
    await stopRules(store, { account: '*', reason: 'holiday', stoppedBy: 'owner', since: NOW })
    const { data } = await json(ask('/api/accounts'))
    expect(data[0]).toMatchObject({
      metaName: 'Moda TR',
      status: 1,
      synced: { structure: null, days: '2026-03-10T11:59:59.999Z', hours: null },
      stopped: { reason: 'holiday', by: 'owner', since: '2026-03-10T12:00:00.000Z' },
    })
  })
})

test('an account shows its payment method, what is left, and since when its delivery is stopped', async () => {
  const { ask, context } = await testApi()
  const reading = {
    account: 'moda-tr',
    learned_at: NOW - 3_600_000,
    account_status: 1,
    disable_reason: 0,
    spend_cap: 1_000_000,
    amount_spent: 400_000,
    balance: 99,
    funding_id: '41',
    funding_type: 20,
    funding_text: 'Available Balance (₺12.34 TRY)',
    prepaid_left: 1_234,
  }
  await savePayment(context.store, reading)
  await savePayment(context.store, { ...reading, learned_at: NOW, account_status: 3, disable_reason: 3 })
  const { data } = await json(ask('/api/accounts'))
  expect(data[0]?.['payment']).toEqual({
    state: 'stops',
    stateText: 'unsettled: a payment failed or is open',
    since: '2026-03-10T12:00:00.000Z',
    disableReason: 'its payments are considered risky',
    spendCap: { minor: 1_000_000, currency: 'TRY' },
    amountSpent: { minor: 400_000, currency: 'TRY' },
    leftOfSpendCap: { minor: 600_000, currency: 'TRY' },
    funding: 'Available Balance (₺12.34 TRY)',
    prepaidLeft: { minor: 1_234, currency: 'TRY' },
    learnedAt: '2026-03-10T12:00:00.000Z',
  })
})

describe('campaigns, ad sets and ads', () => {
  const seeded = async () => {
    const api = await testApi()
    const campaign = entityOf({
      level: 'campaign',
      id: '110001',
      name: 'TR | Summer',
      dailyBudget: null,
      lifetimeBudget: 1_000_000,
    })
    const adsets = Array.from({ length: 5 }, (_, index) =>
      entityOf({ id: `12000${index}`, status: index === 2 ? 'PAUSED' : 'ACTIVE' }),
    )
    const ad = entityOf({ level: 'ad', id: '130001', adsetId: '120001', dailyBudget: null })
    await saveStructure(api.context.store, {
      account: 'moda-tr',
      levels: ['campaign', 'adset', 'ad'],
      entities: [campaign, ...adsets, ad],
      learnedAt: NOW,
    })
    return api
  }
  const idsOf = async (response: Promise<Response>) => (await json(response)).data.map(({ id }) => id)

  test('come with budgets in minor units and their currency', async () => {
    const { ask } = await seeded()
    expect((await json(ask('/api/campaigns'))).data).toMatchObject([
      { id: '110001', name: 'TR | Summer', dailyBudget: null, lifetimeBudget: { minor: 1_000_000, currency: 'TRY' } },
    ])
    expect((await json(ask('/api/ads'))).data).toMatchObject([{ id: '130001', adsetId: '120001', campaignId: '110001' }])
  })

  test('ads have their pictures once those were read', async () => {
    const { ask, context } = await seeded()
    const none = { creativeId: null, thumbnailUrl: null, imageUrl: null }
    expect((await json(ask('/api/ads'))).data).toMatchObject([none])
    expect(await lacksPictures(context.store, 'moda-tr', 0)).toBe(true)
    const [thumbnail_url, image_url] = ['https://cdn.example/t.jpg?oe=1', 'https://cdn.example/i.jpg?oe=1']
    const row = { account: 'moda-tr', ad: '130001', creative: '140001', thumbnail_url, image_url, learned_at: NOW }
    await savePictures(context.store, [row])
    expect((await json(ask('/api/ads'))).data).toMatchObject([
      { id: '130001', creativeId: '140001', thumbnailUrl: thumbnail_url, imageUrl: image_url },
    ])
    expect(await lacksPictures(context.store, 'moda-tr', NOW)).toBe(false)
    // The addresses of pictures expire.
    expect(await lacksPictures(context.store, 'moda-tr', NOW + 1)).toBe(true)
  })

  test('come in pages that leave nothing out and repeat nothing', async () => {
    const { ask } = await seeded()
    const seen: unknown[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await json(ask(`/api/adsets?limit=2${next === '' ? '' : `&cursor=${next}`}`))
      seen.push(...page.data.map(({ id }) => id))
      next = page.next
    }
    expect(seen).toEqual(['120000', '120001', '120002', '120003', '120004'])
  })

  test('are filtered', async () => {
    const { ask } = await seeded()
    expect(await idsOf(ask('/api/adsets?status=PAUSED&account=moda-tr'))).toEqual(['120002'])
    expect(await idsOf(ask('/api/adsets?campaign=999'))).toEqual([])
    expect(await idsOf(ask('/api/ads?adset=120001'))).toEqual(['130001'])
  })
})

describe('insights', () => {
  test('come in pages, as known now or at an earlier time', async () => {
    const { ask, context } = await testApi()
    const save = (learnedAt: number, spend: number) =>
      saveInsights(context.store, {
        account: 'moda-tr',
        level: 'adset',
        since: '2026-03-08',
        until: '2026-03-09',
        resolution: 'day',
        rows: ['2026-03-08', '2026-03-09'].map((day) => insightOf({ day, spend })),
        learnedAt,
      })
    await save(NOW - 1000, 100)
    await save(NOW, 200)
    const path = '/api/insights?account=moda-tr&since=2026-03-01&until=2026-03-31'
    const first = await json(ask(`${path}&limit=1`))
    expect(first.data).toMatchObject([
      { day: '2026-03-08', hour: null, spend: { minor: 200, currency: 'TRY' }, measures: { purchases: 1 } },
    ])
    const second = await json(ask(`${path}&limit=1&cursor=${first.next}`))
    expect(second).toMatchObject({ data: [{ day: '2026-03-09' }], next: null })
    const then = await json(ask(`${path}&knownAt=${encodeURIComponent('2026-03-10T14:59:59.500+03:00')}`))
    expect(then.data).toMatchObject([{ spend: { minor: 100 } }, { spend: { minor: 100 } }])
    expect((await json(ask(`${path}&resolution=hour`))).data).toEqual([])
    expect((await json(ask(`${path}&id=7`))).data).toEqual([])
  })
})

describe('decisions', () => {
  const WORKFLOW = 'carry-out:moda-tr:pause-expensive:120001'

  const seeded = async () => {
    const api = await testApi()
    const { store } = api.context
    await replaceRules(store, { rules: [ruleOf()], commitSha: 'c0ffee', loadedAt: NOW })
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
    await settleMessage(store, { id: 'message-1' }, { status: 'accepted', wamid: 'wamid.secret-number', sentAs: 'text', at: NOW })
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
        reasons: ['cpa[last_3d] 333.33 TRY > 120.00 TRY'],
        steps: ['pause', 'whatsapp'],
        progress: 'done',
      },
    ])
    expect((await json(ask(`/api/decisions?cursor=${page.next}`))).data).toMatchObject([
      { id: 'held', because: 'when', reasons: [] },
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
    expect(shown).toEqual(trace)
  })
})

describe('rules', () => {
  test('show their conditions as written, and their ids', async () => {
    const { ask, context } = await testApi()
    const leaf = (text: string) => ({ kind: 'leaf', path: 'when', text, comparison: null as never }) as const
    const when = {
      kind: 'any',
      path: 'when',
      conditions: [leaf('spend > 1'), { kind: 'not', path: 'when', condition: leaf('delivering') }],
    } as const
    await replaceRules(context.store, {
      rules: [
        ruleOf({ when, then: [{ kind: 'pause' }, { kind: 'wait-until', time: '08:00' }] }),
        ruleOf({ id: 'b', cadence: { kind: 'at', times: ['09:00'], timezone: null } }),
      ],
      commitSha: null,
      loadedAt: NOW,
    })
    const { data } = await json(ask('/api/rules'))
    expect(data).toMatchObject([
      { id: 'b', cadence: { kind: 'at', times: ['09:00'] } },
      {
        id: 'pause-expensive',
        when: ['spend > 1', 'not delivering'],
        steps: ['pause', 'wait'],
        commit: null,
        loadedAt: '2026-03-10T12:00:00.000Z',
      },
    ])
  })

  test('are reloaded, and an error in one keeps all of the old ones', async () => {
    const fault = {
      code: 'unknown-metric',
      severity: 'error',
      message: 'nothing is called cpaa',
      file: 'rules/a.yaml',
      line: 3,
      column: 7,
      length: 4,
    } as const
    const good = await testApi({
      reloadRules: () =>
        Promise.resolve({
          loaded: { added: ['a'], changed: [], removed: [], unchanged: ['b'] },
          diagnostics: [{ ...fault, severity: 'warning' }],
        }),
    })
    expect(await json(good.ask('/api/rules/reload', { method: 'POST' }))).toMatchObject({
      added: ['a'],
      warnings: [{ code: 'unknown-metric' }],
    })
    const bad = await testApi({ reloadRules: () => Promise.resolve({ loaded: null, diagnostics: [fault] }) })
    const response = await bad.ask('/api/rules/reload', { method: 'POST' })
    expect(response.status).toBe(422)
    expect(await json(response)).toMatchObject({
      type: 'urn:tetik:rules-rejected',
      errors: [{ where: 'rules/a.yaml:3:7', message: 'nothing is called cpaa' }],
      diagnostics: [fault],
    })
  })
})

describe('for machines', () => {
  test('the process is healthy but not ready while Temporal is down', async () => {
    const { ask } = await testApi()
    expect((await ask('/healthz')).status).toBe(200)
    const ready = await ask('/readyz')
    expect([ready.status, await ready.json()]).toMatchObject([503, { status: 'not-ready', store: 'ok', temporal: 'unreachable' }])
  })

  test('it is ready if the worker reports and every account has its ticks', async () => {
    const api = await testApi({ temporal: QUIET_TEMPORAL })
    expect(await readiness(api)).toMatchObject({ code: 503, worker: 'silent' })
    await reportHealth(api.context.store, 'worker', NOW)
    await reportHealth(api.context.store, 'tick:moda-tr', NOW)
    expect(await readiness(api)).toEqual({
      ...{ code: 200, status: 'ready', store: 'ok', temporal: 'ok', worker: 'ok', ticks: 'ok', rules: 'ok' },
    })
  })

  test('a frozen worker or missed ticks make it not ready, and each is described in a sentence', async () => {
    const api = await testApi({ temporal: QUIET_TEMPORAL })
    const { store } = api.context
    await reportHealth(store, 'worker', NOW)
    await reportHealth(store, 'tick:moda-tr', NOW - 3_600_000)
    expect(await readiness(api)).toMatchObject({ code: 503, worker: 'ok', ticks: 'missed' })
    await reportHealth(store, 'worker', NOW - 120_000)
    expect(await readiness(api)).toMatchObject({ code: 503, worker: 'silent' })
    expect(await (await api.ask('/api/health')).json()).toMatchObject({
      data: [{ code: 'worker-silent', sentence: expect.stringContaining('since 2026-03-10 11:58 UTC') as unknown }],
    })
  })

  test('faulty rule files and a stop are listed, and it stays ready', async () => {
    const api = await testApi({ temporal: QUIET_TEMPORAL })
    const { store } = api.context
    await reportHealth(store, 'worker', NOW)
    await reportHealth(store, 'tick:moda-tr', NOW)
    await reportHealth(store, 'rules', NOW, 'rules/a.yaml:3: nothing is called cpaa')
    expect(await readiness(api)).toMatchObject({ code: 200, rules: 'faulty' })
    await stopRules(store, { account: 'moda-tr', reason: 'campaign week', stoppedBy: 'owner', since: NOW })
    expect(await readiness(api)).toMatchObject({ code: 200, rules: 'faulty-and-stopped' })
    expect(await (await api.ask('/api/health')).json()).toMatchObject({
      data: [
        { code: 'rules-faulty', detail: 'rules/a.yaml:3: nothing is called cpaa' },
        { code: 'rules-stopped', account: 'moda-tr', detail: 'owner: campaign week' },
      ],
    })
  })

  test('a store that cannot be written is unreachable', async () => {
    const api = await testApi({ temporal: QUIET_TEMPORAL })
    await sql`pragma query_only = on`.execute(api.context.store.db)
    expect(await readiness(api)).toMatchObject({ code: 503, store: 'unreachable' })
  })

  test('metrics are in Prometheus’ format', async () => {
    const { ask, context } = await testApi()
    await recordTick(context.store, { states: [], decisions: [decisionRow({ id: 'a' }), decisionRow({ id: 'b' })] })
    const call = { account: 'moda-tr', run: 'r', workflow: 'watchAccount', kind: 'ads', failed: true, at: Date.now() }
    await countMetaCall(context.store, call)
    const text = await (await ask('/metrics')).text()
    expect(text).toContain('tetik_decisions{outcome="fire",progress="observed"} 2\n')
    for (const name of ['tetik_meta_calls_last_day', 'tetik_meta_calls_last_tick'])
      expect(text).toContain(`${name}{account="moda-tr",kind="ads"} 1\n`)
    expect(text).toContain('tetik_meta_failed_calls_last_day{account="moda-tr",kind="ads"} 1\n')
    expect(text, 'no samples, since the store has no rows').not.toMatch(/^tetik_mutations/m)
    for (const line of text.split('\n').filter((line) => line !== ''))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [\d.e+]+)$/)
  })
})
