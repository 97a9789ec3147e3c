/** The schema of `targeting`, with Meta's own names. Source: Marketing API, targeting spec, as of v26.0, without read-only fields. */

import { type Static, Type } from 'typebox'

import type { YamlNode } from '../../document/yaml-file.js'

const closed = { additionalProperties: false } as const

const texts = (description: string, ...examples: string[]) =>
  Type.Optional(Type.Array(Type.String({ examples }), { description, examples: [examples] }))

/** Objects that have ids at Meta. Their forms differ, and they are passed on as written. */
const objects = (description: string) =>
  Type.Optional(
    Type.Array(Type.Unsafe<YamlNode>({ $ref: '#/$defs/json' }), { description, examples: [['{ id: "6003107902433" }']] }),
  )

const places = {
  countries: texts('ISO 3166 country codes', 'TR'),
  country_groups: texts('Groups of countries', 'europe'),
  regions: objects('Regions, each with its `key`'),
  cities: objects('Cities, each with its `key`, and `radius` with `distance_unit`'),
  zips: objects('Postal codes, each with its `key`'),
  geo_markets: objects('Markets, each with its `key`'),
  places: objects('Places, each with its `key`'),
  neighborhoods: objects('Neighbourhoods, each with its `key`'),
  subcities: objects('Parts of cities, each with its `key`'),
  custom_locations: objects('Points, each with `latitude`, `longitude`, `radius` and `distance_unit`'),
}

const GeoLocationsSchema = Type.Object(
  {
    ...places,
    location_types: texts('Who counts as being in these places', 'home', 'recent'),
  },
  { ...closed, description: 'Where the ads are shown', examples: ['{ countries: [TR] }'] },
)

export const TargetingSchema = Type.Object(
  {
    geo_locations: Type.Optional(GeoLocationsSchema),
    excluded_geo_locations: Type.Optional(Type.Object(places, { ...closed, description: 'Where the ads are not shown' })),
    age_min: Type.Optional(Type.Integer({ description: 'At least 13. Default: 18', examples: [25] })),
    age_max: Type.Optional(Type.Integer({ description: 'At most 65, which includes everybody older', examples: [44] })),
    genders: Type.Optional(Type.Array(Type.Integer(), { description: '1 men, 2 women. Default: all', examples: [[2]] })),
    locales: Type.Optional(Type.Array(Type.Integer(), { description: 'Languages, by Meta’s numbers', examples: [[19]] })),
    interests: objects('Interests, each with its `id`'),
    behaviors: objects('Behaviours, each with its `id`'),
    life_events: objects('Life events, each with its `id`'),
    industries: objects('Industries, each with its `id`'),
    income: objects('Income, each with its `id`'),
    family_statuses: objects('Family statuses, each with its `id`'),
    work_employers: objects('Employers, each with its `id`'),
    work_positions: objects('Positions, each with its `id`'),
    education_schools: objects('Schools, each with its `id`'),
    education_majors: objects('Fields of study, each with its `id`'),
    flexible_spec: objects('People must match at least one criterion of each item'),
    exclusions: Type.Optional(
      Type.Unsafe<YamlNode>({ $ref: '#/$defs/json', description: 'People who match any of these are excluded' }),
    ),
    custom_audiences: objects('Custom audiences, each with its `id`'),
    excluded_custom_audiences: objects('Excluded custom audiences, each with its `id`'),
    publisher_platforms: Type.Optional(
      Type.Array(Type.Enum(['facebook', 'instagram', 'audience_network', 'messenger', 'threads', 'whatsapp']), {
        description: 'Platforms on which the ads are shown. Default: Meta’s choice',
      }),
    ),
    facebook_positions: texts('Placements on Facebook', 'feed', 'story'),
    instagram_positions: texts('Placements on Instagram', 'stream', 'story', 'reels'),
    audience_network_positions: texts('Placements in the Audience Network', 'classic'),
    messenger_positions: texts('Placements in Messenger', 'messenger_home'),
    threads_positions: texts('Placements on Threads', 'threads_stream'),
    whatsapp_positions: texts('Placements on WhatsApp', 'status'),
    device_platforms: Type.Optional(Type.Array(Type.Enum(['mobile', 'desktop']), { description: 'Device types' })),
    user_os: texts('Operating systems', 'iOS', 'Android_ver_10.0_and_above'),
    user_device: texts('Devices', 'iPhone'),
    excluded_user_device: texts('Excluded devices', 'iPhone 6'),
    wireless_carrier: texts('Mobile networks, or Wifi', 'Wifi'),
    brand_safety_content_filter_levels: texts('Brand safety levels for the content around the ads', 'FACEBOOK_STANDARD'),
    excluded_publisher_list_ids: texts('Ids of block lists', '1234567890'),
    advantage_audience: Type.Optional(
      Type.Enum(['on', 'off'], {
        description: '`on` lets Meta show the ads beyond this audience and treat ages and genders as suggestions. Default: off',
        examples: ['off'],
      }),
    ),
  },
  { ...closed, description: 'Whom the ads are shown to', examples: ['{ geo_locations: { countries: [TR] } }'] },
)

export type TargetingSource = Static<typeof TargetingSchema>
