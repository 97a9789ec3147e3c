import { expect, it } from 'vitest'

import { SCENE } from '../delivery/scene.js'
import { ACCOUNT, type Client, type ErrorAnswer, start } from '../test-client.js'
import { adsetId, campaignIdAt } from '../world/seed.js'

interface Listing {
  data: Array<Record<string, unknown>>
  paging?: { next?: string; cursors: { after: string } }
  summary?: { total_count: number }
}

async function walk(
  client: Client,
  path: string,
  parameters: Record<string, unknown>,
): Promise<{ ids: unknown[]; pages: number }> {
  let { body } = await client.get<Listing>(path, parameters)
  const ids = body.data.map(({ id }) => id)
  let pages = 1
  while (body.paging?.next !== undefined) {
    body = (await (await fetch(body.paging.next)).json()) as Listing
    ids.push(...body.data.map(({ id }) => id))
    pages += 1
  }
  return { ids, pages }
}

it('pages contain every object once, and the last page has no `next`', async () => {
  const client = await start()
  const whole = await walk(client, `${ACCOUNT}/ads`, { limit: '500' })
  expect(whole).toMatchObject({ pages: 1 })
  expect(new Set(whole.ids).size).toBe(24)
  const cut = await walk(client, `${ACCOUNT}/ads`, { limit: '5', fields: 'id' })
  expect(cut).toEqual({ ids: whole.ids, pages: 5 })
  expect((await walk(client, `${ACCOUNT}/ads`, { limit: '8' })).pages).toBe(3)
})

it('expands objects and edges within each other', async () => {
  const client = await start()
  const { body } = await client.get<Record<string, unknown>>(`/v27.0/${campaignIdAt(0)}`, {
    fields: 'name,adsets.limit(1){name,campaign{name},ads{creative{name}}},insights.date_preset(yesterday){spend}',
  })
  expect(body).toMatchObject({
    name: SCENE[0]?.name,
    adsets: {
      data: [{ campaign: { name: SCENE[0]?.name }, ads: { data: [{ creative: { id: expect.any(String) as string } }, {}] } }],
    },
    insights: { data: [{ spend: expect.stringMatching(/^\d+(\.\d+)?$/) as string }] },
  })
})

it('returns the count, filters, and omits archived objects unless requested, and deleted ones always', async () => {
  const client = await start()
  const id = adsetId('followers')
  expect((await client.get<Listing>(`${ACCOUNT}/adsets`, { summary: 'true' })).body.summary).toEqual({ total_count: 12 })
  expect((await client.send('DELETE', `/v27.0/${id}?access_token=sandbox-token`)).body).toEqual({ success: true })
  expect((await walk(client, `${ACCOUNT}/adsets`, {})).ids).not.toContain(id)
  const deleted = await client.get<ErrorAnswer>(`${ACCOUNT}/adsets`, { effective_status: ['DELETED'] })
  expect(deleted.body.error).toMatchObject({ code: 100, error_subcode: 1815001 })
  expect((await client.get(`/v27.0/${id}`, { fields: 'name,status,campaign_id,optimization_goal' })).body).toMatchObject({
    status: 'DELETED',
    campaign_id: campaignIdAt(3),
    optimization_goal: expect.any(String) as string,
  })
  const filtering = [{ field: 'campaign.id', operator: 'IN', value: [campaignIdAt(1)] }]
  expect((await walk(client, `${ACCOUNT}/adsets`, { filtering })).ids.length).toBe(3)
  expect(
    (await walk(client, `${ACCOUNT}/ads`, { filtering: [{ field: 'adset.name', operator: 'CONTAIN', value: 'benzer' }] })).ids
      .length,
  ).toBe(2)
  await client.post(`/v27.0/${adsetId('benzer-1')}`, { status: 'ARCHIVED' })
  expect((await walk(client, `${ACCOUNT}/adsets`, { effective_status: ['ARCHIVED'] })).ids).toEqual([adsetId('benzer-1')])
})

it('a parent’s pause changes the effective status of its children, but not their own status', async () => {
  const client = await start()
  const status = async (path: string): Promise<unknown> =>
    (await client.get<Record<string, unknown>>(path, { fields: 'status,effective_status' })).body
  const adset = `/v27.0/${adsetId('benzer-1')}`
  const ad = `/v27.0/${String((await walk(client, `${adset}/ads`, {})).ids[0])}`
  await client.post(adset, { status: 'PAUSED' })
  expect(await status(ad)).toMatchObject({ status: 'ACTIVE', effective_status: 'ADSET_PAUSED' })
  await client.post(adset, { status: 'ACTIVE' })
  await client.post(`/v27.0/${campaignIdAt(0)}`, { status: 'PAUSED' })
  expect(await status(adset)).toMatchObject({ status: 'ACTIVE', effective_status: 'CAMPAIGN_PAUSED' })
  expect(await status(ad)).toMatchObject({ status: 'ACTIVE', effective_status: 'CAMPAIGN_PAUSED' })
})
