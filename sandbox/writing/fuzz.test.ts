import fc from 'fast-check'
import { expect, it } from 'vitest'

import { IDENTITY } from '../base/identity.js'
import { ACCOUNT, Clock, start } from '../test-client.js'

/** A valid request of each kind, in which one value after the other is replaced. */
const RIGHT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  campaigns: {
    name: 'Yaz',
    objective: 'OUTCOME_SALES',
    special_ad_categories: [],
    special_ad_category_country: ['TR'],
    is_adset_budget_sharing_enabled: false,
    bid_strategy: undefined,
    spend_cap: '5000000',
    adlabels: [{ name: 'yaz' }],
    execution_options: ['validate_only'],
  },
  adsets: {
    name: 'Kadın',
    campaign_id: '',
    daily_budget: 50_000,
    bid_strategy: 'COST_CAP',
    bid_amount: '1000',
    bid_constraints: undefined,
    billing_event: 'IMPRESSIONS',
    optimization_goal: 'OFFSITE_CONVERSIONS',
    promoted_object: { pixel_id: IDENTITY.pixelId, custom_event_type: 'PURCHASE' },
    targeting: {
      geo_locations: { countries: ['TR'], cities: [{ key: '1', country: 'TR' }] },
      custom_audiences: [{ id: '120208000000000001' }],
      instagram_positions: ['story'],
      genders: [1],
      targeting_automation: { advantage_audience: 1 },
    },
    attribution_spec: [{ event_type: 'CLICK_THROUGH', window_days: 7 }],
    start_time: '2026-12-01T09:00:00+0300',
    end_time: '2030-12-01T09:00:00+0300',
    status: 'PAUSED',
  },
  adcreatives: {
    name: 'Karusel',
    object_story_spec: {
      page_id: IDENTITY.pageId,
      link_data: {
        link: 'https://modatr.example',
        message: 'Yaz',
        child_attachments: [
          { link: 'https://modatr.example/1', name: 'Bir' },
          { link: 'https://modatr.example/2', name: 'İki' },
        ],
        call_to_action: { type: 'SHOP_NOW', value: { link: 'https://modatr.example' } },
      },
    },
    degrees_of_freedom_spec: { creative_features_spec: {} },
    url_tags: 'a=b',
  },
  ads: { name: 'Reklam', adset_id: '', creative: { creative_id: '' }, tracking_specs: [{}], conversion_domain: 'modatr.example' },
}

/** Returns the value with another one at a random place within it. */
function displaced(value: unknown, path: readonly number[], other: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined || typeof value !== 'object' || value === null) return other
  const keys = Object.keys(value)
  const key = keys[first % Math.max(1, keys.length)] ?? 'x'
  const changed = displaced((value as Record<string, unknown>)[key], rest, other)
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? changed : item))
  return { ...value, [key]: changed }
}

it('answers any request with a new object or one of Meta’s errors, and never crashes', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const create = (edge: string, fields: unknown) =>
    client.send<{ id?: string; error?: { code: number; message: string } }>(
      'POST',
      `${ACCOUNT}/${edge}?access_token=${IDENTITY.token}`,
      fields,
    )
  const made = async (edge: string, fields: object) => (await create(edge, fields)).body.id ?? ''
  const campaign_id = await made('campaigns', { ...RIGHT.campaigns, execution_options: [] })
  const adset_id = await made('adsets', { ...RIGHT.adsets, campaign_id })
  const creative = { creative_id: await made('adcreatives', RIGHT.adcreatives ?? {}) }
  expect(await made('ads', { ...RIGHT.ads, adset_id, creative })).toMatch(/^\d+$/)
  const right: Record<string, unknown> = {
    ...RIGHT,
    adsets: { ...RIGHT.adsets, campaign_id },
    ads: { ...RIGHT.ads, adset_id, creative },
  }
  const other = fc.oneof(
    fc.constantFrom(null, '', '0', '-1', '999999999999999999', true, 1.5, [], {}, [[]], [null], { id: {} }, [{}], '[', '{"a":'),
    fc.jsonValue(),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(RIGHT)),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
      other,
      async (edge, path, value) => {
        clock.forward(1_000)
        const { status, body } = await create(edge, displaced(right[edge], path, value))
        const shown = JSON.stringify(body)
        expect([200, 400], shown).toContain(status)
        if (status === 400) expect(body.error?.code, shown).toBeGreaterThanOrEqual(100)
      },
    ),
    { numRuns: 400 },
  )
})
