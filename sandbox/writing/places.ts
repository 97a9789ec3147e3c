/** Where an audience is, and where it is not: countries and groups of them that there are. */

import { fieldsOf, valuesOf } from '../catalog/catalog.js'
import { invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'

const GEO_KEYS = fieldsOf('TargetingGeoLocation')
/** All countries that Meta has a code for. */
export const COUNTRIES = valuesOf('Campaign', 'SpecialAdCategoryCountry')
/** Marketing API, "Basic targeting", `country_groups`; the last two are in use and not in that list. */
const COUNTRY_GROUPS = [
  'africa',
  'afta',
  'android_app_store',
  'android_free_store',
  'apec',
  'asia',
  'caribbean',
  'central_america',
  'cisfta',
  'eea',
  'emerging_markets',
  'europe',
  'gcc',
  'itunes_app_store',
  'mercosur',
  'nafta',
  'north_america',
  'oceania',
  'south_america',
  'worldwide',
  'european_union',
  'eurozone',
]

type Places = Record<string, unknown>

/**
 * Of `geo_locations` and `excluded_geo_locations` alike.
 * @param refuseKey for a key that there is not
 * @throws GraphError 100
 */
export function readPlaces(given: unknown, place: string, refuseKey: (key: string, place: string) => never): Places | undefined {
  if (given === undefined) return undefined
  if (!isRecord(given)) throw invalidParameter(`Param ${place} must be an object`)
  for (const [key, among] of Object.entries(given)) {
    if (!GEO_KEYS.includes(key)) refuseKey(key, place)
    if (!Array.isArray(among)) throw invalidParameter(`Param ${place}[${key}] must be an array`)
    for (const [index, one] of (among as unknown[]).entries()) checkOne(key, one, `${place}[${key}][${index}]`)
  }
  return given
}

function checkOne(key: string, given: unknown, place: string): void {
  if (key === 'countries') checkCountry(given, place)
  if (key === 'country_groups') checkCountryGroup(given, place)
  if (!isRecord(given)) return
  if (given.country !== undefined) checkCountry(given.country, `${place}[country]`)
  // A postal code has the country within its key: `DE:10115`.
  const country = key === 'zips' && typeof given.key === 'string' ? /^([^:]*):/.exec(given.key)?.[1] : undefined
  if (country !== undefined) checkCountry(country, `${place}[key]`)
}

function checkCountry(country: unknown, place: string): void {
  if (typeof country === 'string' && COUNTRIES.includes(country)) return
  throw invalidParameter(`Param ${place} must be a valid country code`)
}

function checkCountryGroup(group: unknown, place: string): void {
  if (typeof group === 'string' && COUNTRY_GROUPS.includes(group.toLowerCase())) return
  throw invalidParameter(`Param ${place} must be one of {${COUNTRY_GROUPS.join(', ')}} - got "${String(group)}"`)
}

/** Whether it names any place. */
export const namesPlaces = (places: Places | undefined): boolean =>
  GEO_KEYS.some((key) => key !== 'location_types' && ((places?.[key] as unknown[] | undefined) ?? []).length > 0)

/** Countries that are named, and those of the smaller places that tell it; groups of countries by their own names. */
export function placesOf(given: unknown): readonly string[] {
  return Object.entries(isRecord(given) ? given : {})
    .filter(([key]) => key !== 'location_types')
    .flatMap(([, among]) => (Array.isArray(among) ? (among as unknown[]) : []))
    .flatMap((place) => placeOf(place) ?? [])
}

function placeOf(place: unknown): string | null {
  if (typeof place === 'string') return place
  if (!isRecord(place)) return null
  if (typeof place.country === 'string') return place.country
  return typeof place.key === 'string' ? (/^([A-Z]{2}):/.exec(place.key)?.[1] ?? null) : null
}
