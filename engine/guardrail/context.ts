/** What the guardrails judge by: plain data, gathered once before an action. Money is in the account's minor units. */

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

/** One change that a rule wants to make, with its target settled. */
export type ProposedChange =
  | { readonly kind: 'pause' }
  /** `ownPause`: it releases the rule's own pause, rather than starting what others paused. */
  | { readonly kind: 'start'; readonly ownPause: boolean }
  /** These move no money, and still count as changes: an entity that is to be left alone is protected from them too. */
  | { readonly kind: 'rename' | 'label' | 'duplicate' }
  | { readonly kind: 'bid'; readonly before: number | null; readonly target: number }
  | { readonly kind: 'budget'; readonly field: BudgetField; readonly before: number; readonly target: number }

export interface NamedEntity {
  readonly name: string
  /** Names of its ad labels. */
  readonly labels: readonly string[]
}

/** The entity that would be changed: of a budget the one that holds it. */
export interface GuardedEntity extends NamedEntity {
  readonly level: 'campaign' | 'adset' | 'ad'
  /** What it is in, the campaign for an ad set: protecting a campaign protects what is in it. */
  readonly above: readonly NamedEntity[]
  /** What is in it and delivers: pausing it would stop these. */
  readonly beneath: readonly NamedEntity[]
  /** Active, and so is all above it; null where that is not known. */
  readonly delivering: boolean | null
  /** Meta's learning phase; null where Meta says nothing of it, which counts as not learning. */
  readonly learning: boolean | null
}

export interface GuardrailContext {
  readonly now: number
  /** The account's zone, which settles its days. */
  readonly zone: string
  readonly settings: Guardrails
  readonly entity: GuardedEntity
  /** The stop switch of the account or of all, with who threw it and why; null where it is off. */
  readonly stop: { readonly why: string } | null
  /** Actions of rules that failed in the last hour. */
  readonly failuresLastHour: number
  /** Changes that rules made, or may have made, in the account, unsettled ones included. */
  readonly actions: { readonly lastHour: number; readonly today: number }
  /** When a person last changed each of the entity, here or in Ads Manager; null where nobody did of late. */
  readonly personChanges: Readonly<Record<HandsOffKind, number | null>>
  /** Who made these: a person's name, another app's, or Meta; null where nobody knows yet. */
  readonly changedBy: Readonly<Record<HandsOffKind, string | null>>
  readonly health: AccountHealth
  /** Whether the rule's conditions look at costs or results (`restsOnResults`). */
  readonly restsOnResults: boolean
  /** Other ad sets of the campaign that deliver and that no unsettled change is about to pause; null if unknown. */
  readonly deliveringSiblings: number | null
  readonly budgets: BudgetFacts
  /** The groups with a monthly budget that the entity's campaign is in. */
  readonly groups: readonly GroupBudget[]
}

/** Money in minor units; null if unknown. */
export interface GroupBudget {
  readonly name: string
  readonly monthlyBudget: number
  /** Of this month, up to the end of yesterday. */
  readonly spent: number | null
  /** What the group's active budgets may spend from today to the month's end, unsettled changes included. */
  readonly toCome: number | null
  /** Days of the month from today on, today included. */
  readonly daysLeft: number
}

export interface AccountHealth {
  /** When the last reading began that brought structure and insights in full; null for never. */
  readonly lastGoodSync: number | null
  /** Age at which data is stale: twice the rule's pace and an hour. */
  readonly staleAfter: number
  /**
   * Today's results and spend, and what is usual by this hour: the median of the same hours of the last fourteen days. Null
   * where that is not known, as in an account's first week.
   */
  readonly today: {
    readonly results: number
    readonly usualResults: number
    readonly spend: number
    readonly usualSpend: number
  } | null
}

interface BudgetFacts {
  /** Sum of the daily budgets of all that is active in the account, unsettled changes included; null if unknown. */
  readonly activeDaily: number | null
  /** What of that sum is this entity's own daily budget: 0 where it is paused. */
  readonly ownShare: number
  /** By how much rules raised the account's daily budgets today, changes in progress included, cuts not taken off. */
  readonly raisedToday: number
  /** What starting the entity would add to the sum; null if unknown. */
  readonly startAdds: number | null
  /** The entity's budget at the start of the account's day, or the first that is known of the day. */
  readonly atDayStart: number
  /** How far rules moved it today, ups and downs added up. */
  readonly movedToday: number
  /** How often it was changed in the last hour, by anybody. */
  readonly changesLastHour: number
  /** Meta's smallest daily budget for it; null where it was not asked for, and then Meta will say. */
  readonly minimum: number | null
  /** What was spent of a lifetime budget. */
  readonly lifetimeSpent: number | null
  /** Days left of a lifetime budget's schedule, today included; null where unknown. */
  readonly daysLeft: number | null
}
