/** Divides an ad set's delivery by breakdowns into parts of the audience, whose shares add up to one. */

import { textHash, uniform } from '../base/random.js'
import { isRecord } from '../protocol/parameters.js'
import type { GraphObject } from '../state/objects.js'
import type { World } from '../world/world.js'

export interface Segment {
  /** The value of each breakdown: `{ age: '25-34', gender: 'female' }`. */
  readonly values: Readonly<Record<string, string>>
  readonly share: number
}

type Shares = ReadonlyArray<readonly [value: string, share: number]>
type Targeting = Readonly<Record<string, unknown>>

const AGES: ReadonlyArray<readonly [value: string, from: number, to: number, share: number]> = [
  ['13-17', 13, 17, 0.02],
  ['18-24', 18, 24, 0.14],
  ['25-34', 25, 34, 0.28],
  ['35-44', 35, 44, 0.25],
  ['45-54', 45, 54, 0.17],
  ['55-64', 55, 64, 0.09],
  ['65+', 65, 65, 0.05],
]
const REGIONS: Readonly<Record<string, Shares>> = {
  TR: [
    ['Istanbul Province', 0.34],
    ['Ankara Province', 0.16],
    ['Izmir Province', 0.13],
    ['Bursa Province', 0.09],
    ['Antalya Province', 0.08],
    ['Adana Province', 0.06],
    ['Unknown', 0.14],
  ],
  DE: [
    ['Nordrhein-Westfalen', 0.3],
    ['Bayern', 0.24],
    ['Berlin', 0.2],
    ['Hamburg', 0.12],
    ['Unknown', 0.14],
  ],
}
const PLATFORMS: Shares = [
  ['facebook', 0.4],
  ['instagram', 0.52],
  ['audience_network', 0.04],
  ['messenger', 0.02],
  ['threads', 0.02],
]
const POSITIONS: Readonly<Record<string, Shares>> = {
  facebook: [
    ['feed', 0.56],
    ['facebook_reels', 0.26],
    ['facebook_stories', 0.18],
  ],
  instagram: [
    ['feed', 0.36],
    ['instagram_reels', 0.36],
    ['instagram_stories', 0.28],
  ],
  audience_network: [['an_classic', 1]],
  messenger: [['messenger_stories', 1]],
  threads: [['threads_feed', 1]],
}
const DEVICES: Shares = [
  ['mobile_app', 0.87],
  ['mobile_web', 0.04],
  ['desktop', 0.09],
]

/** How each breakdown divides the parts of the breakdowns before it. */
const DIVISIONS: Readonly<Record<string, (targeting: Targeting, country: string, before: Segment['values']) => Shares>> = {
  age: ({ age_min: least = 18, age_max: most = 65 }) =>
    AGES.map(([value, from, to, share]) => {
      const years = Math.min(to, Number(most)) - Math.max(from, Number(least)) + 1
      return [value, (share * Math.max(0, years)) / (to - from + 1)] as const
    }),
  gender: ({ genders }) => {
    const asked = Array.isArray(genders) && genders.length > 0 ? genders.map(Number) : [1, 2]
    return [
      ['female', asked.includes(2) ? 0.58 : 0],
      ['male', asked.includes(1) ? 0.39 : 0],
      ['unknown', 0.03],
    ]
  },
  country: (targeting, country) => countriesOf(targeting, country).map((each) => [each, 1]),
  region: (targeting, country) => countriesOf(targeting, country).flatMap((each) => REGIONS[each] ?? [['Unknown', 1] as const]),
  // Markets of the United States, which have no audience here.
  dma: () => [['Unknown', 1]],
  comscore_market: () => [['Unknown', 1]],
  publisher_platform: ({ publisher_platforms: asked }) =>
    PLATFORMS.filter(([platform]) => !Array.isArray(asked) || asked.length === 0 || asked.includes(platform)),
  platform_position: (_targeting, _country, { publisher_platform: platform }) => POSITIONS[platform ?? ''] ?? [['unknown', 1]],
  device_platform: ({ device_platforms: asked }) =>
    DEVICES.filter(([device]) => !Array.isArray(asked) || asked.length === 0 || asked.includes(device.split('_')[0])),
}

export const isDivided = (breakdown: string): boolean => Object.hasOwn(DIVISIONS, breakdown)

/** Returns the parts of an ad set, always the same ones for the same ad set. @param breakdowns only those that divide rows */
export function segmentsOf(world: World, adset: GraphObject, breakdowns: readonly string[]): Segment[] {
  const targeting = isRecord(adset.fields.targeting) ? adset.fields.targeting : {}
  let segments: Segment[] = [{ values: {}, share: 1 }]
  for (const breakdown of breakdowns) {
    segments = segments.flatMap(({ values, share }) => {
      const found = (DIVISIONS[breakdown]?.(targeting, world.account.business.country, values) ?? []).filter(
        ([, part]) => part > 0,
      )
      const weights = found.map(
        ([value, part]) => part * (0.75 + 0.5 * uniform(textHash(adset.id), textHash(`${breakdown}:${value}`))),
      )
      const whole = weights.reduce((sum, weight) => sum + weight, 0)
      return found.map(([value], index) => ({
        values: { ...values, [breakdown]: value },
        share: (share * (weights[index] ?? 0)) / whole,
      }))
    })
  }
  return segments
}

function countriesOf({ geo_locations: places }: Targeting, country: string): string[] {
  const named = isRecord(places) && Array.isArray(places.countries) ? places.countries.map(String) : []
  return named.length > 0 ? named : [country]
}
