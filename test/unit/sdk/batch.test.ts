import type { APIResponse } from 'facebook-nodejs-business-sdk'
import { expect, it } from 'vitest'

import { IDENTITY } from '../../../sandbox/base/identity.js'
import { withResults } from '../../../sandbox/http/batch-results.js'
import { type Client, Clock, type ErrorAnswer, start } from '../../../sandbox/test-client.js'
import { adsetId, campaignIdAt } from '../../../sandbox/world/seed.js'
import { sdk, sdkAt } from './sdk.js'

const ACCOUNT = `act_${IDENTITY.accountId}`
const ADSET = adsetId('kadin-genis')

interface Item {
  readonly code: number
  readonly headers?: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly body: string
}

const send = async (client: Client, batch: readonly object[], more: object = {}): Promise<Array<Item | null>> =>
  (await client.post<Array<Item | null>>('/v27.0/', { batch, ...more })).body
const bodyOf = <T>(item: Item | null | undefined): T => JSON.parse(item?.body ?? 'null') as T

it('the SDK reads and changes objects in one batch, and gets the failures separately', async () => {
  const client = await start({ now: new Clock().now })
  const batch = new sdk.FacebookAdsApiBatch(sdkAt(client.sandbox.url))
  const answers: APIResponse[] = []
  const keep = (answer: APIResponse): void => void answers.push(answer)
  batch.addRequest(new sdk.APIRequest(ADSET, 'GET', '').addParams({}).addFields(['name', 'daily_budget']), keep, keep)
  batch.addRequest(new sdk.APIRequest(ACCOUNT, 'GET', 'ads').addParams({ limit: 2 }).addFields(['name']), keep, keep)
  batch.addRequest(new sdk.APIRequest(ADSET, 'POST', '').addParams({ status: 'PAUSED' }), keep, keep)
  batch.addRequest(new sdk.APIRequest(ADSET, 'POST', '').addParams({ status: 'STOPPED' }), keep, keep)
  expect(await batch.execute()).toBeNull()
  expect(answers.map(({ isSuccess }) => isSuccess)).toEqual([true, true, true, false])
  expect(answers[0]?.body).toMatchObject({ id: ADSET, daily_budget: '120000' })
  expect((await client.get(`/v27.0/${ADSET}`, { fields: 'status' })).body).toMatchObject({ status: 'PAUSED' })
  expect((await client.send('GET', '/sandbox/swallowed')).body).toEqual({ swallowed: [] })
})

it('a later request uses values from the response of an earlier one, which is then omitted', async () => {
  const client = await start({ now: new Clock().now })
  const items = await send(client, [
    {
      method: 'POST',
      name: 'campaign',
      relative_url: `v27.0/${ACCOUNT}/campaigns`,
      body: 'name=Yeni&objective=OUTCOME_SALES&special_ad_categories=%5B%5D&is_adset_budget_sharing_enabled=false&status=PAUSED',
    },
    { method: 'GET', relative_url: '{result=campaign:$.id}?fields=name,status' },
    { method: 'POST', relative_url: `${ADSET}/copies`, body: `campaign_id=${encodeURIComponent('{result=campaign:$.id}')}` },
    { method: 'GET', name: 'sets', relative_url: `${campaignIdAt(0)}/adsets?limit=3`, omit_response_on_success: false },
    { method: 'GET', relative_url: '{result=sets:$.data[1].id}/ads?fields=adset_id' },
  ])
  expect(items.map((item) => item?.code ?? null)).toEqual([null, 200, 200, 200, 200])
  expect(bodyOf(items[1])).toMatchObject({ name: 'Yeni', status: 'PAUSED' })
  const copied = bodyOf<{ copied_adset_id: string }>(items[2]).copied_adset_id
  expect((await client.get(`/v27.0/${copied}`, { fields: 'campaign_id' })).body).toMatchObject({
    campaign_id: bodyOf<{ id: string }>(items[1]).id,
  })
  const sets = bodyOf<{ data: { id: string }[] }>(items[3]).data
  expect(bodyOf<{ data: unknown[] }>(items[4]).data).toMatchObject([{ adset_id: sets[1]?.id }, { adset_id: sets[1]?.id }])
})

it('a reference into a list takes one value or all of them', () => {
  const bodies = new Map([['a', { data: [{ id: '1' }, { id: '2' }] }]])
  expect(withResults('{result=a:$.data.*.id} {result=a:$.data[1].id} {result=a:$.nothing}', bodies)).toBe('1,2 2 ')
})

it('a request that timed out is null, as are those that depend on it; the others are answered', async () => {
  const client = await start({ now: new Clock().now })
  await client.faults({ kind: 'timeout-after-write', match: { method: 'POST', path: ADSET, times: 1 } })
  const items = await send(
    client,
    [
      { method: 'POST', name: 'pause', relative_url: ADSET, body: 'status=PAUSED' },
      { method: 'GET', relative_url: ACCOUNT, depends_on: 'pause' },
      { method: 'GET', relative_url: `/${ADSET}/?fields=status` },
    ],
    { include_headers: false },
  )
  expect(items.slice(0, 2)).toEqual([null, null])
  expect(items[2]).toEqual({ code: 200, body: JSON.stringify({ status: 'PAUSED', id: ADSET }) })
})

it('each request counts towards the limits, is logged by itself, and reports its own usage', async () => {
  const client = await start({ now: new Clock().now, accessTier: 'development_access' })
  const read = { method: 'GET', relative_url: ADSET }
  const first = await send(client, Array<object>(50).fill(read))
  expect(first.map((item) => item?.code)).toEqual(Array(50).fill(200))
  expect(first[49]?.headers?.map(({ name }) => name)).toContain('X-Ad-Account-Usage')
  const second = await send(client, Array<object>(11).fill(read))
  expect(second.map((item) => bodyOf<Partial<ErrorAnswer>>(item).error?.code ?? null)).toEqual([
    ...Array<null>(10).fill(null),
    17,
  ])
  expect((await client.requests(`?path=${ADSET}`)).length).toBe(61)
})

it('more than 50 requests, or what Graph has retired, is refused', async () => {
  const client = await start()
  const read = { method: 'GET', relative_url: ADSET }
  const many = await client.post<ErrorAnswer>('/v27.0', { batch: Array<object>(51).fill(read) })
  expect([many.status, many.body.error.type]).toEqual([400, 'GraphBatchException'])
  for (const [path, parameters] of [
    ['/v27.0/', { ids: `${ADSET},${campaignIdAt(0)}` }],
    [`/v27.0/${ADSET}`, { method: 'delete' }],
    [`/v27.0/${ADSET}`, { callback: 'f' }],
    [`/v27.0/${ADSET}`, { fields: 'name.as(title)' }],
  ] as const) {
    expect((await client.get<ErrorAnswer>(path, parameters)).body.error.code, JSON.stringify(parameters)).toBe(100)
  }
  const later = await client.post<ErrorAnswer>(`/v27.0/${ACCOUNT}/async_batch_requests`, { adbatch: '[]', name: 'x' })
  expect(later.body.error.code).toBe(3)
})
