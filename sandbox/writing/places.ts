/** Checks the places that a targeting includes and excludes: their countries and country groups must exist. */

import { fieldsOf, valuesOf } from '../catalog/catalog.js'
import { invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'

const GEO_KEYS = fieldsOf('TargetingGeoLocation')
/** All country codes of Meta. */
export const COUNTRIES = valuesOf('Campaign', 'SpecialAdCategoryCountry')
/** Marketing API, "Basic targeting", `country_groups`; the last two are in use but missing from that list. */
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
 * Reads `geo_locations` or `excluded_geo_locations`.
 * @param refuseKey throws the error for an unknown key
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
  // The key of a postal code contains the country: `DE:10115`.
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

/** Whether any place is named. */
export const namesPlaces = (places: Places | undefined): boolean =>
  GEO_KEYS.some((key) => key !== 'location_types' && ((places?.[key] as unknown[] | undefined) ?? []).length > 0)

/** Returns the named countries, the countries of smaller places if known, and the names of country groups. */
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
