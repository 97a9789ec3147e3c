/** The fields of each node type that have a value in the sandbox; other documented fields have none. */

import type { Account } from '../delivery/account.js'
import { imageUrl } from '../state/image-store.js'
import type { GraphObject, ObjectKind } from '../state/objects.js'
import { effectiveStatus } from '../state/status.js'
import { issuesOf } from '../world/review.js'
import type { World } from '../world/world.js'
import { learningStage } from './learning.js'

/** Returns a field's value; undefined if the object has none, and then the answer omits the field, as at Meta. */
export type FieldReader = (world: World, object: GraphObject, now: number) => unknown

export interface NodeType {
  /** The type's name in Meta's error texts and in the catalog. */
  readonly name: string
  readonly fields: Readonly<Record<string, FieldReader>>
  /** Fields that are themselves objects, with functions that find them. */
  readonly objects: Readonly<Record<string, (world: World, object: GraphObject) => GraphObject | undefined>>
  /** Edges to lists of objects. */
  readonly edges: Readonly<Record<string, ObjectKind>>
}

const given =
  (name: string): FieldReader =>
  (_world, object) =>
    object.fields[name] ?? undefined
/** Reads a budget, which is returned in minor units as text. */
const money =
  (name: string): FieldReader =>
  (_world, object) =>
    typeof object.fields[name] === 'number' ? String(object.fields[name]) : undefined
const instant =
  (name: string): FieldReader =>
  ({ calendar }, object) =>
    typeof object.fields[name] === 'number' ? calendar.instantText(object.fields[name]) : undefined
const nothing: FieldReader = () => undefined
/** Reads the value given when the object was created; initial objects of the sandbox have a common value. */
const givenOr =
  (name: string, ofTheScene: (account: Account) => unknown): FieldReader =>
  ({ account }, object) =>
    object.fields[name] === undefined ? ofTheScene(account) : (object.fields[name] ?? undefined)

const COMMON: Record<string, FieldReader> = {
  id: (_world, object) => object.id,
  account_id: ({ account }) => account.id,
  name: given('name'),
  status: given('status'),
  configured_status: given('status'),
  effective_status: (world, object, now) => effectiveStatus(world.objects, object, now),
  created_time: ({ calendar }, object) => calendar.instantText(object.createdTime),
  updated_time: ({ calendar }, object) => calendar.instantText(object.updatedTime),
  adlabels: (_world, object) => {
    const labels = object.fields.adlabels as readonly unknown[] | undefined
    return labels !== undefined && labels.length > 0 ? labels : undefined
  },
  issues_info: (_world, object, now) => issuesOf(object, now),
}

/** Returns what all ads below an object have spent since the day of `since`, in minor units. */
export function spentUnder(world: World, object: GraphObject, now: number, since: number): number {
  const { calendar } = world
  let spent = 0
  const ads = object.kind === 'ad' ? [object] : world.objects.childrenOf(object.id)
  for (const child of ads) {
    if (child.kind === 'ad') {
      const first = Math.max(calendar.dayAt(since), calendar.dayAt(child.createdTime))
      for (let day = first; day <= calendar.dayAt(now); day++) spent += world.delivery.spentOnDay(child, day, now)
    } else spent += spentUnder(world, child, now, since)
  }
  return spent
}

const budgetRemaining: FieldReader = (world, object, now) => {
  const { daily_budget: daily, lifetime_budget: lifetime } = object.fields
  if (typeof daily === 'number') return String(Math.max(0, daily - spentUnder(world, object, now, now)))
  if (typeof lifetime === 'number') return String(Math.max(0, lifetime - spentUnder(world, object, now, object.createdTime)))
  return '0'
}

/** Reads the start or end of a campaign from its ad sets. */
const merged =
  (name: 'start_time' | 'end_time', pick: (...instants: number[]) => number): FieldReader =>
  (world, campaign) => {
    const values = world.objects.childrenOf(campaign.id).map((adset) => adset.fields[name])
    if (values.length === 0 || values.some((value) => typeof value !== 'number')) return undefined
    return world.calendar.instantText(pick(...(values as number[])))
  }

const CAMPAIGN: NodeType = {
  name: 'Campaign',
  fields: {
    ...COMMON,
    objective: given('objective'),
    buying_type: given('buying_type'),
    bid_strategy: given('bid_strategy'),
    special_ad_categories: given('special_ad_categories'),
    special_ad_category_country: given('special_ad_category_country'),
    is_adset_budget_sharing_enabled: given('is_adset_budget_sharing_enabled'),
    daily_budget: money('daily_budget'),
    lifetime_budget: money('lifetime_budget'),
    spend_cap: money('spend_cap'),
    budget_remaining: budgetRemaining,
    start_time: merged('start_time', Math.min),
    stop_time: merged('end_time', Math.max),
    source_campaign_id: (_world, object) => object.fields.source_id ?? '0',
    smart_promotion_type: () => 'GUIDED_CREATION',
  },
  objects: {},
  edges: { adsets: 'adset', ads: 'ad' },
}

/** Meta's default attribution setting. */
const ATTRIBUTION = [
  { event_type: 'CLICK_THROUGH', window_days: 7 },
  { event_type: 'VIEW_THROUGH', window_days: 1 },
]

const ADSET: NodeType = {
  name: 'AdSet',
  fields: {
    ...COMMON,
    campaign_id: (_world, object) => object.parent,
    source_adset_id: (_world, object) => object.fields.source_id ?? '0',
    // Without a budget of this kind an ad set returns 0, while a campaign omits the field.
    daily_budget: (world, object, now) => money('daily_budget')(world, object, now) ?? '0',
    lifetime_budget: (world, object, now) => money('lifetime_budget')(world, object, now) ?? '0',
    budget_remaining: budgetRemaining,
    bid_amount: (_world, object) => object.fields.bid_amount ?? undefined,
    bid_strategy: given('bid_strategy'),
    billing_event: given('billing_event'),
    optimization_goal: given('optimization_goal'),
    targeting: given('targeting'),
    destination_type: given('destination_type'),
    promoted_object: givenOr('promoted_object', ({ pixel }) => ({ pixel_id: pixel.id, custom_event_type: 'PURCHASE' })),
    attribution_spec: (_world, object) => object.fields.attribution_spec ?? ATTRIBUTION,
    bid_constraints: given('bid_constraints'),
    dsa_beneficiary: given('dsa_beneficiary'),
    dsa_payor: given('dsa_payor'),
    learning_stage_info: learningStage,
    start_time: instant('start_time'),
    end_time: instant('end_time'),
    pacing_type: (_world, object) => object.fields.pacing_type ?? ['standard'],
    is_dynamic_creative: (_world, object) => object.fields.is_dynamic_creative ?? false,
  },
  objects: { campaign: (world, object) => world.objects.find(object.parent ?? '') },
  edges: { ads: 'ad', adcreatives: 'creative' },
}

const trackingOf = ({ pixel }: Account): unknown => [{ 'action.type': ['offsite_conversion'], fb_pixel: [pixel.id] }]

const AD: NodeType = {
  name: 'Ad',
  fields: {
    ...COMMON,
    adset_id: (_world, object) => object.parent,
    campaign_id: (world, object) => world.objects.get(object.parent ?? '').parent,
    preview_shareable_link: (_world, object) => `https://fb.me/${object.id}`,
    conversion_domain: givenOr('conversion_domain', ({ website }) => website),
    tracking_specs: ({ account }, object) => object.fields.tracking_specs ?? trackingOf(account),
    source_ad_id: (_world, object) => object.fields.source_id ?? '0',
  },
  objects: {
    adset: (world, object) => world.objects.find(object.parent ?? ''),
    campaign: (world, object) => world.objects.find(world.objects.get(object.parent ?? '').parent ?? ''),
    creative: (world, object) => world.objects.find(String(object.fields.creative)),
  },
  edges: { adcreatives: 'creative' },
}

const pictureUrl = (creative: string, hash: unknown): string => imageUrl(typeof hash === 'string' ? hash : `creative-${creative}`)
/** Meta's URLs contain the day on which they expire, so they change every day. */
const signed = (url: string, day: number): string => `${url}?oe=${(day + 14).toString(16).toUpperCase()}`

const CREATIVE: NodeType = {
  name: 'AdCreative',
  fields: {
    id: COMMON.id ?? nothing,
    account_id: ({ account }) => account.id,
    name: given('name'),
    status: (_world, { fields }, now) =>
      fields.status === 'ACTIVE' && now < Number(fields.in_review_until ?? 0) ? 'IN_PROCESS' : fields.status,
    title: given('title'),
    body: given('body'),
    call_to_action_type: givenOr('call_to_action_type', () => 'SHOP_NOW'),
    object_type: givenOr('object_type', () => 'SHARE'),
    ...Object.fromEntries(
      [
        'asset_feed_spec',
        'degrees_of_freedom_spec',
        'image_hash',
        'object_story_id',
        'object_story_spec',
        'source_instagram_media_id',
        'url_tags',
        'video_id',
      ].map((name) => [name, given(name)]),
    ),
    adlabels: COMMON.adlabels ?? nothing,
    image_url: ({ calendar }, { id, fields }, now) =>
      fields.video_id === undefined ? signed(pictureUrl(id, fields.image_hash), calendar.dayAt(now)) : undefined,
    thumbnail_url: ({ calendar }, { id, fields }, now) =>
      `${signed(pictureUrl(id, fields.image_hash), calendar.dayAt(now))}&stp=dst-jpg_p64x64`,
  },
  objects: {},
  edges: {},
}

export const NODE_TYPES: Record<ObjectKind, NodeType> = { campaign: CAMPAIGN, adset: ADSET, ad: AD, creative: CREATIVE }
