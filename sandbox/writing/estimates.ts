/** `delivery_estimate` and `reachestimate`: the size of an audience. */

import { textHash, uniform } from '../base/random.js'
import { enumParameter, isRecord } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { required } from '../request/required.js'
import type { GraphObject } from '../state/objects.js'
import { checkAudiences } from './audiences.js'
import { checkPromoted, readPromotedObject } from './goal.js'
import { OPTIMIZATION_GOALS } from './odax.js'
import { readTargeting } from './targeting.js'

/** The number of people in a country without further targeting, in the sandbox. */
const PEOPLE: Readonly<Record<string, number>> = { TR: 58_000_000, DE: 47_000_000 }
const ELSEWHERE = 20_000_000

interface Bounds {
  readonly lower: number
  readonly upper: number
}

/** Estimates an existing ad set's audience, or that of the given targeting. */
export function deliveryEstimate(call: Call, adset: GraphObject | null): unknown {
  const given = call.parameters.targeting_spec
  if (adset === null) required(enumParameter(call.parameters, 'optimization_goal', OPTIMIZATION_GOALS), 'optimization_goal')
  checkPromoted(call.world, readPromotedObject(call.parameters))
  const targeting = adset !== null && given === undefined ? adset.fields.targeting : readSpec(call)
  const { lower, upper } = bounds(targeting)
  return {
    data: [
      {
        estimate_ready: true,
        estimate_mau_lower_bound: lower,
        estimate_mau_upper_bound: upper,
        targeting_optimization_types: [],
      },
    ],
  }
}

export function reachEstimate(call: Call): unknown {
  const { lower, upper } = bounds(readSpec(call))
  return { data: { users_lower_bound: lower, users_upper_bound: upper, estimate_ready: true } }
}

function readSpec(call: Call): Record<string, unknown> {
  const targeting = readTargeting({ targeting: required(call.parameters.targeting_spec ?? undefined, 'targeting_spec') })
  checkAudiences(call.world, targeting)
  return targeting
}

/** Returns a smaller audience for fewer years of age and for more conditions; always the same for the same targeting. */
function bounds(given: unknown): Bounds {
  const targeting = isRecord(given) ? given : {}
  const places = isRecord(targeting.geo_locations) ? targeting.geo_locations : {}
  const countries = Array.isArray(places.countries) ? places.countries.map(String) : []
  const people = countries.reduce((sum, country) => sum + (PEOPLE[country] ?? ELSEWHERE), 0) || ELSEWHERE / 10
  const years = Number(targeting.age_max ?? 65) - Number(targeting.age_min ?? 18) + 1
  const genders = Array.isArray(targeting.genders) && targeting.genders.length === 1 ? 0.5 : 1
  const narrowing = ['flexible_spec', 'interests', 'behaviors', 'custom_audiences'].filter((key) => key in targeting).length
  const share =
    Math.min(1, years / 48) * genders * 0.12 ** narrowing * (0.9 + 0.2 * uniform(textHash(JSON.stringify(targeting)), 1))
  const lower = Math.max(1_000, Math.round((people * share) / 100) * 100)
  return { lower, upper: Math.round((lower * 1.18) / 100) * 100 }
}
