import { expect, it } from 'vitest'

import { ACCOUNT, type ErrorAnswer, start } from '../test-client.js'
import { adsetId, campaignIdAt } from '../world/seed.js'

const SOURCE = adsetId('kadin-genis')
const COPIES = `/v27.0/${SOURCE}/copies`

interface Copy {
  copied_adset_id: string
  ad_object_ids: { ad_object_type: string; source_id: string; copied_id: string }[]
}

it('copies an ad set with its ads, paused, with a name that can be found again', async () => {
  const client = await start()
  const rename_options = { rename_strategy: 'ONLY_TOP_LEVEL_RENAME', rename_suffix: ' | kopya 1a2b' }
  const { body } = await client.post<Copy>(COPIES, { deep_copy: true, status_option: 'PAUSED', rename_options })
  expect(body.ad_object_ids.map(({ ad_object_type }) => ad_object_type)).toEqual(['ad_set', 'ad', 'ad'])
  const copy = await client.get<Record<string, unknown>>(`/v27.0/${body.copied_adset_id}`, {
    fields: 'name,status,daily_budget,campaign_id,source_adset_id,ads{name,status}',
  })
  expect(copy.body).toMatchObject({
    name: 'Kadın 25-44 | Geniş | kopya 1a2b',
    status: 'PAUSED',
    daily_budget: '120000',
    campaign_id: campaignIdAt(0),
    source_adset_id: SOURCE,
  })
  const { body: listed } = await client.get<{ data: { id: string }[] }>(COPIES, { fields: 'id,name' })
  expect(listed.data.map(({ id }) => id)).toEqual([body.copied_adset_id])
})

it('makes a second copy if the call is repeated, as every create does', async () => {
  const client = await start()
  for (let time = 0; time < 2; time += 1) await client.post(COPIES, {})
  const { body } = await client.get<{ data: { name: string }[] }>(COPIES, { fields: 'name,status' })
  expect(body.data.map(({ name }) => name)).toEqual(['Kadın 25-44 | Geniş - Copy', 'Kadın 25-44 | Geniş - Copy'])
})

it('refuses to copy more than three objects at once, the top one included', async () => {
  const client = await start()
  const { body: ads } = await client.get<{ data: { id: string }[] }>(`/v27.0/${SOURCE}/ads`)
  await client.post(`/v27.0/${ads.data[0]!.id}/copies`, {})
  const four = await client.post<ErrorAnswer>(COPIES, { deep_copy: true })
  expect(four.body.error).toMatchObject({ code: 100, error_subcode: 1885194 })
  const large = await client.post<ErrorAnswer>(`/v27.0/${campaignIdAt(0)}/copies`, { deep_copy: true })
  expect(large.body.error).toMatchObject({ code: 100, error_subcode: 1885194 })
})

it('adds labels to the existing ones, once each', async () => {
  const client = await start()
  const label = (names: string[]) => client.post(`/v27.0/${SOURCE}/adlabels`, { adlabels: names.map((name) => ({ name })) })
  await label(['kazanan'])
  await label(['kazanan', 'yaz'])
  const { body } = await client.get<{ adlabels: { name: string }[] }>(`/v27.0/${SOURCE}`, { fields: 'adlabels{id,name}' })
  expect(body.adlabels.map(({ name }) => name)).toEqual(['kazanan', 'yaz'])
})

it('accepts a bid amount only if the bid strategy has one', async () => {
  const client = await start()
  const bid = (key: string) => client.post<ErrorAnswer>(`/v27.0/${adsetId(key)}`, { bid_amount: '8000' })
  expect((await bid('benzer-1')).body).toEqual({ success: true })
  expect((await bid('kadin-genis')).body.error.message).toContain('takes no bid amount')
})

it('lists automated rules in pages', async () => {
  const client = await start()
  const first = await client.get<{ data: { id: string; name: string }[]; paging: { cursors: { after: string }; next?: string } }>(
    `${ACCOUNT}/adrules_library`,
    { fields: 'name,status', limit: '4' },
  )
  expect(first.body.data).toHaveLength(4)
  const rest = await client.get<{ data: unknown[]; paging: { next?: string } }>(`${ACCOUNT}/adrules_library`, {
    fields: 'name',
    after: first.body.paging.cursors.after,
  })
  expect([first.body.paging.next === undefined, rest.body.data.length, rest.body.paging.next]).toEqual([false, 3, undefined])
})
