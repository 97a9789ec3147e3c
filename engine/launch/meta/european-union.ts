/**
 * Where the Digital Services Act applies: people who see an ad there must learn who it is for and who paid. Source: Marketing API,
 * "Digital Services Act" (error subcodes 3858079 and 3858081), as of v26.0.
 */

import type { Json, JsonObject } from '../json.js'

const MEMBERS = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

/** Groups of countries that have one of them. */
const GROUPS = new Set(['worldwide', 'europe', 'eea', 'european_union', 'eurozone'])

/** The first place of `geo_locations` that is in the union, as it is written; null where there is none that is known to be. */
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

/** Of a city, region or custom location that has one; a zip has it in its key (`DE:10115`). */
function countryOf(place: Json): string | null {
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return null
  const { country, key } = place as JsonObject
  if (typeof country === 'string') return country
  return typeof key === 'string' ? (/^([A-Z]{2}):/.exec(key)?.[1] ?? null) : null
}
