/** An ad set's profile: how expensive its impressions and purchases are, and how that changes. */

import { textHash, uniform } from '../base/random.js'

/**
 * A change by a factor from a day on (counted from the sandbox's first day, so -8 is eight days before), spread over `ramp` days.
 */
export interface Turn {
  readonly day: number
  readonly factor: number
  readonly ramp: number
}

export interface DeliveryProfile {
  /** Cost of a purchase and of a thousand impressions, in kuruş. */
  readonly purchaseCost: number
  readonly mille: number
  /** Link clicks per impression. */
  readonly linkRate: number
  /** Average order, in kuruş. */
  readonly orderValue: number
  /** Share of the budget that it actually spends. */
  readonly appetite: number
  /** Its share among the ad sets of a campaign that has the budget. */
  readonly weight: number
  /** People within its targeting. */
  readonly audience: number
  /** Changes of the purchase cost, of the clicks per impression, and of the share of the budget that is spent. */
  readonly turn?: Turn
  readonly clickTurn?: Turn
  readonly spendTurn?: Turn
  /** Slow trends: the relative change of the purchase cost and of the CPM per day. */
  readonly costTrend?: number
  readonly milleTrend?: number
}

/**
 * Factors for the price of a purchase, the price of impressions and the likelihood of a click if Meta optimises for another goal.
 */
const BY_GOAL: Readonly<Record<string, readonly [purchases: number, mille: number, clicks: number]>> = {
  LINK_CLICKS: [3, 0.7, 1.8],
  LANDING_PAGE_VIEWS: [2.5, 0.8, 1.6],
  POST_ENGAGEMENT: [6, 0.6, 0.8],
  REACH: [8, 0.35, 0.4],
  IMPRESSIONS: [8, 0.3, 0.35],
  THRUPLAY: [8, 0.4, 0.4],
}

/** Returns an average but distinct profile for an ad set that is not part of the scene. */
export function profileByChance(seed: number, adsetId: string, optimizationGoal: unknown): DeliveryProfile {
  const id = textHash(adsetId)
  const [purchases, mille, clicks] = BY_GOAL[String(optimizationGoal)] ?? [1, 1, 1]
  return {
    purchaseCost: Math.round((7_000 + 8_000 * uniform(seed, id, 1)) * purchases),
    mille: Math.round((5_500 + 4_000 * uniform(seed, id, 2)) * mille),
    linkRate: (0.008 + 0.01 * uniform(seed, id, 3)) * clicks,
    orderValue: Math.round(45_000 + 40_000 * uniform(seed, id, 4)),
    appetite: 0.95,
    weight: 1,
    audience: Math.round(80_000 + 400_000 * uniform(seed, id, 5)),
  }
}

/** Returns the factor of trend and turn on the purchase cost, on a day counted from the sandbox's first. */
export const costDrift = (profile: DeliveryProfile, day: number): number =>
  Math.exp((profile.costTrend ?? 0) * day) * turned(profile.turn, day)

/** Returns the factor of a turn on a day; 1 before the turn. */
export function turned(turn: Turn | undefined, day: number): number {
  if (!turn || day < turn.day) return 1
  const share = Math.min(1, (day - turn.day + 1) / Math.max(1, turn.ramp))
  return 1 + (turn.factor - 1) * share
}
