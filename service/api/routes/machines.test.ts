import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

import { reportHealth } from '../../../store/account/health.js'
import { countMetaCall } from '../../../store/account/meta-calls.js'
import { recordTick } from '../../../store/decisions/decisions.js'
import { stopRules } from '../../../store/rules/stops.js'
import { NOW, QUIET_TEMPORAL, readiness, testApi } from '../../../test/support/api.js'
import { decisionRow } from '../../../test/support/rows.js'

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
