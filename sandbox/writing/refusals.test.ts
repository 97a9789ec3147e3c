/** References to assets that do not exist or do not belong to the account are refused everywhere. */

import { describe, expect, it } from 'vitest'

import { assetsOf } from '../accounts/assets.js'
import { MODA } from '../accounts/moda.js'
import { IDENTITY } from '../base/identity.js'
import { ACCOUNT, type Client, type ErrorAnswer, NEW_ADSET, NEW_CAMPAIGN, start } from '../test-client.js'
import { adsetId, campaignIdAt } from '../world/seed.js'

const CAMPAIGN = { ...NEW_CAMPAIGN, status: 'PAUSED' }
const ADSET = { ...NEW_ADSET, campaign_id: campaignIdAt(0) }
const AUDIENCE = assetsOf(MODA).find(({ type }) => type === 'CustomAudience')!.id
const INSTAGRAM_POST = assetsOf(MODA).find(({ type }) => type === 'IGMedia')!.id
const card = (name: string) => ({ link: 'https://modatr.example', name })
const template = (more: object) => ({
  name: 'C',
  object_story_spec: { page_id: IDENTITY.pageId, template_data: { link: 'https://modatr.example', ...more } },
})
const POST = { name: 'G', object_story_id: `${IDENTITY.pageId}_1` }

type Case = [what: string, edge: string, good: Record<string, unknown>, bad: Record<string, unknown>]

const targeted = (good: object, bad: object): [Record<string, unknown>, Record<string, unknown>] => [
  { ...ADSET, targeting: { ...ADSET.targeting, ...good } },
  { ...ADSET, targeting: { ...ADSET.targeting, ...bad } },
]

const CREATED: Case[] = [
  [
    'an audience within flexible_spec',
    'adsets',
    ...targeted(
      { flexible_spec: [{ custom_audiences: [{ id: AUDIENCE }] }] },
      { flexible_spec: [{ custom_audiences: [{ id: '1' }] }] },
    ),
  ],
  [
    'an audience within exclusions',
    'adsets',
    ...targeted({ exclusions: { custom_audiences: [{ id: AUDIENCE }] } }, { exclusions: { custom_audiences: [{ id: '1' }] } }),
  ],
  [
    'an unknown key within flexible_spec',
    'adsets',
    ...targeted({ flexible_spec: [{ interests: [{ id: '6003' }] }] }, { flexible_spec: [{ nonsense: [{ id: '6003' }] }] }),
  ],
  [
    'a country that is left out',
    'adsets',
    ...targeted({ excluded_geo_locations: { countries: ['DE'] } }, { excluded_geo_locations: { countries: ['XX'] } }),
  ],
  [
    'the country of a place',
    'adsets',
    ...targeted(
      { geo_locations: { zips: [{ key: 'US:10115' }], cities: [{ key: '2', country: 'TR' }] } },
      { geo_locations: { zips: [{ key: 'XX:10115' }] } },
    ),
  ],
  [
    'a group of countries',
    'adsets',
    ...targeted({ geo_locations: { country_groups: ['asia', 'mercosur'] } }, { geo_locations: { country_groups: ['nonsense'] } }),
  ],
  [
    'a country of a special category',
    'campaigns',
    { ...CAMPAIGN, special_ad_categories: ['HOUSING'], special_ad_category_country: ['TR'] },
    { ...CAMPAIGN, special_ad_categories: ['HOUSING'], special_ad_category_country: ['XX'] },
  ],
  [
    'a campaign’s pixel',
    'campaigns',
    { ...CAMPAIGN, promoted_object: { pixel_id: IDENTITY.pixelId } },
    { ...CAMPAIGN, promoted_object: { pixel_id: '1' } },
  ],
  ['the page of a post', 'adcreatives', POST, { ...POST, object_story_id: '1_2' }],
  ['a post without its page', 'adcreatives', POST, { ...POST, object_story_id: '12' }],
  ['a post on Instagram', 'adcreatives', { source_instagram_media_id: INSTAGRAM_POST }, { source_instagram_media_id: '999' }],
  ['the actor', 'adcreatives', { ...POST, actor_id: IDENTITY.pageId }, { ...POST, actor_id: '1' }],
  [
    'the number of a template’s cards',
    'adcreatives',
    template({ child_attachments: [card('a'), { name: '{{product.name}}' }] }),
    template({ child_attachments: [card('a')] }),
  ],
  ['a template’s key', 'adcreatives', template({ message: '{{product.name}}' }), template({ nonsense: 1 })],
  [
    'the pixel that is tracked',
    'ads',
    { name: 'A', adset_id: adsetId('kadin-genis'), creative: template({}), tracking_specs: [{ fb_pixel: [IDENTITY.pixelId] }] },
    { name: 'A', adset_id: adsetId('kadin-genis'), creative: template({}), tracking_specs: [{ fb_pixel: ['1'] }] },
  ],
]

it.each(CREATED)('%s is checked when an object is created', async (_what, edge, good, bad) => {
  const client = await start()
  const refused = await client.post<ErrorAnswer>(`${ACCOUNT}/${edge}`, bad)
  expect([refused.status, refused.body.error?.code]).toEqual([400, 100])
  expect(await client.requests('?effects=true')).toEqual([])
  const made = await client.post<{ id?: string }>(`${ACCOUNT}/${edge}`, good)
  expect(made.body).toEqual({ id: expect.any(String) as string })
})

describe('when an object is updated', () => {
  const change = async (client: Client, id: string, values: Record<string, unknown>) => {
    const { status, body } = await client.post<Partial<ErrorAnswer>>(`/v27.0/${id}`, values)
    return [status, body.error?.code]
  }

  it.each<[what: string, id: string, good: Record<string, unknown>, bad: Record<string, unknown>]>([
    [
      'an audience within flexible_spec',
      adsetId('kadin-genis'),
      { targeting: { ...ADSET.targeting, flexible_spec: [{ custom_audiences: [AUDIENCE] }] } },
      { targeting: { ...ADSET.targeting, flexible_spec: [{ custom_audiences: ['1'] }] } },
    ],
    [
      'a country that is left out',
      adsetId('kadin-genis'),
      { targeting: { ...ADSET.targeting, excluded_geo_locations: { countries: ['DE'] } } },
      { targeting: { ...ADSET.targeting, excluded_geo_locations: { countries: ['XX'] } } },
    ],
    [
      'a country of a special category',
      campaignIdAt(1),
      { special_ad_category_country: ['TR'] },
      { special_ad_category_country: ['XX'] },
    ],
    [
      'a campaign’s pixel',
      campaignIdAt(1),
      { promoted_object: { pixel_id: IDENTITY.pixelId } },
      { promoted_object: { pixel_id: '1' } },
    ],
  ])('%s is looked at', async (_what, id, good, bad) => {
    const client = await start()
    expect(await change(client, id, bad)).toEqual([400, 100])
    expect(await change(client, id, good)).toEqual([200, undefined])
  })

  it('a campaign refuses a bid strategy that the goals of its ad sets do not support', async () => {
    const client = await start()
    const strategy = { bid_strategy: 'LOWEST_COST_WITH_MIN_ROAS' }
    const empty = await client.post<{ id: string }>(`${ACCOUNT}/campaigns`, {
      name: 'Boş',
      objective: 'OUTCOME_SALES',
      special_ad_categories: [],
      daily_budget: 900_000,
    })
    expect(await change(client, campaignIdAt(1), strategy)).toEqual([400, 100])
    expect(await change(client, empty.body.id, strategy)).toEqual([200, undefined])
    // Neither can an ad set be copied into a campaign with such a strategy.
    const copied = await client.post<ErrorAnswer>(`/v27.0/${adsetId('kadin-genis')}/copies`, { campaign_id: empty.body.id })
    expect([copied.status, copied.body.error?.code]).toEqual([400, 100])
  })
})

it('an estimate is refused for the same reasons', async () => {
  const client = await start()
  const ask = async (edge: string, targeting: object, more: Record<string, unknown> = {}) =>
    (await client.get(`${ACCOUNT}/${edge}`, { ...more, targeting_spec: { ...ADSET.targeting, ...targeting } })).status
  const goal = { optimization_goal: 'REACH' }
  expect(await ask('reachestimate', { exclusions: { custom_audiences: [{ id: '1' }] } })).toBe(400)
  expect(await ask('delivery_estimate', { excluded_geo_locations: { countries: ['XX'] } }, goal)).toBe(400)
  expect(await ask('delivery_estimate', {}, { ...goal, promoted_object: { pixel_id: '1' } })).toBe(400)
  expect(await ask('delivery_estimate', {}, { ...goal, promoted_object: { pixel_id: IDENTITY.pixelId } })).toBe(200)
})

it('an Instagram account lists the posts that an ad may use, and a pixel’s documented edges are empty', async () => {
  const client = await start()
  const { body } = await client.get<{ data: { id: string }[] }>(`${ACCOUNT}/instagram_accounts`)
  const pixel = await client.get(`/v27.0/${IDENTITY.pixelId}/shared_accounts`)
  expect(pixel.body).toEqual({ data: [] })
  expect((await client.get(`/v27.0/${IDENTITY.pixelId}/nonsense`)).status).toBe(400)
  const posts = await client.get<{ data: { id: string }[] }>(`/v27.0/${body.data[0]!.id}/media`, { fields: 'caption' })
  expect(posts.body.data.map(({ id }) => id)).toContain(INSTAGRAM_POST)
})
