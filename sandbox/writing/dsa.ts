/** The payor and the beneficiary, which are required for every ad set that reaches the European Union (Digital Services Act). */

import { refused } from '../protocol/errors.js'
import { type Parameters, textParameter } from '../protocol/parameters.js'
import { placesOf } from './places.js'
import type { Targeting } from './targeting.js'

/** Member states (ISO 3166), and groups of countries that contain some of them. */
const MEMBERS = new Set(
  ['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT'].concat(
    ['NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'worldwide', 'europe', 'eea', 'european_union', 'eurozone'],
  ),
)

/** @throws GraphError 3858081 without a beneficiary, 3858079 without a payor */
export function readDsa(parameters: Parameters, targeting: Targeting): Record<string, string | null> {
  const beneficiary = textParameter(parameters, 'dsa_beneficiary') ?? null
  const payor = textParameter(parameters, 'dsa_payor') ?? null
  checkDsa(targeting, beneficiary, payor)
  return { dsa_beneficiary: beneficiary, dsa_payor: payor }
}

export function checkDsa(targeting: Targeting, beneficiary: unknown, payor: unknown): void {
  if (!placesOf(targeting.geo_locations).some((place) => MEMBERS.has(place))) return
  if (typeof beneficiary !== 'string') {
    throw refused(
      3858081,
      'No beneficiary provided',
      'Ads that are shown in the European Union have to say who benefits from them. Enter the beneficiary.',
      ['dsa_beneficiary'],
    )
  }
  if (typeof payor !== 'string') {
    throw refused(
      3858079,
      'No payor provided',
      'Ads that are shown in the European Union have to say who pays for them. Enter the payor.',
      ['dsa_payor'],
    )
  }
}
