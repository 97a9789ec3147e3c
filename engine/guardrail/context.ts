/** Input of the guardrails: plain data, gathered once before an action. Money is in the account's minor units. */

import type { Guardrails, HandsOffKind } from '../account/account.js'
import type { BudgetField } from '../change/budget.js'
import type { Reason } from '../message/reason.js'

export type GuardrailName =
  | 'stop'
  | 'breaker'
  | 'freeze'
  | 'protect'
  | 'hands-off'
  | 'outage'
  | 'learning'
  | 'last-adset'
  | 'actions-per-hour'
  | 'actions-per-day'
  | 'step'
  | 'daily-change'
  | 'ceiling'
  | 'raise'
  | 'group-budget'
  | 'meta-budget-changes'
  | 'minimum-budget'

export interface Refusal {
  readonly guardrail: GuardrailName
  readonly reason: Reason
}

/** A change that a rule is about to make, with its target value computed. */
export type ProposedChange =
  | { readonly kind: 'pause' }
  /** `ownPause`: it ends the rule's own pause, rather than starting something that others paused. */
  | { readonly kind: 'start'; readonly ownPause: boolean }
  /** These change no budget but still count as changes: protected entities are protected from them too. */
  | { readonly kind: 'rename' | 'label' | 'duplicate' }
  | { readonly kind: 'bid'; readonly before: number | null; readonly target: number }
  | { readonly kind: 'budget'; readonly field: BudgetField; readonly before: number; readonly target: number }

export interface NamedEntity {
  readonly name: string
  /** Names of its ad labels. */
  readonly labels: readonly string[]
}

/** The entity that would be changed; for a budget, the one that has the budget. */
export interface GuardedEntity extends NamedEntity {
  readonly level: 'campaign' | 'adset' | 'ad'
  /** The entities that contain it, such as an ad set's campaign: protecting a campaign protects everything in it. */
  readonly above: readonly NamedEntity[]
  /** The delivering entities that it contains, which would stop if it were paused. */
  readonly beneath: readonly NamedEntity[]
  /** Whether it and everything above it is active; null if not known. */
  readonly delivering: boolean | null
  /** Whether it is in Meta's learning phase; null if Meta does not report it, which counts as not learning. */
  readonly learning: boolean | null
}

export interface GuardrailContext {
  readonly now: number
  /** The account's time zone, by which its days are counted. */
  readonly zone: string
  readonly settings: Guardrails
  readonly entity: GuardedEntity
  /** The stop switch of the account or of all accounts, with who set it and why; null if it is off. */
  readonly stop: { readonly why: string } | null
  /** How many actions of rules failed in the last hour. */
  readonly failuresLastHour: number
  /** How many changes rules made in the account, including those whose outcome is not known yet. */
  readonly actions: { readonly lastHour: number; readonly today: number }
  /** When someone other than the rules last changed the entity's status, budget or bid; null if nobody did recently. */
  readonly personChanges: Readonly<Record<HandsOffKind, number | null>>
  /** Who made these changes: the name of a person or another app, or Meta; null if not known yet. */
  readonly changedBy: Readonly<Record<HandsOffKind, string | null>>
  readonly health: AccountHealth
  /** Whether the rule's conditions depend on costs or results (`restsOnResults`). */
  readonly restsOnResults: boolean
  /** How many other ad sets of the campaign deliver and are not about to be paused by an unsettled change; null if unknown. */
  readonly deliveringSiblings: number | null
  readonly budgets: BudgetFacts
  /** The groups with a monthly budget that the entity's campaign is in. */
  readonly groups: readonly GroupBudget[]
}

/** A group's monthly budget. Money is in minor units; null if unknown. */
export interface GroupBudget {
  readonly name: string
  readonly monthlyBudget: number
  /** Spend of this month up to the end of yesterday. */
  readonly spent: number | null
  /** The most that the group's active budgets may spend from today to the end of the month, including unsettled changes. */
  readonly toCome: number | null
  /** Days of the month from today on, today included. */
  readonly daysLeft: number
}

export interface AccountHealth {
  /** When the last sync began that read structure and insights completely; null if there was none. */
  readonly lastGoodSync: number | null
  /** Age at which data is stale: twice the rule's interval plus an hour. */
  readonly staleAfter: number
  /**
   * Today's results and spend, and the usual values by this hour: the median of the same hours of the last fourteen days. Null
   * if the usual values are not known, as in an account's first week.
   */
  readonly today: {
    readonly results: number
    readonly usualResults: number
    readonly spend: number
    readonly usualSpend: number
  } | null
}

interface BudgetFacts {
  /** Sum of all active daily budgets in the account, including unsettled changes; null if unknown. */
  readonly activeDaily: number | null
  /** How much of that sum is this entity's own daily budget; 0 if it is paused. */
  readonly ownShare: number
  /** By how much rules raised the account's daily budgets today, including changes in progress; cuts are not subtracted. */
  readonly raisedToday: number
  /** What starting the entity would add to the sum; null if unknown. */
  readonly startAdds: number | null
  /** The entity's budget at the start of the account's day, or the first one known of that day. */
  readonly atDayStart: number
  /** How far rules moved it today: the sum of all raises and cuts. */
  readonly movedToday: number
  /** How often anyone changed it in the last hour. */
  readonly changesLastHour: number
  /** Meta's smallest daily budget for it; null if not known, in which case Meta itself refuses a budget that is too small. */
  readonly minimum: number | null
  /** How much of a lifetime budget was spent; null if not known. */
  readonly lifetimeSpent: number | null
  /** Days left in a lifetime budget's schedule, including today; null if unknown. */
  readonly daysLeft: number | null
}
