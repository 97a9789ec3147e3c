import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { anyLaunch, filesOf, objectsFor, SETTINGS } from '../../../test/support/launches.js'
import { isOptedOut } from '../meta/opt-outs.js'
import { loadLaunches } from '../read/load.js'
import { refsIn } from '../refs.js'
import { objectsOf } from './objects.js'

const SPEC = `launch: summer-sale
account: moda-tr
campaign: { name: "TR | Summer", objective: OUTCOME_SALES, special_ad_categories: [] }
adsets:
  - key: women
    daily_budget: 500 TRY
    optimization_goal: OFFSITE_CONVERSIONS
    promoted_object: { pixel_id: 123, custom_event_type: PURCHASE }
    targeting: { geo_locations: { countries: [TR] }, age_min: 25 }
    start: 2026-12-01 09:00
    end: 2026-12-15 23:59
ads:
  - key: hero
    adsets: [women]
    creative: { page_id: 1, video: media/hero.mp4, text: T, headline: H, link: "https://example.com/s", url_tags: a=b }
`

const load = (text: string) => {
  const { launches, diagnostics } = loadLaunches([{ path: 'specs/a.yaml', text }], SETTINGS)
  expect(diagnostics).toEqual([])
  return launches[0]!
}
const objects = (text: string) => objectsFor(load(text))
const find = (text: string, key: string) => objects(text).find((object) => object.key === key)!

describe('the objects of a launch', () => {
  it('have the parameters of Meta’s create calls, with money in minor units and times in the account’s time zone', () => {
    expect(objects(SPEC).map(({ key }) => key)).toEqual([
      'video/media/hero.mp4',
      'campaign',
      'adset/women',
      'creative/hero',
      'ad/hero/women',
    ])
    expect(find(SPEC, 'campaign').fields).toEqual({
      name: 'TR | Summer',
      objective: 'OUTCOME_SALES',
      special_ad_categories: [],
      is_adset_budget_sharing_enabled: false,
    })
    expect(find(SPEC, 'adset/women')).toMatchObject({
      parent: 'campaign',
      name: 'women',
      fields: {
        name: 'women',
        campaign_id: { $id: 'campaign' },
        optimization_goal: 'OFFSITE_CONVERSIONS',
        promoted_object: { pixel_id: '123', custom_event_type: 'PURCHASE' },
        billing_event: 'IMPRESSIONS',
        daily_budget: 50_000,
        bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
        targeting: { geo_locations: { countries: ['TR'] }, age_min: 25, targeting_automation: { advantage_audience: 0 } },
        start_time: '2026-12-01T09:00:00+0300',
        end_time: '2026-12-15T23:59:00+0300',
      },
    })
    expect(find(SPEC, 'creative/hero').fields).toMatchObject({
      object_story_spec: {
        page_id: '1',
        video_data: {
          video_id: { $id: 'video/media/hero.mp4' },
          image_url: { $thumbnail: 'video/media/hero.mp4' },
          message: 'T',
          title: 'H',
          call_to_action: { type: 'LEARN_MORE', value: { link: 'https://example.com/s' } },
        },
      },
      url_tags: 'a=b',
    })
    expect(find(SPEC, 'ad/hero/women')).toMatchObject({
      parent: 'adset/women',
      fields: { name: 'hero', adset_id: { $id: 'adset/women' }, creative: { creative_id: { $id: 'creative/hero' } } },
    })
  })

  it('list the fields that were filled in, with a reason', () => {
    const filled = objects(SPEC).flatMap((object) => object.filled.map(({ field, value }) => [object.key, field, value]))
    expect(filled).toEqual([
      ['campaign', 'is_adset_budget_sharing_enabled', false],
      ['adset/women', 'billing_event', 'IMPRESSIONS'],
      ['adset/women', 'bid_strategy', 'LOWEST_COST_WITHOUT_CAP'],
      ['adset/women', 'targeting.targeting_automation.advantage_audience', 0],
      ['creative/hero', 'object_story_spec.video_data.call_to_action.type', 'LEARN_MORE'],
      ['creative/hero', 'object_story_spec.video_data.image_url', { $thumbnail: 'video/media/hero.mp4' }],
    ])
    for (const { filled } of objects(SPEC)) for (const { why } of filled) expect(why).toMatch(/^\S.{10,}[^.]$/)
  })

  it('do not fill in fields that are in the file', () => {
    const complete = SPEC.replace('age_min: 25', 'age_min: 25, advantage_audience: off')
      .replace(
        '    optimization_goal',
        '    billing_event: IMPRESSIONS\n    bid_strategy: LOWEST_COST_WITHOUT_CAP\n    optimization_goal',
      )
      .replace('special_ad_categories: []', 'special_ad_categories: [], is_adset_budget_sharing_enabled: false')
      .replace('link:', 'call_to_action: SHOP_NOW, thumbnail: media/hero.jpg, link:')
    expect(objects(complete).flatMap(({ filled }) => filled)).toEqual([])
    expect(find(complete, 'creative/hero').fields).toMatchObject({
      object_story_spec: { video_data: { image_hash: { $hash: 'image/media/hero.jpg' } } },
    })
  })

  it('have the budget and the bid strategy on the same level', () => {
    const above = SPEC.replace('    daily_budget: 500 TRY\n', '').replace(
      'special_ad',
      'daily_budget: 500 TRY, bid_strategy: COST_CAP, special_ad',
    )
    const capped = above.replace('    optimization_goal', '    bid_amount: 12.50 TRY\n    optimization_goal')
    expect(find(capped, 'campaign').fields).toMatchObject({ daily_budget: 50_000, bid_strategy: 'COST_CAP' })
    expect(find(capped, 'campaign').fields).not.toHaveProperty('is_adset_budget_sharing_enabled')
    expect(find(capped, 'adset/women').fields).toMatchObject({ bid_amount: 1250 })
    for (const field of ['daily_budget', 'bid_strategy']) expect(find(capped, 'adset/women').fields).not.toHaveProperty(field)
  })

  it('promote the page of the ads if the goal promotes a page, and have the destination of the goal if it is the only one', () => {
    const likes = SPEC.replace('OUTCOME_SALES', 'OUTCOME_ENGAGEMENT')
      .replace('OFFSITE_CONVERSIONS', 'PAGE_LIKES')
      .replace(/ {4}promoted_object.*\n/, '')
    expect(find(likes, 'adset/women').fields).toMatchObject({ promoted_object: { page_id: '1' }, destination_type: 'ON_PAGE' })
    expect(find(likes, 'adset/women').filled.map(({ field }) => field)).toContain('promoted_object.page_id')
  })

  it('show a photo if there is no link, and have the link that Meta requires for a conversation or a form', () => {
    const creative = (extra: string) =>
      find(SPEC.replace(/video:.*\}/, `image: a.png, ${extra} }`).replace('OUTCOME_SALES', 'OUTCOME_ENGAGEMENT'), 'creative/hero')
        .fields['object_story_spec']
    expect(creative('text: T')).toEqual({ page_id: '1', photo_data: { image_hash: { $hash: 'image/a.png' }, caption: 'T' } })
    expect(creative('call_to_action: WHATSAPP_MESSAGE')).toMatchObject({
      link_data: {
        link: 'https://api.whatsapp.com/send',
        call_to_action: { type: 'WHATSAPP_MESSAGE', value: { app_destination: 'WHATSAPP' } },
      },
    })
    expect(creative('lead_form_id: 77')).toMatchObject({
      link_data: { link: 'https://fb.me/', call_to_action: { type: 'SIGN_UP', value: { lead_gen_form_id: '77' } } },
    })
  })

  it('call a phone number by the button, and link to the page elsewhere', () => {
    const call = SPEC.replace(/video:.*\}/, 'image: a.png, link: "tel:+905551112233" }')
    expect(find(call, 'creative/hero').fields['object_story_spec']).toEqual({
      page_id: '1',
      link_data: {
        link: 'https://www.facebook.com/1',
        image_hash: { $hash: 'image/a.png' },
        call_to_action: { type: 'CALL_NOW', value: { link: 'tel:+905551112233' } },
      },
    })
  })

  it('have the countries of the ad sets if there is a special ad category', () => {
    const special = SPEC.replace('special_ad_categories: []', 'special_ad_categories: [CREDIT]')
    expect(find(special, 'campaign').fields).toMatchObject({
      special_ad_categories: ['CREDIT'],
      special_ad_category_country: ['TR'],
    })
  })

  it('have creatives named by content: another text or other bytes change the name', () => {
    const nameOf = (text: string, bytes = 'x') => {
      const spec = load(text)
      return objectsOf(
        spec,
        filesOf(spec, () => bytes),
        () => false,
      ).find(({ kind }) => kind === 'creative')!.name
    }
    expect(nameOf(SPEC)).toMatch(/^summer-sale \| hero \| [0-9a-f]{8}$/)
    expect(nameOf(SPEC)).toBe(nameOf(SPEC.replace('TR | Summer', 'Other')))
    expect(nameOf(SPEC)).not.toBe(nameOf(SPEC.replace('text: T', 'text: U')))
    expect(nameOf(SPEC)).not.toBe(nameOf(SPEC, 'y'))
  })

  it('opt out of features that a new version of the API enables, without a change of names', () => {
    const spec = load(SPEC)
    const made = objectsOf(spec, filesOf(spec), () => true)
    const [adset, creative] = ['adset/women', 'creative/hero'].map((key) => made.find((object) => object.key === key)!)
    const automation = { advantage_audience: 0, individual_setting: { device: 0 } }
    expect(adset!.fields['targeting']).toMatchObject({ targeting_automation: automation })
    expect(creative!.fields['degrees_of_freedom_spec']).toEqual({
      creative_features_spec: { product_extensions: { enroll_status: 'OPT_OUT' } },
    })
    expect(creative!.name).toBe(find(SPEC, 'creative/hero').name)
    expect([adset!, creative!].map((object) => object.filled.map(({ field }) => field).at(-1))).toEqual([
      'targeting.targeting_automation.individual_setting.device',
      'degrees_of_freedom_spec.creative_features_spec.product_extensions.enroll_status',
    ])
    expect([adset!, creative!].map(({ kind, fields }) => isOptedOut(kind, fields))).toEqual([true, true])
    expect(objects(SPEC).map(({ kind, fields }) => isOptedOut(kind, fields))).not.toContain(true)
    // Only sales ad sets reach other devices.
    const traffic = load(SPEC.replace('OUTCOME_SALES', 'OUTCOME_TRAFFIC').replace(/ +promoted_object.*\n/, '').replace('OFFSITE_CONVERSIONS', 'LINK_CLICKS')) // prettier-ignore
    const [, , other] = objectsOf(traffic, filesOf(traffic), () => true)
    expect(other!.fields['targeting']).toMatchObject({ targeting_automation: { advantage_audience: 0 } })
    expect(isOptedOut('adset', other!.fields)).toBe(false)
  })

  it('are not computed without the facts of every file', () => {
    expect(() => objectsOf(load(SPEC), new Map(), () => false)).toThrow(RangeError)
  })
})

describe('for any launch', () => {
  it('references point to earlier objects, and every key is unique', () => {
    fc.assert(
      fc.property(anyLaunch, (spec) => {
        const before = new Set<string>()
        for (const { key, parent, fields } of objectsFor(spec)) {
          for (const ref of refsIn(fields)) expect(before).toContain(ref.key)
          if (parent !== null) expect(before).toContain(parent)
          expect(before).not.toContain(key)
          before.add(key)
        }
      }),
    )
  })

  it('exactly one level has budgets, and no object has a status', () => {
    fc.assert(
      fc.property(anyLaunch, (spec) => {
        const objects = objectsFor(spec)
        const levels = objects
          .filter(({ fields }) => 'daily_budget' in fields || 'lifetime_budget' in fields)
          .map(({ kind }) => kind)
        expect(new Set(levels).size).toBe(1)
        for (const { fields } of objects) expect(fields).not.toHaveProperty('status')
      }),
    )
  })
})
