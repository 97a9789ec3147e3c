import { expect, it } from 'vitest'

import { IDENTITY } from '../../../sandbox/base/identity.js'
import { type Client, Clock, start } from '../../../sandbox/test-client.js'
import { expectNothingSwallowed } from '../../support/swallowed.js'
import { nodeClass, sdk, sdkAt } from './sdk.js'

const ACCOUNT = `act_${IDENTITY.accountId}`
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
const CAMPAIGN = { objective: 'OUTCOME_SALES', special_ad_categories: [], status: 'PAUSED' }
const ADSET = {
  billing_event: 'IMPRESSIONS',
  optimization_goal: 'OFFSITE_CONVERSIONS',
  promoted_object: { pixel_id: IDENTITY.pixelId, custom_event_type: 'PURCHASE' },
  targeting: { geo_locations: { countries: ['TR'] } },
  status: 'PAUSED',
}
const story = (hash: string) => ({
  page_id: IDENTITY.pageId,
  link_data: { link: 'https://modatr.example', message: 'Yaz', image_hash: hash },
})

const read = async (client: Client, id: string, fields: readonly string[]): Promise<object> =>
  (await client.get<object>(`/v26.0/${id}`, { fields })).body

it('creates a campaign, an ad set, a creative and an ad, and reads back all values', async () => {
  const client = await start({ now: new Clock().now })
  const account = new sdk.AdAccount(ACCOUNT, {}, undefined, sdkAt(client.sandbox.url))
  const image = (await account.createAdImage([], { bytes: PNG }))._data as { images: { bytes: { hash: string } } }
  const { hash } = image.images.bytes
  const campaign = await account.createCampaign([], { ...CAMPAIGN, name: 'Yaz', daily_budget: 500_000 })
  const schedule = [{ start_minute: 540, end_minute: 1320, days: [1, 2, 3, 4, 5], timezone_type: 'ADVERTISER' }]
  const sent = {
    daily_min_spend_target: 10_000,
    daily_spend_cap: 200_000,
    frequency_control_specs: [{ event: 'IMPRESSIONS', interval_days: 7, max_frequency: 2 }],
    is_dynamic_creative: true,
  }
  const adset = await account.createAdSet([], { ...ADSET, ...sent, name: 'Kadın', campaign_id: campaign.id })
  expect(await read(client, adset.id, Object.keys(sent))).toEqual({
    ...sent,
    daily_min_spend_target: '10000',
    daily_spend_cap: '200000',
    id: adset.id,
  })
  const creative = await account.createAdCreative([], { name: 'Görsel', object_story_spec: story(hash) })
  const ad = await account.createAd([], {
    name: 'Reklam',
    adset_id: adset.id,
    creative: { creative_id: creative.id },
    status: 'PAUSED',
  })
  expect(await read(client, ad.id, ['status', 'creative{image_hash}', 'campaign{name}'])).toMatchObject({
    status: 'PAUSED',
    creative: { image_hash: hash },
    campaign: { name: 'Yaz' },
  })
  const lifetime = await account.createCampaign([], { ...CAMPAIGN, name: 'Güz', is_adset_budget_sharing_enabled: false })
  const timed = await account.createAdSet([], {
    ...ADSET,
    name: 'Mesai',
    campaign_id: lifetime.id,
    lifetime_budget: 5_000_000,
    end_time: '2026-04-11T00:00:00+0300',
    adset_schedule: schedule,
    pacing_type: ['day_parting'],
  })
  expect(await read(client, timed.id, ['adset_schedule', 'pacing_type'])).toMatchObject({
    adset_schedule: schedule,
    pacing_type: ['day_parting'],
  })
  await expectNothingSwallowed(client.sandbox.url)
})

it.each([
  ['a spend cap below the minimum spend', { daily_min_spend_target: 20_000, daily_spend_cap: 10_000 }, true],
  ['a daily spend cap without a campaign budget', { daily_budget: 50_000, daily_spend_cap: 40_000 }, false],
  [
    'a schedule without a lifetime budget',
    { daily_budget: 50_000, adset_schedule: [{ start_minute: 0, end_minute: 60, days: [1] }] },
    false,
  ],
  ['an invalid schedule', { daily_budget: 50_000, adset_schedule: [{ start_minute: 0 }] }, false],
])('refuses %s', async (_what, more, hasCampaignBudget) => {
  const client = await start({ now: new Clock().now })
  const account = new sdk.AdAccount(ACCOUNT, {}, undefined, sdkAt(client.sandbox.url))
  const budget = hasCampaignBudget ? { daily_budget: 500_000 } : { is_adset_budget_sharing_enabled: false }
  const campaign = await account.createCampaign([], { ...CAMPAIGN, ...budget, name: 'Yaz' })
  const refused = account.createAdSet([], { ...ADSET, ...more, name: 'Kadın', campaign_id: campaign.id })
  await expect(refused).rejects.toMatchObject({ status: 400, response: { code: 100 } })
})

it('lists images and videos with all fields', async () => {
  const client = await start({ now: new Clock().now })
  const account = new sdk.AdAccount(ACCOUNT, {}, undefined, sdkAt(client.sandbox.url))
  await account.createAdImage([], { bytes: PNG })
  const form = new FormData()
  form.set('source', new Blob([Buffer.alloc(1000)]), 'hero.mp4')
  await fetch(`${client.sandbox.url}/v26.0/${ACCOUNT}/advideos?access_token=${IDENTITY.token}`, { method: 'POST', body: form })
  const fieldsOf = (type: string): string[] => Object.values(nodeClass(type).Fields)
  const [image] = await account.getAdImages(fieldsOf('AdImage'))
  expect(image?._data).toMatchObject({ width: 1, height: 1, status: 'ACTIVE' })
  const [video] = await account.getAdVideos([...fieldsOf('AdVideo'), 'title'])
  expect(video?._data).toMatchObject({ title: 'hero.mp4' })
})
