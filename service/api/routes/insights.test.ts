import { describe, expect, test } from 'vitest'

import { saveInsights } from '../../../store/account/insights.js'
import { json, NOW, testApi } from '../../../test/support/api.js'
import { insightOf } from '../../../test/support/rows.js'

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
