import { expect, it } from 'vitest'

import { Clock, type ErrorAnswer, start } from '../test-client.js'
import { adsetId, campaignIdAt } from '../world/seed.js'

const ADSET = `/v27.0/${adsetId('kadin-genis')}`

it('a write can be read back, and the log contains the values before and after', async () => {
  const client = await start()
  expect((await client.post(ADSET, { status: 'PAUSED', daily_budget: '100000' })).body).toEqual({ success: true })
  const { body } = await client.get<Record<string, unknown>>(ADSET, { fields: 'status,daily_budget,lifetime_budget' })
  expect(body).toMatchObject({ status: 'PAUSED', daily_budget: '100000', lifetime_budget: '0' })
  await client.post(ADSET, { status: 'PAUSED' })
  const writes = (await client.requests('?method=POST')).flatMap(({ mutations }) => mutations)
  expect(writes).toEqual([
    { object: adsetId('kadin-genis'), field: 'status', before: 'ACTIVE', after: 'PAUSED' },
    { object: adsetId('kadin-genis'), field: 'daily_budget', before: 120000, after: 100000 },
    { object: adsetId('kadin-genis'), field: 'status', before: 'PAUSED', after: 'PAUSED' },
  ])
})

it('an ad set’s budget can change four times an hour; the fifth attempt blocks it for an hour', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const change = async (daily_budget: number): Promise<unknown> => {
    const { body } = await client.post<Partial<ErrorAnswer> & { success?: true }>(ADSET, { daily_budget })
    return body.success ?? [body.error?.code, body.error?.error_subcode]
  }
  for (const budget of [121_000, 122_000, 123_000, 124_000]) {
    expect(await change(budget)).toBe(true)
    clock.forward(60_000)
  }
  expect(await change(125_000)).toEqual([613, 1487632])
  clock.forward(58 * 60_000)
  expect(await change(125_000)).toEqual([613, 1487632])
  clock.forward(3 * 60_000)
  expect(await change(125_000)).toBe(true)
})

it('a campaign’s own budget may be changed, and `validate_only` changes nothing', async () => {
  const client = await start()
  const campaign = `/v27.0/${campaignIdAt(1)}`
  const budget = async (): Promise<unknown> =>
    (await client.get<Record<string, unknown>>(campaign, { fields: 'daily_budget' })).body.daily_budget
  expect((await client.post(campaign, { daily_budget: '250000', execution_options: ['validate_only'] })).body).toEqual({
    success: true,
  })
  expect(await budget()).toBe('220000')
  await client.post(campaign, { daily_budget: '250000' })
  expect(await budget()).toBe('250000')
})

it.each([
  ['ARCHIVED', 'name', 'new', true],
  ['ARCHIVED', 'status', 'DELETED', true],
  ['ARCHIVED', 'status', 'ACTIVE', 1487056],
  ['DELETED', 'name', 'new', true],
  ['DELETED', 'status', 'ACTIVE', 1487056],
  ['DELETED', 'daily_budget', '130000', 1487056],
])('once %s, setting %s to %s answers %s', async (status, field, value, expected) => {
  const client = await start()
  await client.post(ADSET, { status })
  const { body } = await client.post<Partial<ErrorAnswer> & { success?: true }>(ADSET, { [field]: value })
  expect(body.success ?? body.error?.error_subcode).toBe(expected)
})
