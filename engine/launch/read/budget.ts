/** Budgets, bids and times of a campaign or an ad set. */

import type { Fields } from '../../document/fields.js'
import type { BidStrategy, LaunchBudget } from '../launch-spec.js'
import type { LaunchAccount } from './launch-account.js'
import { parseAmount } from './written-value.js'

export interface BudgetSource {
  readonly daily_budget?: string
  readonly lifetime_budget?: string
}

export const BUDGET_KEYS = ['daily_budget', 'lifetime_budget'] as const

/** Returns the key of the budget at `path`, even if its value is invalid; null if there is no budget. */
export const budgetKey = (fields: Fields, path: string): (typeof BUDGET_KEYS)[number] | null =>
  BUDGET_KEYS.find((key) => fields.has(`${path}/${key}`)) ?? null

/** Returns null if there is no budget, or if it has an error, which is then reported. */
export function readBudget(
  written: BudgetSource,
  path: string,
  fields: Fields,
  account: LaunchAccount | null,
): LaunchBudget | null {
  const read = (key: (typeof BUDGET_KEYS)[number]) => readMoney(written[key], `${path}/${key}`, fields, account)
  const [daily, lifetime] = [read('daily_budget'), read('lifetime_budget')]
  if (fields.has(`${path}/daily_budget`) && fields.has(`${path}/lifetime_budget`)) {
    const message = 'a budget is either daily or lifetime, not both'
    fields.keyFault(`${path}/lifetime_budget`, 'several-budgets', message, 'remove one of them')
    return null
  }
  if (daily !== null) return { kind: 'daily', amount: daily }
  return lifetime === null ? null : { kind: 'lifetime', amount: lifetime }
}

/** Returns minor units. Without an account, only the format is checked, and the result is null. */
export function readMoney(
  written: string | undefined,
  path: string,
  fields: Fields,
  account: LaunchAccount | null,
): number | null {
  const amount = fields.read(path, written, (text) => parseAmount(text, account))
  return account === null ? null : amount
}

export const DEFAULT_STRATEGY: BidStrategy = 'LOWEST_COST_WITHOUT_CAP'

const CAPPED: readonly BidStrategy[] = ['LOWEST_COST_WITH_BID_CAP', 'COST_CAP']

const FLOORED: BidStrategy = 'LOWEST_COST_WITH_MIN_ROAS'

/** The highest return that Meta accepts as a floor. */
const HIGHEST_FLOOR = 1000

export interface BidQuestion {
  /** Null if there is no strategy on the level `at`. */
  readonly strategy: BidStrategy | null
  readonly at: 'campaign' | 'adset'
  readonly goal: string | null
  readonly roasFloor: number | null
}

/** Reports what the ad set at `path` lacks for its bid strategy, and what it has without need. Source: Marketing API, `bid_strategy`, as of v26.0. */
export function checkBid({ strategy, at, goal, roasFloor }: BidQuestion, path: string, fields: Fields): void {
  const amountAt = `${path}/bid_amount`
  const floorAt = `${path}/roas_average_floor`
  const strategyAt = at === 'campaign' ? 'campaign/bid_strategy' : `${path}/bid_strategy`
  const capped = strategy !== null && CAPPED.includes(strategy)
  if (capped && !fields.has(amountAt)) {
    const place = at === 'campaign' ? `${path}/key` : strategyAt
    fields.fault(place, 'missing-key', `\`${strategy}\` needs a \`bid_amount\` in the ad set`, 'for example `bid_amount: 20 TRY`')
  }
  // Without a strategy, Meta treats a bid amount of an ad set as a bid cap.
  if (fields.has(amountAt) && !capped && (strategy !== null || at === 'campaign')) {
    fields.keyFault(
      amountAt,
      'needless-key',
      `\`${strategy ?? DEFAULT_STRATEGY}\` has no bid amount`,
      at === 'campaign' ? `set \`bid_strategy: ${CAPPED[0]}\` on the campaign, or remove it` : 'remove one of the two',
    )
  }
  if (strategy === FLOORED) {
    const place = at === 'campaign' ? `${path}/key` : strategyAt
    if (!fields.has(floorAt)) {
      fields.fault(place, 'missing-key', `\`${FLOORED}\` needs a \`roas_average_floor\``, 'for example `roas_average_floor: 2`')
    }
    if (goal !== null && goal !== 'VALUE') {
      fields.fault(
        `${path}/optimization_goal`,
        'wrong-goal',
        `\`${FLOORED}\` requires the goal \`VALUE\``,
        'change the strategy or the goal',
      )
    }
  } else if (fields.has(floorAt)) {
    fields.keyFault(floorAt, 'needless-key', 'a floor needs another bid strategy', `use \`bid_strategy: ${FLOORED}\``)
  }
  if (roasFloor !== null && !(roasFloor >= 0.01 && roasFloor <= HIGHEST_FLOOR)) {
    fields.fault(floorAt, 'out-of-range', `a floor is between 0.01 and ${HIGHEST_FLOOR}`, 'a return of 2 is written `2`')
  }
}
