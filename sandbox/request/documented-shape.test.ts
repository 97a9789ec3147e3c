/** Objects within parameters: undocumented keys are dropped and logged, invalid values are refused. */

import { expect, it } from 'vitest'

import { IDENTITY } from '../base/identity.js'
import { ACCOUNT, type Client, type ErrorAnswer, start } from '../test-client.js'
import { adsetId } from '../world/seed.js'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const STORY = { page_id: IDENTITY.pageId, link_data: { link: 'https://modatr.example' } }

async function uploaded(client: Client): Promise<string> {
  const { body } = await client.post<{ images: Record<string, { hash: string }> }>(`${ACCOUNT}/adimages`, { bytes: PNG })
  return Object.values(body.images)[0]!.hash
}

const swallowed = async (client: Client): Promise<string[]> =>
  (await client.send<{ swallowed: { parameters: string[] }[] }>('GET', '/sandbox/swallowed')).body.swallowed.flatMap(
    ({ parameters }) => parameters,
  )

it('unknown keys are dropped at any depth, and logged with their place', async () => {
  const client = await start()
  const hash = await uploaded(client)
  const made = await client.post<{ id: string }>(`${ACCOUNT}/adcreatives`, {
    name: 'C',
    object_story_spec: STORY,
    degrees_of_freedom_spec: {
      nonsense: 1,
      creative_features_spec: {
        image_brightness_and_contrastX: { enroll_status: 'OPT_OUT' },
        image_touchups: { enroll_status: 'OPT_OUT', nonsense: 1 },
      },
    },
    asset_feed_spec: { nonsense: 1, images: [{ hash, nonsense: 1 }], bodies: [{ text: 'a' }] },
    contextual_multi_ads: { enroll_status: 'OPT_OUT', nonsense: 1 },
  })
  const fields = 'degrees_of_freedom_spec,asset_feed_spec,contextual_multi_ads'
  expect((await client.get(`/v27.0/${made.body.id}`, { fields })).body).toEqual({
    id: made.body.id,
    degrees_of_freedom_spec: {
      creative_features_spec: { image_touchups: { enroll_status: 'OPT_OUT' }, product_extensions: { enroll_status: 'OPT_IN' } },
    },
    asset_feed_spec: { images: [{ hash }], bodies: [{ text: 'a' }] },
    contextual_multi_ads: { enroll_status: 'OPT_OUT' },
  })
  expect((await swallowed(client)).sort()).toEqual(
    [
      'contextual_multi_ads[nonsense]',
      'asset_feed_spec[nonsense]',
      'asset_feed_spec[images][0][nonsense]',
      'degrees_of_freedom_spec[nonsense]',
      'degrees_of_freedom_spec[creative_features_spec][image_brightness_and_contrastX]',
      'degrees_of_freedom_spec[creative_features_spec][image_touchups][nonsense]',
    ].sort(),
  )
})

it('so are unknown keys of an ad set when it is updated', async () => {
  const client = await start()
  const adset = `/v27.0/${adsetId('kadin-genis')}`
  const specs = [{ event: 'IMPRESSIONS', interval_days: 7, max_frequency: 2 }]
  await client.post(adset, {
    frequency_control_specs: specs.map((spec) => ({ ...spec, nonsense: 1 })),
    attribution_spec: [{ event_type: 'CLICK_THROUGH', window_days: 1, nonsense: 1 }],
  })
  expect((await client.get(adset, { fields: 'frequency_control_specs,attribution_spec' })).body).toMatchObject({
    frequency_control_specs: specs,
    attribution_spec: [{ event_type: 'CLICK_THROUGH', window_days: 1 }],
  })
  expect(await swallowed(client)).toEqual(['frequency_control_specs[0][nonsense]', 'attribution_spec[0][nonsense]'])
})

it.each([
  ['an enroll_status', { degrees_of_freedom_spec: { creative_features_spec: { image_touchups: { enroll_status: 'NOPE' } } } }],
  ['an enroll_status next to the features', { contextual_multi_ads: { enroll_status: 'NOPE' } }],
  ['a picture of a feed', { asset_feed_spec: { images: [{ hash: 'doesnotexist' }] } }],
  ['a video of a feed', { asset_feed_spec: { videos: [{ video_id: '1' }] } }],
  ['an image next to the story', { image_hash: 'doesnotexist' }],
])('%s that there is not is refused', async (_what, more) => {
  const client = await start()
  const { status, body } = await client.post<ErrorAnswer>(`${ACCOUNT}/adcreatives`, {
    name: 'C',
    object_story_spec: STORY,
    ...more,
  })
  expect([status, body.error?.code]).toEqual([400, 100])
  expect(await client.requests('?effects=true')).toEqual([])
})
