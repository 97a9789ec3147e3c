/** An ad set's bid: it uses its own strategy, or the campaign's if that has the budget. */

import { invalidParameter, refused } from '../protocol/errors.js'
import { enumParameter, integerParameter, isRecord, jsonParameter, type Parameters } from '../protocol/parameters.js'

export const BID_STRATEGIES = [
  'LOWEST_COST_WITHOUT_CAP',
  'LOWEST_COST_WITH_BID_CAP',
  'COST_CAP',
  'LOWEST_COST_WITH_MIN_ROAS',
] as const
const WITH_AMOUNT: readonly unknown[] = ['LOWEST_COST_WITH_BID_CAP', 'COST_CAP']

export interface Bid {
  /** Null if the campaign has the strategy. */
  readonly bid_strategy: string | null
  readonly bid_amount: number | null
  readonly bid_constraints: Record<string, unknown> | null
}

/**
 * @param campaignStrategy the strategy of a campaign that has the budget or shares its ad sets' budgets; else null
 * @throws GraphError 100, with 2490487 if the strategy needs an amount
 */
export function readBid(parameters: Parameters, campaignStrategy: string | null): Bid {
  const given = enumParameter(parameters, 'bid_strategy', BID_STRATEGIES)
  const amount = integerParameter(parameters, 'bid_amount')
  if (campaignStrategy !== null && given !== undefined && given !== campaignStrategy) {
    throw invalidParameter(`Param bid_strategy cannot be set: the campaign's bid strategy is ${campaignStrategy}`)
  }
  const own = given ?? (amount === undefined ? 'LOWEST_COST_WITHOUT_CAP' : 'LOWEST_COST_WITH_BID_CAP')
  const strategy = campaignStrategy ?? own
  if (amount !== undefined && !WITH_AMOUNT.includes(strategy)) {
    throw invalidParameter(`Param bid_amount cannot be set: the bid strategy ${strategy} takes no bid amount`)
  }
  if (WITH_AMOUNT.includes(strategy) && (amount === undefined || amount < 1)) {
    throw refused(
      2490487,
      'Bid amount required',
      `Bid amount required: you must provide a bid cap or target cost in bid_amount field. For ${strategy}, you must provide the bid_amount field.`,
      ['bid_amount'],
    )
  }
  return {
    bid_strategy: campaignStrategy === null ? own : null,
    bid_amount: amount ?? null,
    bid_constraints: readConstraints(parameters, strategy),
  }
}

/** @throws GraphError 100 for a minimum ROAS without the goal `VALUE`. Meta documents no subcode for it. */
export function checkGoalOfBid(strategy: unknown, goal: unknown): void {
  if (strategy !== 'LOWEST_COST_WITH_MIN_ROAS' || goal === 'VALUE') return
  throw refused(
    null,
    'Bid strategy not available',
    `The bid strategy LOWEST_COST_WITH_MIN_ROAS can only be used with the performance goal VALUE, not with ${String(goal)}.`,
    ['bid_strategy'],
  )
}

/** Reads `bid_constraints`; `{ roas_average_floor: 20000 }` is a ROAS of 2. */
function readConstraints(parameters: Parameters, strategy: string): Record<string, unknown> | null {
  const given = jsonParameter(parameters, 'bid_constraints')
  const floor = isRecord(given) ? given.roas_average_floor : undefined
  if (strategy !== 'LOWEST_COST_WITH_MIN_ROAS') {
    if (given !== undefined) throw invalidParameter(`Param bid_constraints cannot be set: ${strategy} takes none`)
    return null
  }
  if (!isRecord(given) || !Number.isInteger(floor) || Number(floor) < 100 || Number(floor) > 10_000_000) {
    throw invalidParameter('Param bid_constraints[roas_average_floor] must be a whole number from 100 to 10000000')
  }
  return given
}
