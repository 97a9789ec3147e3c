/** The schema of a launch spec, from which its types, its check and the editor's JSON Schema are made. */

import { type Static, Type } from 'typebox'

import { OBJECTIVES } from '../../metric/attributes.js'
import { CALLS_TO_ACTION } from '../meta/call-to-action.js'
import { CUSTOM_EVENTS } from '../meta/custom-event.js'
import { DESTINATIONS, OPTIMIZATION_GOALS } from '../meta/odax.js'
import { SPECIAL_AD_CATEGORIES } from '../meta/special-ad-category.js'
import { TargetingSchema } from '../meta/targeting-schema.js'

const closed = { additionalProperties: false } as const

const text = (description: string, ...examples: string[]) => Type.String({ description, examples })

/** Read as text, although in YAML a bare number or `true` is another type. */
const name = (description: string, ...examples: string[]) =>
  Type.Unsafe<string>({ type: ['string', 'number', 'boolean'], description, examples })

/** Read as text: a number would lose the last digits of a long one. */
const id = (description: string) => Type.Unsafe<string>({ type: ['string', 'number'], description, examples: ['1234567890'] })

const money = (description: string) => Type.Unsafe<string>({ type: ['string', 'number'], description, examples: ['500 TRY'] })

const choice = (values: readonly string[], description: string, example: string) =>
  Type.Enum([...values], { description, examples: [example] })

const BID_STRATEGIES = ['LOWEST_COST_WITHOUT_CAP', 'LOWEST_COST_WITH_BID_CAP', 'COST_CAP', 'LOWEST_COST_WITH_MIN_ROAS'] as const

const budgets = {
  daily_budget: Type.Optional(money('Budget per day, with the currency. Either the campaign or each ad set has a budget')),
  lifetime_budget: Type.Optional(money('Budget for the whole time, which requires an `end`')),
  bid_strategy: Type.Optional(
    Type.Enum([...BID_STRATEGIES], {
      description: 'Set it on the level with the budget. Default: lowest cost without a cap',
    }),
  ),
}

export const CampaignSchema = Type.Object(
  {
    name: name('As Ads Manager shows it; unique in the account', 'TR | Summer sale'),
    objective: Type.Enum([...OBJECTIVES], { description: 'The objective of the campaign', examples: ['OUTCOME_SALES'] }),
    special_ad_categories: Type.Array(Type.Enum([...SPECIAL_AD_CATEGORIES]), {
      description: 'The special categories that the ads belong to; `[]` if they belong to no special category',
      examples: [[]],
    }),
    special_ad_category_country: Type.Optional(
      Type.Array(text('ISO 3166 country code', 'TR'), {
        description: 'The countries in which the category applies. Default: those of the ad sets',
        examples: [['TR']],
      }),
    ),
    ...budgets,
    is_adset_budget_sharing_enabled: Type.Optional(
      Type.Boolean({
        description: 'Whether ad sets may share up to 20 % of their budgets with each other. Default: no',
        examples: [false],
      }),
    ),
    spend_cap: Type.Optional(money('The most that the campaign may spend in total')),
  },
  closed,
)

export const PromotedObjectSchema = Type.Object(
  {
    pixel_id: Type.Optional(id('Id of the pixel (the data set)')),
    custom_event_type: Type.Optional(choice(CUSTOM_EVENTS, 'The event that the pixel or the app reports', 'PURCHASE')),
    custom_event_str: Type.Optional(text('Name of a custom event, with `custom_event_type: OTHER`', 'Teklif')),
    custom_conversion_id: Type.Optional(id('Id of a custom conversion')),
    page_id: Type.Optional(id('Id of the Facebook page')),
    application_id: Type.Optional(id('Id of the app')),
    object_store_url: Type.Optional(text('Address of the app in the app store', 'https://apps.apple.com/app/id1')),
    product_catalog_id: Type.Optional(id('Id of the catalogue')),
    product_set_id: Type.Optional(id('Id of the product set')),
    place_page_set_id: Type.Optional(id('Id of the set of places')),
    event_id: Type.Optional(id('Id of the event')),
    whatsapp_phone_number: Type.Optional(text('Phone number for conversations, with its country code', '+905551112233')),
  },
  { ...closed, description: 'What the ad set is optimised for' },
)

export const AdsetSchema = Type.Object(
  {
    key: text('Kebab-case, unique among the ad sets of the file. It identifies the ad set: do not change it', 'women-25-44'),
    name: Type.Optional(name('As Ads Manager shows it, unique in the campaign. Default: the key', 'Women 25-44')),
    ...budgets,
    bid_amount: Type.Optional(money('The bid cap or cost cap, for the strategies that have one')),
    roas_average_floor: Type.Optional(
      Type.Number({
        description: 'The least return on ad spend, for LOWEST_COST_WITH_MIN_ROAS: 2 means twice the spend',
        examples: [2],
      }),
    ),
    optimization_goal: choice(OPTIMIZATION_GOALS, 'What the ad set is optimised for', 'OFFSITE_CONVERSIONS'),
    billing_event: Type.Optional(
      Type.Enum(['IMPRESSIONS', 'LINK_CLICKS', 'PAGE_LIKES', 'THRUPLAY'], {
        description: 'What is billed: IMPRESSIONS, or the optimization goal itself',
      }),
    ),
    destination_type: Type.Optional(choice(DESTINATIONS, 'Where the ads lead to', 'WEBSITE')),
    promoted_object: Type.Optional(PromotedObjectSchema),
    attribution_spec: Type.Optional(
      Type.Array(
        Type.Object(
          {
            event_type: Type.Enum(['CLICK_THROUGH', 'VIEW_THROUGH', 'ENGAGED_VIDEO_VIEW']),
            window_days: Type.Integer({ description: 'Days', examples: [7] }),
          },
          closed,
        ),
        { description: 'Which conversions count. Default: Meta’s choice' },
      ),
    ),
    targeting: TargetingSchema,
    start: Type.Optional(text('In the account’s time zone. Default: immediately', '2026-12-01 09:00')),
    end: Type.Optional(text('In the account’s time zone. Default: no end', '2026-12-15 23:59')),
    dsa_beneficiary: Type.Optional(
      name('Who benefits from the ads: required if they are shown in the European Union', 'Moda A.Ş.'),
    ),
    dsa_payor: Type.Optional(name('Who pays for the ads: required if they are shown in the European Union', 'Moda A.Ş.')),
  },
  closed,
)

export const CreativeSchema = Type.Object(
  {
    page_id: id('Id of the Facebook page that the ad is shown as'),
    instagram_user_id: Type.Optional(id('Id of the Instagram account that the ad is shown as')),
    image: Type.Optional(text('File, relative to this one: jpg or png', 'media/hero.jpg')),
    video: Type.Optional(text('File, relative to this one: mp4 or mov', 'media/hero.mp4')),
    thumbnail: Type.Optional(text('Preview image of the video. Default: one that Meta makes from the video', 'media/hero.jpg')),
    text: Type.Optional(name('The text above the media', 'Everything 30% off until Sunday')),
    headline: Type.Optional(name('The headline below the media', 'Summer sale')),
    description: Type.Optional(name('The small print below the headline', 'Free returns')),
    link: Type.Optional(text('Where the ad leads to', 'https://www.example.com/summer')),
    call_to_action: Type.Optional(choice(CALLS_TO_ACTION, 'The button', 'SHOP_NOW')),
    lead_form_id: Type.Optional(id('Id of the instant form, for leads that are collected in the ad')),
    url_tags: Type.Optional(text('Appended to the link, without `?`', 'utm_source=meta&utm_campaign={{campaign.name}}')),
  },
  closed,
)

export const AdSchema = Type.Object(
  {
    key: text('Kebab-case, unique among the ads of the file. It identifies the ad: do not change it', 'hero-video'),
    name: Type.Optional(name('As Ads Manager shows it, unique in each of its ad sets. Default: the key', 'Hero video')),
    adsets: Type.Array(text('Key of an ad set', 'women-25-44'), {
      description: 'One ad is created in each of these',
      examples: [['women-25-44']],
    }),
    creative: CreativeSchema,
  },
  closed,
)

/** A whole spec. */
export const LaunchSchema = Type.Object(
  {
    launch: text('Kebab-case, unique over all files. It identifies what the launch created: do not change it', 'summer-sale'),
    account: Type.Optional(text('An account of tetik.yaml; may be left out if there is only one', 'moda-tr')),
    publish: Type.Optional(
      Type.Enum(['paused', 'active'], {
        description: '`active` sets everything active once all of it exists; `paused`, the default, leaves that to you',
        examples: ['paused'],
      }),
    ),
    campaign: CampaignSchema,
    adsets: Type.Array(AdsetSchema, { examples: [[]] }),
    ads: Type.Array(AdSchema, { examples: [[]] }),
  },
  { ...closed, $defs: { json: {} } },
)

export type LaunchSource = Static<typeof LaunchSchema>
export type CampaignSource = Static<typeof CampaignSchema>
export type AdsetSource = Static<typeof AdsetSchema>
export type AdSource = Static<typeof AdSchema>
export type CreativeSource = Static<typeof CreativeSchema>
