import { describe, expect, test } from 'vitest'

import { lacksPictures, savePictures } from '../../../store/account/ad-pictures.js'
import { saveStructure } from '../../../store/account/entities.js'
import { json, NOW, testApi } from '../../../test/support/api.js'
import { entityOf } from '../../../test/support/rows.js'

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
