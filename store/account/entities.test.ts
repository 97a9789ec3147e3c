import { expect, test } from 'vitest'

import { entityOf } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { entitiesAsOf, type Entity, findEntity, listEntities, saveStructure } from './entities.js'

const save = (store: Store, learnedAt: number, entities: readonly Entity[], account = 'moda-tr') =>
  saveStructure(store, { account, levels: ['campaign', 'adset', 'ad'], entities, learnedAt })

const campaign = entityOf({ level: 'campaign', id: '110001', campaignId: '110001', name: 'TR | Summer', dailyBudget: null })

test('only a changed entity gets a revision', async () => {
  const store = await temporaryStore()
  expect(await save(store, 1, [campaign, entityOf()])).toEqual({ added: 2, revised: 0, unchanged: 0, removed: 0, outdated: 0 })
  expect(await save(store, 2, [campaign, entityOf()])).toMatchObject({ added: 0, unchanged: 2 })
  expect(await save(store, 3, [campaign, entityOf({ status: 'PAUSED' })])).toMatchObject({ revised: 1, unchanged: 1 })
  expect(await store.db.selectFrom('entities').selectAll().execute()).toHaveLength(3)
})

test('another order of fields is not a change, another value at any depth is', async () => {
  const store = await temporaryStore()
  await save(store, 1, [entityOf({ fields: { a: 1, b: { c: [1, 2], d: 'x' } } })])
  expect(await save(store, 2, [entityOf({ fields: { b: { d: 'x', c: [1, 2] }, a: 1 } })])).toMatchObject({ unchanged: 1 })
  expect(await save(store, 3, [entityOf({ fields: { a: 1, b: { c: [2, 1], d: 'x' } } })])).toMatchObject({ revised: 1 })
})

test('an earlier state contains the values of that time and entities that vanished since, but no later ones', async () => {
  const store = await temporaryStore()
  await save(store, 10, [entityOf({ id: '1' }), entityOf({ id: '2', name: 'gone' })])
  await save(store, 20, [entityOf({ id: '1', dailyBudget: 60_000 }), entityOf({ id: '3' })])
  const asOf = async (knownAt?: number) =>
    (await entitiesAsOf(store, 'moda-tr', knownAt)).map(({ id, dailyBudget }) => `${id}:${dailyBudget}`).sort()
  expect(await asOf(9)).toEqual([])
  expect(await asOf(10)).toEqual(['1:50000', '2:50000'])
  expect(await asOf(19)).toEqual(['1:50000', '2:50000'])
  expect(await asOf(20)).toEqual(['1:60000', '3:50000'])
  expect(await asOf()).toEqual(await asOf(20))
})

test('an entity that the answer lacks ends only if its level was requested, and never in another account', async () => {
  const store = await temporaryStore()
  await save(store, 1, [campaign, entityOf()])
  await save(store, 1, [entityOf()], 'other')
  const answer = { account: 'moda-tr', levels: ['campaign'] as const, entities: [], learnedAt: 2 }
  expect(await saveStructure(store, answer)).toMatchObject({ removed: 1 })
  expect((await entitiesAsOf(store, 'moda-tr')).map(({ level }) => level)).toEqual(['adset'])
  expect(await entitiesAsOf(store, 'other')).toHaveLength(1)
})

test('an entity of a level that was not requested is refused', () => {
  expect(() =>
    saveStructure(null as unknown as Store, { account: 'a', levels: ['ad'], entities: [entityOf()], learnedAt: 1 }),
  ).toThrow('not requested')
})

test('an answer that is older than the stored state changes nothing', async () => {
  const store = await temporaryStore()
  await save(store, 20, [entityOf({ status: 'PAUSED' })])
  expect(await save(store, 10, [entityOf({ status: 'ACTIVE' })])).toMatchObject({ outdated: 1, revised: 0 })
  expect(await save(store, 10, [])).toMatchObject({ outdated: 1, removed: 0 })
  expect(await findEntity(store, 'adset', '120001')).toMatchObject({ status: 'PAUSED', learnedAt: 20 })
})

test('an entity that reappears exists again', async () => {
  const store = await temporaryStore()
  await save(store, 1, [entityOf()])
  await save(store, 2, [])
  expect(await findEntity(store, 'adset', '120001')).toBeUndefined()
  expect(await save(store, 3, [entityOf()])).toMatchObject({ added: 1 })
  expect(await entitiesAsOf(store, 'moda-tr', 2)).toEqual([])
  expect(await findEntity(store, 'adset', '120001')).toMatchObject(entityOf())
})

test('the list pages by id and filters', async () => {
  const store = await temporaryStore()
  const adsets = Array.from({ length: 7 }, (_, index) =>
    entityOf({ id: `${index}`, status: index % 2 === 0 ? 'ACTIVE' : 'PAUSED' }),
  )
  await save(store, 1, [campaign, ...adsets, entityOf({ level: 'ad', id: '9', adsetId: '3' })])
  const list = async (question: object) =>
    (await listEntities(store, { level: 'adset', limit: 3, ...question })).map(({ id }) => id)
  expect(await list({})).toEqual(['0', '1', '2'])
  expect(await list({ after: '2' })).toEqual(['3', '4', '5'])
  expect(await list({ after: '5' })).toEqual(['6'])
  expect(await list({ status: 'PAUSED' })).toEqual(['1', '3', '5'])
  expect(await list({ account: 'other' })).toEqual([])
  expect(await list({ level: 'ad', adsetId: '3' })).toEqual(['9'])
  expect(await list({ level: 'ad', adsetId: '4' })).toEqual([])
  expect(await list({ campaignId: '110001', limit: 100 })).toHaveLength(7)
})

test('a structure with a thousand ad sets is saved completely', async () => {
  const store = await temporaryStore()
  const many = Array.from({ length: 1_234 }, (_, index) => entityOf({ id: String(index) }))
  expect(await save(store, 1, many)).toMatchObject({ added: 1_234 })
  expect(
    await save(
      store,
      2,
      many.map((entity) => ({ ...entity, name: 'x' })),
    ),
  ).toMatchObject({ revised: 1_234 })
  expect(await save(store, 3, [])).toMatchObject({ removed: 1_234 })
})
