/** The budget of a new campaign or ad set, in minor units. */

import { DAY } from '../base/calendar.js'
import { moneyText } from '../base/money.js'
import { type GraphError, invalidParameter, refused } from '../protocol/errors.js'
import { integerParameter, type Parameters } from '../protocol/parameters.js'
import { minimumDailyBudget } from '../reading/minimum-budgets.js'
import type { Bid } from './bid.js'
import type { Span } from './span.js'

export interface Budget {
  readonly daily_budget: number | null
  readonly lifetime_budget: number | null
}

/** @throws GraphError 100 for both at once */
export function readBudget(parameters: Parameters): Budget {
  const [daily, lifetime] = (['daily_budget', 'lifetime_budget'] as const).map((field) => {
    const amount = integerParameter(parameters, field)
    if (amount !== undefined && amount < 0) throw invalidParameter(`Param ${field} must be greater than or equal to 0`)
    return amount ?? null
  }) as [number | null, number | null]
  if (daily !== null && lifetime !== null) throw invalidParameter('Only one of daily_budget and lifetime_budget can be set')
  return { daily_budget: daily, lifetime_budget: lifetime }
}

export const hasBudget = ({ daily_budget: daily, lifetime_budget: lifetime }: Partial<Record<keyof Budget, unknown>>): boolean =>
  typeof daily === 'number' || typeof lifetime === 'number'

/** @throws GraphError 1885272 if the budget is below the minimum for each of its days */
export function checkLeast(currency: string, budget: Budget, goal: string | null, bid: Bid | null, span: Span | null): void {
  const least = Math.max(minimumDailyBudget(currency, goal), leastForBid(goal, bid))
  if (budget.daily_budget !== null && budget.daily_budget < least) throw budgetTooLow(least, currency, 'daily_budget')
  if (budget.lifetime_budget === null) return
  const days = span === null || span.end_time === null ? 1 : Math.ceil((span.end_time - span.start_time) / DAY)
  if (budget.lifetime_budget < least * days) throw budgetTooLow(least * days, currency, 'lifetime_budget')
}

export const budgetTooLow = (minimum: number, currency: string, field: string): GraphError =>
  refused(1885272, 'Budget is too low', `The budget must be more than ${moneyText(minimum, currency)}.`, [field])

/** With a bid cap, the daily budget must be at least one bid for impressions, and five bids for anything rarer. */
function leastForBid(goal: string | null, bid: Bid | null): number {
  if (bid === null || bid.bid_amount === null || bid.bid_strategy !== 'LOWEST_COST_WITH_BID_CAP') return 0
  return goal === 'IMPRESSIONS' || goal === 'REACH' ? bid.bid_amount : 5 * bid.bid_amount
}
