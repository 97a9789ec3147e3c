/** The form of `targeting`: Meta's own names. Source: Marketing API, targeting spec, as of v26.0; what is only ever read is left out. */

import { type Static, Type } from 'typebox'

import type { YamlNode } from '../../document/yaml-file.js'

const closed = { additionalProperties: false } as const

const words = (description: string, ...examples: string[]) =>
  Type.Optional(Type.Array(Type.String({ examples }), { description, examples: [examples] }))

/** What Meta has ids for; their forms differ, and are handed on as they are written. */
const things = (description: string) =>
  Type.Optional(
    Type.Array(Type.Unsafe<YamlNode>({ $ref: '#/$defs/json' }), { description, examples: [['{ id: "6003107902433" }']] }),
  )

const places = {
  countries: words('Countries of ISO 3166', 'TR'),
  country_groups: words('Groups of countries', 'europe'),
  regions: things('Regions, each with its `key`'),
  cities: things('Cities, each with its `key`, and `radius` with `distance_unit`'),
  zips: things('Postal codes, each with its `key`'),
  geo_markets: things('Markets, each with its `key`'),
  places: things('Places, each with its `key`'),
  neighborhoods: things('Neighbourhoods, each with its `key`'),
  subcities: things('Parts of cities, each with its `key`'),
  custom_locations: things('Points, each with `latitude`, `longitude`, `radius` and `distance_unit`'),
}

const GeoLocationsSchema = Type.Object(
  {
    ...places,
    location_types: words('Who counts as being there', 'home', 'recent'),
  },
  { ...closed, description: 'Where', examples: ['{ countries: [TR] }'] },
)

export const TargetingSchema = Type.Object(
  {
    geo_locations: Type.Optional(GeoLocationsSchema),
    excluded_geo_locations: Type.Optional(Type.Object(places, { ...closed, description: 'Where not' })),
    age_min: Type.Optional(Type.Integer({ description: '13 at least; 18 without it', examples: [25] })),
    age_max: Type.Optional(Type.Integer({ description: '65 at most, which stands for all above', examples: [44] })),
    genders: Type.Optional(Type.Array(Type.Integer(), { description: '1 men, 2 women; all without it', examples: [[2]] })),
    locales: Type.Optional(Type.Array(Type.Integer(), { description: 'Meta’s numbers of languages', examples: [[19]] })),
    interests: things('Interests, each with its `id`'),
    behaviors: things('Behaviours, each with its `id`'),
    life_events: things('Events of life, each with its `id`'),
    industries: things('Industries, each with its `id`'),
    income: things('Income, each with its `id`'),
    family_statuses: things('Family, each with its `id`'),
    work_employers: things('Employers, each with its `id`'),
    work_positions: things('Positions, each with its `id`'),
    education_schools: things('Schools, each with its `id`'),
    education_majors: things('Fields of study, each with its `id`'),
    flexible_spec: things('People who fit one of each of these'),
    exclusions: Type.Optional(
      Type.Unsafe<YamlNode>({ $ref: '#/$defs/json', description: 'People who fit any of it are left out' }),
    ),
    custom_audiences: things('Audiences, each with its `id`'),
    excluded_custom_audiences: things('Audiences left out, each with its `id`'),
    publisher_platforms: Type.Optional(
      Type.Array(Type.Enum(['facebook', 'instagram', 'audience_network', 'messenger', 'threads', 'whatsapp']), {
        description: 'Where it is shown; Meta chooses without it',
      }),
    ),
    facebook_positions: words('Places on Facebook', 'feed', 'story'),
    instagram_positions: words('Places on Instagram', 'stream', 'story', 'reels'),
    audience_network_positions: words('Places in the Audience Network', 'classic'),
    messenger_positions: words('Places in Messenger', 'messenger_home'),
    threads_positions: words('Places on Threads', 'threads_stream'),
    whatsapp_positions: words('Places on WhatsApp', 'status'),
    device_platforms: Type.Optional(Type.Array(Type.Enum(['mobile', 'desktop']), { description: 'Kinds of device' })),
    user_os: words('Operating systems', 'iOS', 'Android_ver_10.0_and_above'),
    user_device: words('Devices', 'iPhone'),
    excluded_user_device: words('Devices left out', 'iPhone 6'),
    wireless_carrier: words('Networks', 'Wifi'),
    brand_safety_content_filter_levels: words('How careful about what surrounds the ads', 'FACEBOOK_STANDARD'),
    excluded_publisher_list_ids: words('Ids of block lists', '1234567890'),
    advantage_audience: Type.Optional(
      Type.Enum(['on', 'off'], {
        description: '`on` lets Meta look beyond this audience, with ages and genders as mere suggestions; off without it',
        examples: ['off'],
      }),
    ),
  },
  { ...closed, description: 'Who is shown the ads', examples: ['{ geo_locations: { countries: [TR] } }'] },
)

export type TargetingSource = Static<typeof TargetingSchema>
