import { expect, it } from 'vitest'

import { IDENTITY } from '../../../sandbox/base/identity.js'
import { fieldsOf } from '../../../sandbox/catalog/catalog.js'
import { Clock, start } from '../../../sandbox/test-client.js'
import { adsetId, campaignIdAt } from '../../../sandbox/world/seed.js'
import { nodeClass, sdkAt } from './sdk.js'

const ACCOUNT = `act_${IDENTITY.accountId}`
const AD = '12021000003' + '0000001'
const NODES: ReadonlyArray<[type: string, id: string]> = [
  ['AdAccount', ACCOUNT],
  ['Campaign', campaignIdAt(0)],
  ['AdSet', adsetId('kadin-genis')],
  ['Ad', AD],
  ['AdCreative', AD.replace('12021000003', '12021000004')],
]

it.each(NODES)('%s is read with all documented fields, and refused with an unknown one', async (type, id) => {
  const { sandbox } = await start({ now: new Clock().now })
  sdkAt(sandbox.url)
  const Type = nodeClass(type)
  const node = await new Type(id).get(Object.values(Type.Fields))
  expect(node._data.id).toBe(id)
  await expect(new Type(id).get(fieldsOf(type))).resolves.toBeDefined()
  await expect(new Type(id).get(['nonsense'])).rejects.toMatchObject({ status: 400, response: { code: 100 } })
})

it('insights are read with all fields, and fields without a value are omitted', async () => {
  const { sandbox } = await start({ now: new Clock().now })
  sdkAt(sandbox.url)
  const rows = await new (nodeClass('AdAccount'))(ACCOUNT).getInsights(Object.values(nodeClass('AdsInsights').Fields), {
    date_preset: 'last_7d',
  })
  expect(rows[0]?._data).toMatchObject({ account_id: IDENTITY.accountId, spend: expect.stringMatching(/^\d/) as unknown })
  expect(rows[0]?._data).not.toHaveProperty('auction_bid')
})

const EDGES: ReadonlyArray<[edge: string, type: string, count: number]> = [
  ['adspixels', 'AdsPixel', 1],
  ['customaudiences', 'CustomAudience', 3],
  ['customconversions', 'CustomConversion', 1],
  ['promote_pages', 'Page', 1],
  ['instagram_accounts', 'IGUser', 1],
  // Documented, but empty in the account.
  ['saved_audiences', 'SavedAudience', 0],
]

it.each(EDGES)('%s are listed under the account, and each is read by id with all fields', async (edge, type, count) => {
  const { sandbox } = await start()
  const account = new (nodeClass('AdAccount'))(ACCOUNT, {}, undefined, sdkAt(sandbox.url))
  const Type = nodeClass(type)
  const listed = await account.getEdge(Type, ['id'], {}, true, `/${edge}`)
  expect(listed.length).toBe(count)
  for (const { id } of listed) expect((await new Type(id).get(Object.values(Type.Fields)))._data).toMatchObject({ id })
})

it('an ad has a preview, and its audience an estimate', async () => {
  const client = await start({ now: new Clock().now })
  const read = async <T>(path: string, parameters: object): Promise<T> =>
    (await client.get<{ data: T }>(`/v27.0/${path}`, { ...parameters })).body.data
  const [preview] = await read<{ body: string }[]>(`${AD}/previews`, { ad_format: 'MOBILE_FEED_STANDARD' })
  expect(preview?.body).toMatch(/^<iframe .*ad_format=MOBILE_FEED_STANDARD/)
  expect((await client.get(`/v27.0/${AD}/previews`, { ad_format: 'WALL' })).status).toBe(400)
  const [all] = await read<{ estimate_mau_lower_bound: number }[]>(`${adsetId('kadin-genis')}/delivery_estimate`, {})
  const targeting_spec = { geo_locations: { countries: ['TR'] }, age_min: 25, age_max: 30 }
  const [few] = await read<{ estimate_mau_lower_bound: number }[]>(`${ACCOUNT}/delivery_estimate`, {
    targeting_spec,
    optimization_goal: 'REACH',
  })
  expect(all?.estimate_mau_lower_bound).toBeGreaterThan(few?.estimate_mau_lower_bound ?? Infinity)
  const reach = await read<{ users_lower_bound: number }>(`${ACCOUNT}/reachestimate`, { targeting_spec })
  expect(reach.users_lower_bound).toBe(few?.estimate_mau_lower_bound)
})
