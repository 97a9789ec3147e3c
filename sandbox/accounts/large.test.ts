import { expect, it } from 'vitest'

import { BoundedCache } from '../base/bounded-cache.js'
import { drawsAfter, uniform } from '../base/random.js'
import { Clock, start } from '../test-client.js'
import { ACCOUNTS } from './accounts.js'
import { largeAccount } from './large.js'

type List = { data: Array<Record<string, string>>; summary: { total_count: number } }

it('the large scene adds an account of 5,000 ads to the agency', async () => {
  const large = largeAccount()
  const ads = large.campaigns.flatMap(({ adsets }) => adsets.flatMap((adset) => adset.ads))
  expect(ads.length).toBe(5_000)
  const client = await start({ now: new Clock().now, scene: 'large' })
  const { body } = await client.get<List>('/v27.0/me/adaccounts', { limit: '100' })
  expect(body.data.length).toBe(ACCOUNTS.length + 1)
  const path = `/v27.0/act_${large.id}`
  const active = await client.get<List>(`${path}/ads`, { effective_status: ['ACTIVE'], limit: '1', summary: 'total_count' })
  expect(active.body.summary.total_count).toBeGreaterThan(1_500)
  const rows = await client.get<List>(`${path}/insights`, { level: 'campaign', date_preset: 'yesterday', limit: '100' })
  expect(rows.body.data.length).toBeGreaterThan(30)
  const agency = await start({ now: new Clock().now })
  expect((await agency.get(path)).status).toBe(400)
})

it('its cache stays within bounds, and keeps recently used values longest', () => {
  const cache = new BoundedCache<number>(3)
  for (let key = 0; key < 100; key++) {
    cache.set(String(key), key)
    expect(cache.get('0'), String(key)).toBe(0)
  }
  expect([cache.get('99'), cache.get('50')]).toEqual([99, undefined])
})

it('`drawsAfter` returns the same numbers as `uniform`', () => {
  for (const seed of [0, 1905, -7]) {
    const draw = drawsAfter(seed, -12, 7)
    for (let about = 0; about < 50; about++) expect(draw(about)).toBe(uniform(seed, -12, 7, about))
  }
})
