/** Random launches, and Meta's responses for what they set. */

import fc from 'fast-check'

import { loadSettings } from '../../engine/account/load.js'
import type { Json, JsonObject } from '../../engine/launch/json.js'
import type { LaunchObject, MediaFile } from '../../engine/launch/launch-object.js'
import type { ExistingObject } from '../../engine/launch/launch-plan.js'
import type { LaunchAd, LaunchAdset, LaunchBudget, LaunchSpec } from '../../engine/launch/launch-spec.js'
import { mediaOf } from '../../engine/launch/media.js'
import { objectsOf } from '../../engine/launch/objects/objects.js'
import { resolveRefs } from '../../engine/launch/refs.js'

export const SETTINGS = loadSettings(
  'tetik.yaml',
  `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, guardrails: { ceiling: 15000 TRY per day } }
  - { name: moda-us, id: act_2, currency: USD, timezone: America/New_York }
  - { name: moda-jp, id: act_3, currency: JPY, timezone: Asia/Tokyo }
`,
).settings!

/** The file facts that the launch needs; a file's path is used in place of its bytes. */
export const filesOf = (spec: LaunchSpec, bytesOf = (path: string): string => path): ReadonlyMap<string, MediaFile> =>
  new Map(mediaOf(spec).map((path) => [path, { sha256: bytesOf(path), bytes: 1 }]))

/** Objects for an API version that enables no features by default. */
export const objectsFor = (spec: LaunchSpec): readonly LaunchObject[] => objectsOf(spec, filesOf(spec), () => false)

/** Returns all objects as they exist right after creation, with ids and Meta's responses. */
export function applied(objects: readonly LaunchObject[], published = false): Map<string, ExistingObject> {
  const ids = new Map(objects.map(({ key, kind }, index) => [key, kind === 'image' ? `hash${index}` : String(9000 + index)]))
  return new Map(
    objects.map(({ key, kind, fields }) => {
      const sent = resolveRefs(fields, ({ kind, key }) =>
        kind === '$thumbnail' ? 'https://cdn.example.com/t.jpg' : ids.get(key)!,
      )
      const isMedia = kind === 'image' || kind === 'video'
      const live = isMedia
        ? {}
        : { ...(answered(sent) as JsonObject), status: published ? 'ACTIVE' : 'PAUSED', id: ids.get(key)! }
      return [key, { id: ids.get(key)!, applied: fields, live, readBack: live, published }]
    }),
  )
}

/** Returns a value as Meta does: numbers as text, lists in another order, extra members added, and empty ones omitted. */
function answered(value: Json, name = ''): Json {
  if (typeof value === 'number') return /budget|cap|amount/.test(name) ? String(value) : value
  if (Array.isArray(value)) return [...(value as readonly Json[])].reverse().map((item) => answered(item))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value as JsonObject)
    .filter(([, member]) => !(Array.isArray(member) && member.length === 0) && member !== false)
    .map(([name, member]): [string, Json] => [name === 'creative_id' ? 'id' : name, answered(member, name)])
  return { ...Object.fromEntries(members), ...(name === 'targeting' ? { age_range: [18, 65] } : {}) }
}

const key = fc.stringMatching(/^[a-z]{1,6}(-[a-z0-9]{1,4})?$/)
const name = fc
  .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('A', 'ş', ' | ', '2026', '–', '"', '{', ':') })
  .map((text) => `n${text}n`)
const id = fc.stringMatching(/^[1-9]\d{0,19}$/)
const path = (extension: string) => fc.constantFrom('a', 'b', 'media/c').map((file) => `${file}.${extension}`)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const budget: fc.Arbitrary<LaunchBudget> = fc.record({
  kind: fc.constantFrom('daily', 'lifetime'),
  amount: fc.integer({ min: 1, max: 1_000_000 }),
})

const adset: fc.Arbitrary<LaunchAdset> = fc.record({
  key,
  name,
  budget: fc.constant(null),
  optimizationGoal: fc.constantFrom('REACH', 'LINK_CLICKS', 'LANDING_PAGE_VIEWS', 'IMPRESSIONS'),
  billingEvent: maybe(fc.constant('IMPRESSIONS')),
  bidStrategy: fc.constant(null),
  bidAmount: maybe(fc.integer({ min: 1, max: 90_000 })),
  roasFloor: fc.constant(null),
  destinationType: maybe(fc.constant('WEBSITE')),
  promotedObject: maybe(fc.record({ pixel_id: id, custom_event_type: fc.constant('PURCHASE') })),
  attributionSpec: maybe(fc.constant([{ event_type: 'CLICK_THROUGH', window_days: 7 }])),
  targeting: fc.record({
    geo_locations: fc.record({ countries: fc.uniqueArray(fc.constantFrom('TR', 'DE', 'US'), { minLength: 1 }) }),
    genders: fc.uniqueArray(fc.constantFrom(1, 2)),
    interests: fc.array(fc.record({ id }), { maxLength: 3 }),
  }),
  advantageAudience: maybe(fc.boolean()),
  start: maybe(fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }).map((second) => second * 1000)),
  end: maybe(fc.integer({ min: 1_810_000_000, max: 1_900_000_000 }).map((second) => second * 1000)),
  dsaBeneficiary: maybe(name),
  dsaPayor: maybe(name),
})

const creative = fc.record({
  pageId: id,
  instagramUserId: maybe(id),
  media: fc.oneof(
    path('png').map((path) => ({ kind: 'image' as const, path })),
    path('mp4').map((path) => ({ kind: 'video' as const, path })),
  ),
  thumbnail: maybe(path('jpg')),
  text: maybe(name),
  headline: maybe(name),
  description: maybe(name),
  link: maybe(fc.constant('https://www.example.com/')),
  callToAction: maybe(fc.constantFrom('SHOP_NOW', 'NO_BUTTON')),
  leadFormId: fc.constant(null),
  urlTags: maybe(fc.constant('utm_source=meta')),
})

/** Valid launches: distinct keys, ads in existing ad sets, budgets at one level. */
export const anyLaunch: fc.Arbitrary<LaunchSpec> = fc
  .record({
    campaignBudget: maybe(budget),
    adsets: fc.uniqueArray(adset, { minLength: 1, maxLength: 3, selector: ({ key }) => key }),
    ads: fc.uniqueArray(fc.record({ key, name, creative, in: fc.nat(7) }), { maxLength: 3, selector: ({ key }) => key }),
    budgetSharing: maybe(fc.boolean()),
    publish: fc.constantFrom('paused' as const, 'active' as const),
    name,
  })
  .map(({ campaignBudget, adsets, ads, budgetSharing, publish, name }) => ({
    key: 'summer-sale',
    account: 'moda-tr',
    currency: 'TRY',
    timezone: 'Europe/Istanbul',
    file: 'specs/summer-sale.yaml',
    line: 1,
    version: '',
    publish,
    campaign: {
      name,
      objective: 'OUTCOME_TRAFFIC' as const,
      specialAdCategories: [],
      specialAdCategoryCountry: [],
      budget: campaignBudget,
      budgetSharing: campaignBudget === null ? budgetSharing : null,
      bidStrategy: null,
      spendCap: null,
    },
    adsets: adsets.map((adset) => ({ ...adset, budget: campaignBudget === null ? { kind: 'daily', amount: 50_000 } : null })),
    ads: ads.map(({ in: mask, ...ad }): LaunchAd => {
      const chosen = adsets.filter((_, index) => mask & (1 << index)).map(({ key }) => key)
      const { media, thumbnail } = ad.creative
      const own = { ...ad.creative, thumbnail: media.kind === 'video' ? thumbnail : null }
      return { ...ad, creative: own, adsets: chosen.length > 0 ? chosen : [adsets[0]!.key] }
    }),
  }))
