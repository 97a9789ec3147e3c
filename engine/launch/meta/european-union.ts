/**
 * Where the Digital Services Act applies: ads shown there must name their beneficiary and their payer. Source: Marketing API,
 * "Digital Services Act" (error subcodes 3858079 and 3858081), as of v26.0.
 */

import type { Json, JsonObject } from '../json.js'

const MEMBERS = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

/** Country groups that contain a member state. */
const GROUPS = new Set(['worldwide', 'europe', 'eea', 'european_union', 'eurozone'])

/** Returns the first place of `geo_locations` that is known to be in the Union, as written; null if there is none. */
export function placeInUnion(geoLocations: JsonObject): string | null {
  for (const country of listed(geoLocations['countries'])) if (MEMBERS.has(country)) return country
  for (const group of listed(geoLocations['country_groups'])) if (GROUPS.has(group.toLowerCase())) return group
  for (const places of Object.values(geoLocations)) {
    if (!Array.isArray(places)) continue
    for (const place of places as readonly Json[]) {
      const country = countryOf(place)
      if (country !== null && MEMBERS.has(country)) return country
    }
  }
  return null
}

const listed = (places: Json | undefined): readonly string[] =>
  Array.isArray(places) ? (places as readonly Json[]).filter((place) => typeof place === 'string') : []

/** Returns the country of a city, region or custom location, or of a zip, whose key contains it (`DE:10115`); null if it has none. */
function countryOf(place: Json): string | null {
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return null
  const { country, key } = place as JsonObject
  if (typeof country === 'string') return country
  return typeof key === 'string' ? (/^([A-Z]{2}):/.exec(key)?.[1] ?? null) : null
}
