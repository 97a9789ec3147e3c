import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'

import { reportHealth } from '../../store/account/health.js'
import { openStore, type Store } from '../../store/base/store.js'
import { NOW, QUIET_TEMPORAL, readiness, testApi, TOKEN } from '../../test/support/api.js'
import { destroyPages } from '../../test/support/destroy-pages.js'
import { temporaryStore } from '../../test/support/temporary-store.js'

async function allIsWell(store: Store): Promise<void> {
  for (const subject of ['worker', 'rules', 'tick:moda-tr'] as const) await reportHealth(store, subject, NOW)
}

test.each([[['entities', 'mutations', 'decisions', 'messages']], [['rules']], [['stops']], [['health']]])(
  'a store with damaged pages of %s is not ready and is reported',
  async (tables) => {
    const { file, ...first } = await temporaryStore()
    await allIsWell({ file, ...first })
    await first.close()
    destroyPages(file, tables)
    const store = await openStore(file)
    onTestFinished(() => store.close())
    const api = await testApi({ temporal: QUIET_TEMPORAL, store })
    expect(await readiness(api)).toMatchObject({ code: 503, status: 'not-ready', store: 'damaged' })
    const health = await api.ask('/api/health')
    expect(health.status).toBe(200)
    const { data } = (await health.json()) as { data: readonly { code: string; sentence: string }[] }
    expect(data[0]).toMatchObject({ code: 'store-damaged', since: new Date(NOW).toISOString() })
    expect(data[0]!.sentence).toMatch(/^The store is damaged \(first noticed .*restore a copy/)
  },
)

test('damage that a query runs into counts at once, without waiting for the next check', async () => {
  const api = await testApi({ temporal: QUIET_TEMPORAL })
  const { store } = api.context
  await allIsWell(store)
  expect(await readiness(api)).toMatchObject({ code: 200 })
  destroyPages(store.file, ['decisions'])
  await sql`pragma shrink_memory`.execute(store.db)
  const decisions = await api.app.request('/api/decisions', { headers: { authorization: `Bearer ${TOKEN}` } })
  expect(decisions.status).toBe(503)
  expect(await readiness(api)).toMatchObject({ code: 503, store: 'damaged' })
})

test('damage that the worker ran into is reported by the API too', async () => {
  const api = await testApi({ temporal: QUIET_TEMPORAL })
  await allIsWell(api.context.store)
  await reportHealth(api.context.store, 'store', NOW - 60_000, 'database disk image is malformed')
  expect(await readiness(api)).toMatchObject({ code: 503, store: 'damaged', worker: 'ok', ticks: 'ok' })
})
