import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { entityOf, insightOf } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { entitiesAsOf, findEntity, listEntities, saveEntity, saveStructure } from './entities.js'
import { type Insight, insightsAsOf, saveInsights } from './insights.js'

const RANGE = { account: 'moda-tr', level: 'adset', since: '2026-03-01', until: '2026-03-31' } as const

const save = (store: Store, learnedAt: number, rows: readonly Insight[], range: Partial<typeof RANGE> = {}) =>
  saveInsights(store, { ...RANGE, resolution: 'day', ...range, rows, learnedAt })

/** Stores what Meta lists: only a row of a listed entity ends if the answer lacks it, because then nothing was delivered. */
const list = (store: Store, ids: readonly string[], learnedAt = 0) =>
  saveStructure(store, {
    ...{ account: 'moda-tr', levels: ['adset'], learnedAt },
    entities: ids.map((id) => entityOf({ id, adsetId: id })),
  })

const read = (store: Store, question: object = {}) => insightsAsOf(store, { ...RANGE, resolution: 'day', ...question })

describe('saving', () => {
  test('equal rows change nothing; a late conversion adds a revision', async () => {
    const store = await temporaryStore()
    expect(await save(store, 1, [insightOf()])).toEqual({ added: 1, revised: 0, unchanged: 0, removed: 0, outdated: 0 })
    expect(await save(store, 2, [insightOf({ measures: { link_clicks: 150, purchases: 1 } })])).toMatchObject({ unchanged: 1 })
    expect(await save(store, 3, [insightOf({ measures: { purchases: 2, link_clicks: 150 } })])).toMatchObject({ revised: 1 })
    expect(await store.db.selectFrom('insights').selectAll().execute()).toHaveLength(2)
  })

  test('a day that the answer lacks ends, one outside of the requested range stays', async () => {
    const store = await temporaryStore()
    await list(store, ['120001'])
    await save(store, 1, [insightOf({ day: '2026-03-08' }), insightOf({ day: '2026-03-09' })])
    expect(await save(store, 2, [], { since: '2026-03-09', until: '2026-03-09' } as never)).toMatchObject({ removed: 1 })
    expect((await read(store)).map(({ day }) => day)).toEqual(['2026-03-08'])
    expect((await read(store, { knownAt: 1 })).map(({ day }) => day)).toEqual(['2026-03-08', '2026-03-09'])
  })

  test('a row does not end because its object was deleted or archived, or is not listed at all', async () => {
    const store = await temporaryStore()
    await list(store, ['listed', 'deleted', 'archived', 'unlisted'])
    const rows = ['listed', 'deleted', 'archived', 'unlisted', 'never-seen'].map((entityId) => insightOf({ entityId }))
    await save(store, 1, rows)
    await list(store, ['listed'], 2)
    const gone = { deleted: { status: 'DELETED', effectiveStatus: 'DELETED' }, archived: { effectiveStatus: 'ARCHIVED' } }
    for (const [id, change] of Object.entries(gone)) await saveEntity(store, 'moda-tr', entityOf({ id, ...change }), 3)
    // From now on Meta lists none of them, and what was read by their ids stays.
    await list(store, ['listed'], 4)
    expect(await save(store, 5, [])).toMatchObject({ removed: 1 })
    expect((await read(store)).map(({ entityId }) => entityId)).toEqual(['archived', 'deleted', 'never-seen', 'unlisted'])
    expect((await entitiesAsOf(store, 'moda-tr')).map(({ id }) => id)).toEqual(['listed'])
    expect((await listEntities(store, { level: 'adset', limit: 9 })).map(({ id }) => id)).toEqual(['listed'])
    expect(await findEntity(store, 'adset', 'deleted')).toMatchObject({ status: 'DELETED', learnedAt: 3 })
    const listed = async (status: string) => (await listEntities(store, { level: 'adset', limit: 9, status })).map(({ id }) => id)
    // The archived one is archived through its campaign; its own status is ACTIVE.
    expect([await listed('ACTIVE'), await listed('ARCHIVED'), await listed('DELETED')]).toEqual([
      ['listed'],
      ['archived'],
      ['deleted'],
    ])
  })

  test('a row names its campaign and ad set, and an earlier row without them gets them', async () => {
    const store = await temporaryStore()
    await save(store, 1, [insightOf()])
    expect(await save(store, 2, [insightOf({ campaignId: '110001', adsetId: '120001' })])).toMatchObject({ revised: 1 })
    expect(await read(store)).toMatchObject([{ campaignId: '110001', adsetId: '120001' }])
    const total = insightOf({ entityId: 'act_1' })
    await saveInsights(store, { ...RANGE, level: 'account', resolution: 'day', rows: [total], learnedAt: 3 })
    const nothing = { ...RANGE, level: 'account', resolution: 'day', rows: [], learnedAt: 4 } as const
    expect(await saveInsights(store, nothing)).toMatchObject({ removed: 1 })
  })

  test('saving days does not affect hours, nor the other way round', async () => {
    const store = await temporaryStore()
    await save(store, 1, [insightOf()])
    const hours = [insightOf({ hour: 0, spend: 1 }), insightOf({ hour: 23, spend: 2 })]
    await saveInsights(store, { ...RANGE, resolution: 'hour', rows: hours, learnedAt: 2 })
    expect(await save(store, 3, [insightOf()])).toMatchObject({ unchanged: 1, removed: 0 })
    expect(await read(store, { resolution: 'hour' })).toMatchObject([{ hour: 0 }, { hour: 23 }])
    expect(await read(store)).toMatchObject([{ hour: null }])
  })

  test('a row outside of the requested range is refused, and so is an hour among days', () => {
    const store = null as unknown as Store
    expect(() => save(store, 1, [insightOf({ day: '2026-04-01' })])).toThrow('contain a row of 2026-04-01')
    expect(() => save(store, 1, [insightOf({ hour: 3 })])).toThrow('hour 3')
  })

  test('an older answer never replaces a newer one', async () => {
    const store = await temporaryStore()
    await list(store, ['120001'])
    await save(store, 20, [insightOf({ spend: 2 })])
    expect(await save(store, 10, [insightOf({ spend: 1 })])).toMatchObject({ outdated: 1 })
    expect(await save(store, 10, [])).toMatchObject({ outdated: 1 })
    expect(await read(store)).toMatchObject([{ spend: 2 }])
  })

  test('half a minor unit or an invalid day is refused, and nothing of the answer is stored', async () => {
    const store = await temporaryStore()
    await expect(save(store, 1, [insightOf({ entityId: 'a' }), insightOf({ spend: 0.5 })])).rejects.toThrow()
    await expect(save(store, 1, [insightOf({ entityId: 'a' }), insightOf({ day: '2026-03-1' })])).rejects.toThrow()
    expect(await read(store)).toEqual([])
  })
})

describe('reading', () => {
  test('filters by entity, and pages by day, entity and hour', async () => {
    const store = await temporaryStore()
    const rows = ['2026-03-01', '2026-03-02'].flatMap((day) => ['a', 'b', 'c'].map((entityId) => insightOf({ day, entityId })))
    await save(store, 1, rows)
    expect((await read(store, { entityId: 'b' })).map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-02'])
    const first = await read(store, { limit: 4, knownAt: 5 })
    const rest = await read(store, { limit: 4, after: first.at(-1), knownAt: 5 })
    expect([...first, ...rest].map(({ day, entityId }) => ({ day, entityId }))).toEqual(
      rows.map(({ day, entityId }) => ({ day, entityId })),
    )
  })
})

/** Days 1 to 4 of March, two ad sets and small numbers, so that syncs often overlap. */
const day = fc.integer({ min: 1, max: 4 })
const sync = fc.record({
  range: fc.tuple(day, day),
  cells: fc.array(fc.record({ day, entityId: fc.constantFrom('a', 'b'), spend: fc.integer({ min: 0, max: 2 }) }), {
    maxLength: 8,
  }),
})
const dayText = (number: number) => `2026-03-0${number}`

test('whatever was synced, reading as of a moment returns exactly what was known then', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sync, { minLength: 1, maxLength: 6 }), async (syncs) => {
      const store = await temporaryStore()
      await list(store, ['a', 'b'])
      const known = new Map<string, number>()
      const expected: string[][] = []
      for (const [index, { range, cells }] of syncs.entries()) {
        const [since, until] = [Math.min(...range), Math.max(...range)]
        const inRange = cells.filter((cell) => cell.day >= since && cell.day <= until)
        for (const key of [...known.keys()]) if (Number(key[0]) >= since && Number(key[0]) <= until) known.delete(key)
        for (const cell of inRange) known.set(`${cell.day}${cell.entityId}`, cell.spend)
        expected.push([...known].map(([key, spend]) => `${key}=${spend}`).sort())
        const rows = inRange.map((cell) => insightOf({ ...cell, day: dayText(cell.day) }))
        await saveInsights(store, {
          ...{ account: 'moda-tr', level: 'adset', since: dayText(since), until: dayText(until) },
          ...{ resolution: 'day', rows, learnedAt: index + 1 },
        })
      }
      for (const [index, cells] of expected.entries()) {
        const rows = await read(store, { knownAt: index + 1 })
        expect(rows.map((row) => `${Number(row.day.slice(-2))}${row.entityId}=${row.spend}`).sort()).toEqual(cells)
      }
      expect(await read(store)).toEqual(await read(store, { knownAt: syncs.length }))
    }),
    { numRuns: 60 },
  )
})
