/** Converts a rule's bid step to an absolute bid amount in minor units, computed once, like the target of a budget step. */

import { type ReasonCode } from '../message/reason-sentences.js'
import { fact, reasonOf } from '../message/reason.js'
import { type BudgetStep, type NoChange, resolveBudget } from './budget.js'

/** Bid strategies that have a bid amount (Marketing API, ad set `bid_strategy`). */
const WITH_AMOUNT = new Set(['LOWEST_COST_WITH_BID_CAP', 'COST_CAP'])

/** An ad set's bid at Meta. */
export interface BidOf {
  /** The ad set's own bid strategy, or its campaign's if the campaign has the budget; null if neither has one. */
  readonly strategy: string | null
  /** Minor units. */
  readonly amount: number | null
}

export type ResolvedBid = { readonly kind: 'change'; readonly before: number | null; readonly target: number } | NoChange

const AS_BIDS: Partial<Record<ReasonCode, ReasonCode>> = {
  'budget-not-positive': 'bid-not-positive',
  'budget-already': 'bid-already',
  'budget-at-max': 'bid-at-max',
  'budget-at-min': 'bid-at-min',
}

/** Returns the absolute target of a bid step; refused if the bid strategy has no bid amount. */
export function resolveBid(step: BudgetStep, { strategy, amount }: BidOf, currency: string): ResolvedBid {
  if (strategy === null || !WITH_AMOUNT.has(strategy)) {
    return { kind: 'refused', reason: reasonOf('bid-none', { strategy: fact.text(strategy ?? 'LOWEST_COST_WITHOUT_CAP') }) }
  }
  if (amount === null && step.change.kind === 'relative') return { kind: 'refused', reason: reasonOf('bid-unset') }
  const resolved = resolveBudget(step, amount ?? 0, currency)
  if (resolved.kind === 'change') return { kind: 'change', before: amount, target: resolved.target }
  return { ...resolved, reason: { ...resolved.reason, code: AS_BIDS[resolved.reason.code] ?? resolved.reason.code } }
}
