import fc from 'fast-check'
import { expect, test } from 'vitest'

import { openStore } from '../base/store.js'
import { dropUserId, linkUserId, numberOfUserId, recordInbound, windowOpenUntil } from './contacts.js'

type News =
  | { readonly kind: 'link'; readonly waId: string; readonly userId: string; readonly at: number }
  | { readonly kind: 'drop'; readonly userId: string; readonly at: number }

const waId = fc.constantFrom('905550000001', '905550000002')
const userId = fc.constantFrom('TR.1', 'TR.2')
const at = fc.integer({ min: 1, max: 30 })
const news: fc.Arbitrary<News> = fc.oneof(
  fc.record({ kind: fc.constant('link' as const), waId, userId, at }),
  fc.record({ kind: fc.constant('drop' as const), userId, at }),
)

test('webhooks in order leave each user id with the number of its last link, unless that was removed', async () => {
  const property = fc.asyncProperty(fc.uniqueArray(news, { selector: (one) => one.at, maxLength: 12 }), async (list) => {
    const store = await openStore(':memory:')
    const links = new Map<string, string>()
    for (const one of [...list].sort((a, b) => a.at - b.at)) {
      if (one.kind === 'drop') {
        await dropUserId(store, { ...one, waId: null })
        links.delete(one.userId)
        continue
      }
      await linkUserId(store, one)
      for (const [id, number] of links) if (number === one.waId) links.delete(id)
      links.set(one.userId, one.waId)
    }
    for (const id of ['TR.1', 'TR.2']) expect(await numberOfUserId(store, id)).toBe(links.get(id) ?? null)
    await store.close()
  })
  await fc.assert(property, { numRuns: 40 })
})

test('a late webhook does not restore a removed link, nor does one of the same second', async () => {
  const store = await openStore(':memory:')
  await linkUserId(store, { waId: '905550000001', userId: 'TR.1', at: 1_000 })
  await dropUserId(store, { userId: 'TR.1', waId: null, at: 2_000 })
  for (const at of [1_500, 2_000]) await linkUserId(store, { waId: '905550000001', userId: 'TR.1', at })
  expect(await numberOfUserId(store, 'TR.1')).toBe(null)
  await linkUserId(store, { waId: '905550000001', userId: 'TR.2', at: 3_000 })
  expect(await numberOfUserId(store, 'TR.2')).toBe('905550000001')
})

test('a number that never wrote has no window, even if its user id is known', async () => {
  const store = await openStore(':memory:')
  await linkUserId(store, { waId: '905550000001', userId: 'TR.1', at: 1_000 })
  expect(await windowOpenUntil(store, '905550000001')).toBe(null)
  await recordInbound(store, '905550000001', 2_000)
  await recordInbound(store, '905550000001', 1_000)
  expect(await windowOpenUntil(store, '905550000001')).toBe(86_402_000)
  expect(await numberOfUserId(store, 'TR.1')).toBe('905550000001')
})
