/** Computes how many people the ads of a row can reach, and how many they reached. */

import type { GraphObject } from '../state/objects.js'
import type { World } from '../world/world.js'
import type { Totals } from './totals.js'

/** Returns the number of people whom the ad sets can reach. */
export function audienceOf(world: World, ads: readonly GraphObject[]): number {
  const adsets = new Set(ads.map((ad) => ad.parent ?? ''))
  let audience = 0
  for (const adset of adsets) audience += world.delivery.profileOf(adset).audience
  return audience
}

/** Returns how many of these people the impressions reached. Reach saturates, so it does not add up. */
export function reachOf(audience: number, { counters }: Totals): number {
  const reachable = audience * 0.6
  return Math.min(counters.impressions, Math.ceil(reachable * (1 - Math.exp((-0.93 * counters.impressions) / reachable))))
}
