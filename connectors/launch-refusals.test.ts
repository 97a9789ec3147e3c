/** Refusals of launches, by the client against the sandbox: each has Meta's code, and nothing was created. */

import { describe, expect, it } from 'vitest'

import { IDENTITY } from '../sandbox/base/identity.js'
import {
  ACCOUNT,
  adFields,
  adsetFields,
  campaignFields,
  clock,
  failure,
  image,
  launched,
  linkCreative,
  meta,
  MINUTE,
  named,
  TARGETING,
} from '../test/conformance/launch-sandbox.js'
import type { ObjectFields } from './meta/launch-object.js'

describe('Meta refuses', () => {
  const sales = { objective: 'OUTCOME_SALES' }
  const refusedCampaigns: readonly [string, ObjectFields, number | null][] = [
    ['no word on budget sharing', { is_adset_budget_sharing_enabled: null }, 4834011],
    ['sharing together with a budget', { is_adset_budget_sharing_enabled: true, daily_budget: '100000' }, 4834002],
    ['sharing without a bid strategy', { is_adset_budget_sharing_enabled: true }, 4834005],
    ['too low a budget', { is_adset_budget_sharing_enabled: null, daily_budget: '100' }, 1885272],
    ['too low a limit', { spend_cap: '1000' }, 2446307],
    ['no special ad categories', { special_ad_categories: null }, null],
    ['a category without its country', { special_ad_categories: ['HOUSING'] }, null],
    ['an objective of old', { objective: 'CONVERSIONS' }, null],
    ['a parameter that there is not', { smart_promotion_type: 'GUIDED_CREATION' }, null],
    ['a status of later', { ...sales, status: 'ARCHIVED' }, null],
  ]
  it.each(refusedCampaigns)('a campaign: %s', async (_what, more, subcode) => {
    const error = await failure(meta().createObject(ACCOUNT, 'campaign', campaignFields(more)))
    expect(error).toMatchObject({ kind: 'invalid-request', code: 100, subcode, mayHaveBeenCarriedOut: false, retryable: false })
    expect(error.message).toMatch(/^Could not create the campaign “.+”: \S/)
  })

  const refusedAdsets: readonly [string, ObjectFields, number | null][] = [
    ['too low a budget', { daily_budget: '100' }, 1885272],
    ['no budget', { daily_budget: null }, null],
    ['two budgets', { lifetime_budget: '1000000', end_time: '2030-01-01T00:00:00+0300' }, null],
    ['a lifetime budget without end', { daily_budget: null, lifetime_budget: '1000000' }, null],
    ['an end that is over', { end_time: '2026-01-01T00:00:00+0300' }, 1487033],
    ['a bid cap without a bid', { bid_strategy: 'COST_CAP' }, 2490487],
    ['a budget below five bids', { bid_strategy: 'LOWEST_COST_WITH_BID_CAP', bid_amount: '20000' }, 1885272],
    ['no place', { targeting: { age_min: 25 } }, 1885364],
    ['no targeting', { targeting: null }, null],
    ['unknown targeting', { targeting: { ...TARGETING, moon_phase: ['full'] } }, null],
    ['an invalid country code', { targeting: { geo_locations: { countries: ['Türkiye'] } } }, null],
    ['a country that there is not', { targeting: { geo_locations: { countries: ['XX'] } } }, null],
    ['a language by its letters', { targeting: { ...TARGETING, locales: ['tr'] } }, null],
    ['an audience of somebody else', { targeting: { ...TARGETING, custom_audiences: [{ id: '42' }] } }, null],
    ['an excluded audience that is not there', { targeting: { ...TARGETING, excluded_custom_audiences: [{ id: '42' }] } }, null],
    ['a pixel of somebody else', { promoted_object: { pixel_id: '42', custom_event_type: 'PURCHASE' } }, null],
    [
      'a return of ads that do not look for value',
      { bid_strategy: 'LOWEST_COST_WITH_MIN_ROAS', bid_constraints: { roas_average_floor: 20_000 } },
      null,
    ],
    ['ages the wrong way round', { targeting: { ...TARGETING, age_min: 50, age_max: 20 } }, null],
    ['a position that is gone', { targeting: { ...TARGETING, instagram_positions: ['explore'] } }, null],
    ['the EU without beneficiary', { targeting: { ...TARGETING, geo_locations: { countries: ['DE'] } } }, 3858081],
    [
      'the EU without payor',
      { targeting: { ...TARGETING, geo_locations: { countries: ['DE'] } }, dsa_beneficiary: 'x' },
      3858079,
    ],
    ['a goal of another objective', { optimization_goal: 'PAGE_LIKES' }, 2490408],
    ['a destination of another goal', { destination_type: 'WHATSAPP' }, 2490408],
    ['nothing promoted', { promoted_object: null }, null],
    ['something else promoted', { promoted_object: { page_id: '1' } }, null],
    ['a parent that is not there', { campaign_id: '42' }, null],
  ]
  it.each(refusedAdsets)('an ad set: %s', async (_what, more, subcode) => {
    const client = meta()
    const campaign = (await client.createObject(ACCOUNT, 'campaign', campaignFields())).id
    const error = await failure(client.createObject(ACCOUNT, 'adset', adsetFields(campaign, more)))
    expect(error).toMatchObject({ kind: 'invalid-request', code: 100, subcode, mayHaveBeenCarriedOut: false })
  })

  it('an ad set’s own budget or bid strategy if the campaign has a budget', async () => {
    const client = meta()
    const fields = campaignFields({ is_adset_budget_sharing_enabled: null, daily_budget: '100000' })
    const campaign = (await client.createObject(ACCOUNT, 'campaign', fields)).id
    const create = (more: ObjectFields) => client.createObject(ACCOUNT, 'adset', adsetFields(campaign, more))
    expect(await failure(create({}))).toMatchObject({ subcode: 1885621 })
    expect(await failure(create({ daily_budget: null, bid_strategy: 'COST_CAP' }))).toMatchObject({ code: 100 })
    const { id } = await create({ daily_budget: null, bid_strategy: null })
    expect(await client.readObject('adset', id)).not.toHaveProperty('daily_budget')
  })

  it('invalid creatives and ads', async () => {
    const client = meta()
    const { adset, creative } = await launched(client)
    const hash = await image(client)
    const video = { page_id: IDENTITY.pageId, video_data: { video_id: '42', image_hash: hash } }
    const refusedCreatives: readonly [ObjectFields, number | null][] = [
      [linkCreative('0'.repeat(32)), null],
      [linkCreative(hash, { link: 'modatr' }), null],
      [linkCreative(hash, { picture: 'https://elsewhere.example/a.jpg' }), 3858258],
      [linkCreative(hash, { call_to_action: 'SHOP_NOW' }), 1373054],
      [linkCreative(hash, { call_to_action: { type: 'SHOP_NEVER' } }), null],
      [linkCreative(hash, { colour: 'red' }), null],
      [linkCreative(hash, { child_attachments: [{ link: 'https://modatr.example', image_hash: hash }] }), null],
      [{ name: 'x' }, null],
      [{ name: 'x', object_story_spec: { link_data: { link: 'https://a.example' } } }, null],
      [{ name: 'x', object_story_spec: { page_id: IDENTITY.pageId } }, null],
      [{ name: 'x', object_story_spec: { page_id: '42', link_data: { link: 'https://a.example' } } }, null],
      [{ name: 'x', object_story_spec: video }, null],
      [{ name: 'x', object_story_spec: { page_id: '1', instagram_actor_id: '2', link_data: {} } }, null],
    ]
    for (const [fields, subcode] of refusedCreatives) {
      const error = await failure(client.createObject(ACCOUNT, 'creative', fields))
      expect(error, JSON.stringify(fields)).toMatchObject({ kind: 'invalid-request', code: 100, subcode })
    }
    const without = (
      await client.createObject(ACCOUNT, 'creative', {
        name: named('Bağlantısız'),
        object_story_spec: { page_id: IDENTITY.pageId, photo_data: { image_hash: hash } },
      })
    ).id
    const refusedAds: readonly [ObjectFields, number | null][] = [
      [adFields(adset, '42'), null],
      [adFields('42', creative), null],
      [adFields(adset, creative, { bid_amount: '100' }), null],
      [adFields(adset, creative, { conversion_domain: 'https://modatr.example' }), null],
      [adFields(adset, creative, { name: 'x'.repeat(401) }), null],
      [adFields(adset, without), 2446383],
    ]
    for (const [fields, subcode] of refusedAds) {
      const error = await failure(client.createObject(ACCOUNT, 'ad', fields))
      expect(error, JSON.stringify(fields)).toMatchObject({ kind: 'invalid-request', code: 100, subcode })
    }
  })

  it('to activate an ad that was rejected in review, until it has another creative', async () => {
    const client = meta()
    const { adset, creative } = await launched(client)
    const hash = await image(client)
    const bad = (
      await client.createObject(ACCOUNT, 'creative', linkCreative(hash, { link: 'https://shop.disapproved.example/' }))
    ).id
    const { id } = await client.createObject(ACCOUNT, 'ad', adFields(adset, bad))
    clock.now += MINUTE
    const read = await client.readObject('ad', id)
    expect(read).toMatchObject({ effective_status: 'DISAPPROVED', issues_info: [{ level: 'AD', error_type: 'HARD_ERROR' }] })
    expect(await failure(client.updateStatus(id, 'ACTIVE'))).toMatchObject({ subcode: 2490427 })
    await client.updateObject(id, { creative: { creative_id: creative }, status: 'ACTIVE' })
    expect(await client.readObject('ad', id)).toMatchObject({ effective_status: 'PENDING_REVIEW', status: 'ACTIVE' })
  })

  it('the fifty-first ad of an ad set', async () => {
    const client = meta()
    const { adset, creative } = await launched(client)
    for (let count = 1; count < 50; count += 1) {
      clock.now += 100
      await client.createObject(ACCOUNT, 'ad', adFields(adset, creative))
    }
    const error = await failure(client.createObject(ACCOUNT, 'ad', adFields(adset, creative)))
    expect(error).toMatchObject({ code: 100, userTitle: 'Too many objects' })
  })
})
