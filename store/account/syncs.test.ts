import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { beginSync, coveredRanges, failSync, finishSync, lastGoodSync } from './syncs.js'

async function sync(
  store: Store,
  startedAt: number,
  finishedAt: number | null,
  range: [string, string] | null = null,
  kind: 'structure' | 'days' = 'days',
) {
  const [since, until] = range ?? [null, null]
  const id = await beginSync(store, { account: 'moda-tr', kind, since, until, startedAt })
  if (finishedAt !== null) await finishSync(store, id, finishedAt)
  return id
}

test('only a sync that had finished by then counts as good', async () => {
  const store = await temporaryStore()
  const first = await sync(store, 1, 5)
  const second = await sync(store, 6, 10)
  const broken = await sync(store, 11, null)
  await failSync(store, broken, 'Meta does not answer')
  expect(await lastGoodSync(store, 'moda-tr', 'days')).toMatchObject({ id: second, error: null })
  expect(await lastGoodSync(store, 'moda-tr', 'days', 9)).toMatchObject({ id: first })
  expect(await lastGoodSync(store, 'moda-tr', 'days', 4)).toBeUndefined()
  expect(await lastGoodSync(store, 'moda-tr', 'structure')).toBeUndefined()
  const row = await store.db.selectFrom('syncs').selectAll().where('id', '=', broken).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ finished_at: null, error: 'Meta does not answer' })
})

test('a sync that finished cannot fail any more', async () => {
  const store = await temporaryStore()
  const id = await sync(store, 1, 5)
  await failSync(store, id, 'too late')
  expect(await lastGoodSync(store, 'moda-tr', 'days')).toMatchObject({ error: null })
})

test('each covered range is listed once, with its latest good sync until then', async () => {
  const store = await temporaryStore()
  await sync(store, 1, 2, ['2026-03-01', '2026-03-09'])
  await sync(store, 3, 4, ['2026-03-01', '2026-03-09'])
  await sync(store, 5, 6, ['2026-03-02', '2026-03-10'])
  await sync(store, 7, null, ['2026-03-03', '2026-03-11'])
  await sync(store, 8, 9, null, 'structure')
  const early = { since: '2026-03-01', until: '2026-03-09', startedAt: 3, finishedAt: 4 }
  expect(await coveredRanges(store, 'moda-tr', 'days')).toEqual([
    early,
    { since: '2026-03-02', until: '2026-03-10', startedAt: 5, finishedAt: 6 },
  ])
  expect(await coveredRanges(store, 'moda-tr', 'days', 5)).toEqual([early])
  expect(await coveredRanges(store, 'moda-tr', 'days', 3)).toEqual([{ ...early, startedAt: 1, finishedAt: 2 }])
})
