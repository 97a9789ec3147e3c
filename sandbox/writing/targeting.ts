/** Reads an ad set's targeting: checks its keys and values, but not whether such people exist. */

import { fieldsOf, fieldType } from '../catalog/catalog.js'
import { invalidParameter, refused } from '../protocol/errors.js'
import { idOf, isRecord, jsonParameter, type Parameters } from '../protocol/parameters.js'
import { missing } from '../request/required.js'
import { namesPlaces, readPlaces } from './places.js'

const KEYS = fieldsOf('Targeting')
const LISTS = KEYS.filter((key) => fieldType('Targeting', key)?.startsWith('list<'))
/** The keys of `flexible_spec` and `exclusions`; the reference has some that the SDK's object lacks. */
const FLEXIBLE_KEYS = [...fieldsOf('FlexibleTargeting'), ...LISTS]
const PLATFORMS = ['facebook', 'instagram', 'messenger', 'audience_network', 'threads', 'whatsapp']
/** This age includes all older people. */
const OLDEST = 65
const DEVICES = ['mobile', 'desktop', 'connected_tv']
/** Removed from ads on 2026-07-29. */
const GONE_INSTAGRAM_POSITIONS = ['explore', 'explore_home']

export type Targeting = Record<string, unknown>

/** @throws GraphError 100, with 1885364 if neither a place nor a custom audience is given */
export function readTargeting(parameters: Parameters): Targeting {
  const targeting = jsonParameter(parameters, 'targeting')
  if (targeting === undefined || targeting === null) throw missing('targeting')
  if (!isRecord(targeting)) throw invalidParameter('Param targeting must be an object')
  onlyKeys(targeting, KEYS, 'targeting')
  for (const key of LISTS) if (key in targeting) listOf(targeting, key, 'targeting')
  for (const { spec, place } of flexibleParts(targeting)) {
    onlyKeys(spec, FLEXIBLE_KEYS, place)
    for (const key of Object.keys(spec)) listOf(spec, key, place)
  }
  checkPlace(targeting)
  checkAge(targeting)
  oneOf(targeting, 'genders', [1, 2])
  oneOf(targeting, 'publisher_platforms', PLATFORMS)
  oneOf(targeting, 'device_platforms', DEVICES)
  for (const position of (targeting.instagram_positions as unknown[] | undefined) ?? []) {
    if (GONE_INSTAGRAM_POSITIONS.includes(String(position))) {
      throw invalidParameter(`Param targeting[instagram_positions] no longer has ${String(position)}`)
    }
  }
  checkLocales(targeting)
  checkAutomation(targeting)
  const { geo_locations: places } = targeting
  if (!isRecord(places) || places.location_types !== undefined) return targeting
  // Meta adds the kinds of people that it counts as being in the places.
  return { ...targeting, geo_locations: { ...places, location_types: ['home', 'recent'] } }
}

interface TargetingPart {
  readonly spec: Record<string, unknown>
  /** The place for errors, such as `targeting[flexible_spec][0]`. */
  readonly place: string
}

/** Returns the parts of a targeting that narrow the audience or exclude people, each with conditions of its own. */
export function flexibleParts({ flexible_spec: flexible, exclusions }: Targeting): readonly TargetingPart[] {
  const parts = ((flexible as unknown[] | undefined) ?? []).map((spec, index) => ({
    spec,
    place: `targeting[flexible_spec][${index}]`,
  }))
  if (exclusions !== undefined) parts.push({ spec: exclusions, place: 'targeting[exclusions]' })
  return parts.map(({ spec, place }) => {
    if (!isRecord(spec)) throw invalidParameter(`Param ${place} must be an object`)
    return { spec, place }
  })
}

export const advantageAudience = (targeting: Targeting): unknown =>
  isRecord(targeting.targeting_automation) ? targeting.targeting_automation.advantage_audience : undefined

/** Whether the targeting narrows the audience by more than places. */
export const isNarrowed = (targeting: Targeting): boolean =>
  Object.keys(targeting).some((key) => !['geo_locations', 'targeting_automation'].includes(key))

function checkPlace(targeting: Targeting): void {
  const places = readPlaces(targeting.geo_locations, 'targeting[geo_locations]', refuseKey)
  readPlaces(targeting.excluded_geo_locations, 'targeting[excluded_geo_locations]', refuseKey)
  if (namesPlaces(places) || ((targeting.custom_audiences as unknown[] | undefined) ?? []).length > 0) return
  throw refused(
    1885364,
    'Missing Target Audience Location',
    'Your audience is missing a location. You can add a location or a Custom Audience.',
    ['targeting'],
  )
}

function checkAge({ age_min: least, age_max: most }: Targeting): void {
  for (const [key, age] of Object.entries({ age_min: least, age_max: most })) {
    if (age !== undefined && (!Number.isInteger(age) || Number(age) < 13 || Number(age) > 65)) {
      throw invalidParameter(`Param targeting[${key}] must be a whole number from 13 to 65`)
    }
  }
  if (Number(least ?? 18) > Number(most ?? 65)) {
    throw invalidParameter('Param targeting[age_max] must be greater than or equal to targeting[age_min]')
  }
}

/** Languages are Meta's own numbers: 6 is English (US), 19 Turkish. */
function checkLocales({ locales }: Targeting): void {
  for (const [index, locale] of ((locales as unknown[] | undefined) ?? []).entries()) {
    if (idOf(locale) === null)
      throw invalidParameter(`Param targeting[locales][${index}] must be an integer - got "${String(locale)}"`)
  }
}

function checkAutomation({ targeting_automation: automation, age_max: most }: Targeting): void {
  if (automation === undefined) return
  if (!isRecord(automation)) throw invalidParameter('Param targeting[targeting_automation] must be an object')
  onlyKeys(
    automation,
    ['advantage_audience', 'individual_setting', 'shared_audiences', 'value_expression'],
    'targeting_automation',
  )
  const { advantage_audience: flag } = automation
  if (flag !== undefined && flag !== 0 && flag !== 1) {
    throw invalidParameter('Param targeting[targeting_automation][advantage_audience] must be one of {0, 1}')
  }
  if (flag === 1) checkSuggestedAge(most)
}

/** If Meta may widen the audience, a maximum age is only a suggestion, which belongs in `age_range`. */
function checkSuggestedAge(most: unknown): void {
  if (most === undefined || Number(most) >= OLDEST) return
  throw refused(
    1870189,
    'Maximum age is too low',
    'With Advantage+ audience, the maximum age cannot be lower than 65. You can add a lower maximum age as a suggestion instead.',
    ['targeting'],
  )
}

function onlyKeys(record: Record<string, unknown>, known: readonly string[], path: string): void {
  const unknown = Object.keys(record).find((key) => !known.includes(key))
  if (unknown !== undefined) refuseKey(unknown, path)
}

function refuseKey(key: string, path: string): never {
  throw invalidParameter(
    `Invalid Targeting Spec: The specified targeting spec is not valid because: Normalization does not allow the value ${key} in ${path}`,
  )
}

function listOf(record: Record<string, unknown>, key: string, path: string): void {
  if (!Array.isArray(record[key])) throw invalidParameter(`Param ${path}[${key}] must be an array`)
}

function oneOf(targeting: Targeting, key: string, known: readonly unknown[]): void {
  for (const [index, value] of ((targeting[key] as unknown[] | undefined) ?? []).entries()) {
    if (known.includes(value)) continue
    throw invalidParameter(`Param targeting[${key}][${index}] must be one of {${known.join(', ')}} - got "${String(value)}"`)
  }
}
