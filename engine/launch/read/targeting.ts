/** Reads `targeting:` of an ad set. */

import { isNode } from 'yaml'

import type { Fields } from '../../document/fields.js'
import type { Json, JsonObject } from '../json.js'
import type { TargetingSource } from '../meta/targeting-schema.js'
import { writtenJson } from './written-json.js'

export interface ReadTargeting {
  /** Without `advantage_audience`. */
  readonly targeting: JsonObject
  readonly advantageAudience: boolean | null
}

const YOUNGEST = 13
const OLDEST = 65
/** Meta's default of `age_min`. */
const ADULT = 18
/** Positions that v26.0 removed. Source: Marketing API, changelog. */
const GONE_POSITIONS = ['explore', 'explore_home']

/** Returns the targeting, and reports every error. */
export function readTargeting(written: Partial<TargetingSource>, path: string, fields: Fields): ReadTargeting {
  const { advantage_audience: advantage, ...rest } = written
  checkPlaces(written, path, fields)
  checkPeople(written, path, fields)
  checkPositions(written, path, fields)
  if (advantage === 'on' && written.age_max !== undefined && written.age_max >= YOUNGEST && written.age_max < OLDEST) {
    const message = `with \`advantage_audience: on\` Meta refuses an \`age_max\` below ${OLDEST}`
    fields.fault(`${path}/age_max`, 'out-of-range', message, 'use `advantage_audience: off`, or remove `age_max`')
  } else if (advantage === 'on' && (written.genders !== undefined || (written.age_min ?? 0) > 25)) {
    const message = 'with `advantage_audience: on` Meta treats ages and genders as suggestions'
    fields.warning(`${path}/advantage_audience`, 'mere-suggestion', message, 'use `off` if they must be respected')
  }
  return {
    targeting: plain(rest, fields, '') as JsonObject,
    advantageAudience: advantage === undefined ? null : advantage === 'on',
  }
}

function checkPlaces(written: Partial<TargetingSource>, path: string, fields: Fields): void {
  const places = written.geo_locations
  const hasPlace = Object.entries(places ?? {}).some(([key, list]) => key !== 'location_types' && (list?.length ?? 0) > 0)
  if (!hasPlace && (written.custom_audiences?.length ?? 0) === 0) {
    const at = fields.has(`${path}/geo_locations`) ? `${path}/geo_locations` : path
    fields.fault(
      at,
      'missing-key',
      'the targeting names no place where the ads are shown',
      'for example `geo_locations: { countries: [TR] }`',
    )
  }
  for (const key of ['geo_locations', 'excluded_geo_locations'] as const) {
    for (const [index, country] of (written[key]?.countries ?? []).entries()) {
      const fault = country === undefined ? null : countryFault(country)
      if (fault !== null) fields.fault(`${path}/${key}/countries/${index}`, ...fault)
    }
  }
}

function checkPositions({ instagram_positions: positions }: Partial<TargetingSource>, path: string, fields: Fields): void {
  for (const [index, position] of (positions ?? []).entries()) {
    if (position === undefined || !GONE_POSITIONS.includes(position)) continue
    fields.fault(
      `${path}/instagram_positions/${index}`,
      'unknown-choice',
      `Instagram has no ads in \`${position}\` any more`,
      'remove it',
    )
  }
}

/** Returns code, message and hint if the text is not a country code that Meta accepts; else null. */
export function countryFault(country: string): readonly [string, string, string] | null {
  if (country === 'UK') return ['unknown-country', '`UK` is not an ISO 3166 country code', 'did you mean `GB`?']
  if (country === 'EU') return ['unknown-country', '`EU` is not a country', 'list its countries, or use `country_groups: [eea]`']
  if (/^[A-Z]{2}$/.test(country)) return null
  const hint = /^[a-z]{2}$/i.test(country)
    ? `did you mean \`${country.toUpperCase()}\`?`
    : 'use a two-letter ISO 3166 code, for example `TR`'
  return ['unknown-country', `\`${country}\` is not a country code`, hint]
}

function checkPeople(written: Partial<TargetingSource>, path: string, fields: Fields): void {
  const { age_min: youngest, age_max: oldest } = written
  for (const [key, age] of [
    ['age_min', youngest],
    ['age_max', oldest],
  ] as const) {
    if (age === undefined || (age >= YOUNGEST && age <= OLDEST)) continue
    fields.fault(
      `${path}/${key}`,
      'out-of-range',
      `an age must be between ${YOUNGEST} and ${OLDEST}`,
      `${OLDEST} includes everybody older`,
    )
  }
  if (youngest !== undefined && oldest !== undefined && youngest > oldest) {
    fields.fault(`${path}/age_min`, 'out-of-range', '`age_min` is above `age_max`')
  }
  if (youngest === undefined && oldest !== undefined && oldest < ADULT && oldest >= YOUNGEST) {
    const hint = `add \`age_min: ${YOUNGEST}\``
    fields.fault(
      `${path}/age_max`,
      'out-of-range',
      `without \`age_min\`, Meta starts at ${ADULT}, which is above \`age_max\``,
      hint,
    )
  }
  for (const [index, gender] of (written.genders ?? []).entries()) {
    if (gender === undefined || gender === 1 || gender === 2) continue
    fields.fault(
      `${path}/genders/${index}`,
      'unknown-choice',
      `there is no gender \`${gender}\``,
      '1 is men, 2 is women; without `genders`, everybody',
    )
  }
}

/** Converts YAML nodes, which the schema passes on as written, to JSON. The rest is plain data already. */
function plain(value: unknown, fields: Fields, key: string): Json {
  if (isNode(value)) return writtenJson(fields.file, value, key)
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map((item) => plain(item, fields, key))
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member, fields, name)]))
}
