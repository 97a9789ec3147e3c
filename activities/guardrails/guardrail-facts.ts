/** Gathers from the store what the guardrails judge by. Numbers of the whole account are read once, entities by need. */

import type { Account, Group } from '../../engine/account/account.js'
import { isWrittenByPerson } from '../../engine/change/author.js'
import { amountOf, beforeOf, labelNames, targetOf } from '../../engine/change/ledger-value.js'
import { HOUR } from '../../engine/clock/zone.js'
import { countedSince } from '../../engine/guardrail/account.js'
import { dailyRaise } from '../../engine/guardrail/budget.js'
import type { AccountHealth, GuardedEntity, GuardrailContext, NamedEntity } from '../../engine/guardrail/context.js'
import { type MinimumBudgets, smallestDailyBudget } from '../../engine/guardrail/minimum-budget.js'
import { restsOnResults } from '../../engine/guardrail/rests-on-results.js'
import { paceOf } from '../../engine/rule/cadence.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Entity } from '../../store/account/entities.js'
import { findMinimumBudgets } from '../../store/account/minimum-budgets.js'
import { lastGoodSync } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { budgetChanges, budgetChangesOfRules, countMutations, isCountedSince } from '../../store/decisions/made-changes.js'
import { type Mutation } from '../../store/decisions/mutations.js'
import { countLaunchesByRules } from '../../store/launches/launch-runs.js'
import { standingStop } from '../../store/rules/stops.js'
import { authorsOf, personChanges, type PersonChanges } from '../ledger/person-changes.js'
import type { AccountSnapshot } from './account-snapshot.js'
import { recentFailures } from './breaker.js'
import { activeDailyBudgets, addedByStarting, dailyShare, daysLeft } from './daily-budgets.js'
import { groupBudgetsOf, type GroupMonth, groupMonths } from './group-budgets.js'

/** What holds for the whole account at one moment. */
export interface AccountFacts {
  readonly now: number
  readonly account: Account
  readonly stop: GuardrailContext['stop']
  readonly failuresLastHour: number
  readonly actions: GuardrailContext['actions']
  readonly lastGoodSync: number | null
  readonly today: AccountHealth['today']
  readonly groups: readonly GroupMonth[]
  /** Null where Meta was not asked yet. */
  readonly minimumBudgets: MinimumBudgets | null
  /** Raises of budgets by rules on the account's day, as the ledger has them. */
  readonly raises: readonly Mutation[]
}

export async function accountFacts(
  store: Store,
  account: Account,
  now: number,
  today: AccountHealth['today'],
  except: string | null,
  groups: readonly Group[],
  exceptRun: string | null = null,
): Promise<AccountFacts> {
  const since = countedSince(now, account.timezone)
  const stop = await standingStop(store, account.name)
  const [structure, days] = [
    await lastGoodSync(store, account.name, 'structure'),
    await lastGoodSync(store, account.name, 'days'),
  ]
  const counted = async (from: number): Promise<number> => {
    const changes = await countMutations(store, { account: account.name, since: from, by: 'rules' })
    const all = changes + (await countLaunchesByRules(store, account.name, from, exceptRun))
    // The change that is checked may be in the ledger already, from an earlier attempt.
    return except !== null && (await isCountedSince(store, except, from)) ? all - 1 : all
  }
  return {
    now,
    account,
    stop: stop === undefined ? null : { why: `${stop.reason} (${stop.stopped_by})` },
    failuresLastHour: await recentFailures(store, account.name, now),
    actions: { lastHour: await counted(since.hour), today: await counted(since.day) },
    lastGoodSync: structure === undefined || days === undefined ? null : Math.min(structure.started_at, days.started_at),
    today,
    groups: await groupMonths(store, account, groups, now),
    minimumBudgets: await findMinimumBudgets(store, account.name),
    raises: (await budgetChangesOfRules(store, account.name, since.day)).filter((row) => row.id !== except && movedBy(row) > 0),
  }
}

/** What was done to one entity lately. */
export interface EntityHistory {
  readonly personChanges: PersonChanges
  readonly changedBy: GuardrailContext['changedBy']
  /** Of today, the oldest first. */
  readonly budgetChanges: readonly Mutation[]
}

const longestHandsOff = ({ guardrails }: Account): number => Math.max(...Object.values(guardrails.handsOff))

export async function entityHistory(store: Store, account: Account, entity: Entity, now: number): Promise<EntityHistory> {
  const { day } = countedSince(now, account.timezone)
  const changes = await personChanges(store, { account: account.name, entity, since: now - longestHandsOff(account) })
  return {
    personChanges: changes,
    changedBy: await authorsOf(store, account.name, entity, changes),
    budgetChanges: await budgetChanges(store, account.name, entity.id, day),
  }
}

/** @param entity the one that would be changed: of a budget the one that holds it */
export const guardrailContext = (
  facts: AccountFacts,
  snapshot: AccountSnapshot,
  rule: Rule,
  entity: Entity,
  history: EntityHistory,
): GuardrailContext => {
  const pace = paceOf(rule, facts.account.timezone, facts.now)
  return contextAt(facts, snapshot, { pace, restsOnResults: restsOnResults(rule) }, entity, history)
}

/** The same for a change that no rule makes. `pace`: how fresh the data has to be, milliseconds between two turns. */
export function contextAt(
  facts: AccountFacts,
  snapshot: AccountSnapshot,
  judged: { readonly pace: number; readonly restsOnResults: boolean },
  entity: Entity,
  history: EntityHistory,
): GuardrailContext {
  const { now, account } = facts
  const zone = account.timezone
  const day = { now, zone }
  const changed = history.budgetChanges
  const budget = entity.dailyBudget || entity.lifetimeBudget || 0
  return {
    now,
    zone,
    settings: account.guardrails,
    entity: guarded(snapshot, entity),
    stop: facts.stop,
    failuresLastHour: facts.failuresLastHour,
    actions: facts.actions,
    personChanges: history.personChanges,
    changedBy: history.changedBy,
    health: { lastGoodSync: facts.lastGoodSync, staleAfter: 2 * judged.pace + HOUR, today: facts.today },
    restsOnResults: judged.restsOnResults,
    groups: groupBudgetsOf(facts.groups, snapshot, entity, day),
    deliveringSiblings: deliveringSiblings(snapshot, entity, now),
    budgets: {
      activeDaily: activeDailyBudgets(snapshot, day),
      raisedToday: facts.raises.reduce((sum, row) => sum + raisedBy(row, snapshot, day), 0),
      ownShare: dailyShare(snapshot, entity, day) ?? 0,
      startAdds: addedByStarting(snapshot, entity, day),
      atDayStart: changed[0] === undefined ? budget : (amountOf(beforeOf(changed[0])) ?? 0),
      movedToday: changed.filter((row) => !isWrittenByPerson(row)).reduce((sum, row) => sum + Math.abs(movedBy(row)), 0),
      changesLastHour: changed.filter(({ intended_at: at }) => at > now - HOUR).length,
      minimum: smallestBudget(facts, snapshot, entity),
      lifetimeSpent: spentOf(entity),
      daysLeft: daysLeft(entity, day),
    },
  }
}

/** A campaign's budget is for the most demanding of its ad sets. Null where nothing is known; Meta will say. */
function smallestBudget({ minimumBudgets, account }: AccountFacts, snapshot: AccountSnapshot, entity: Entity): number | null {
  if (minimumBudgets === null) return null
  const adsets = entity.level === 'campaign' ? snapshot.beneath(entity).filter(({ level }) => level === 'adset') : [entity]
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const of = ({ fields }: Entity): number | null =>
    smallestDailyBudget(minimumBudgets, account.currency, {
      goal: text(fields['optimization_goal']),
      bidStrategy: text(fields['bid_strategy']) ?? text(entity.fields['bid_strategy']),
      bidAmount: typeof fields['bid_amount'] === 'number' ? fields['bid_amount'] : null,
    })
  const known = (adsets.length === 0 ? [entity] : adsets).map(of).filter((budget) => budget !== null)
  return known.length === 0 ? null : Math.max(...known)
}

/** A lifetime budget counts by the days that it has left; where these are not known any more, all of it counts. */
function raisedBy(row: Mutation, snapshot: AccountSnapshot, day: { readonly now: number; readonly zone: string }): number {
  const entity = row.level === 'ad' ? null : snapshot.find(row.level, row.entity_id)
  const target = targetOf(row)
  if (target.kind !== 'budget') return 0
  const change = { field: target.field, before: amountOf(beforeOf(row)) ?? 0, target: target.amount }
  return dailyRaise(change, entity === null ? null : daysLeft(entity, day)) ?? change.target - change.before
}

/** By how much a change moves a budget, minor units; negative downwards. */
const movedBy = (row: Mutation): number => (amountOf(targetOf(row)) ?? 0) - (amountOf(beforeOf(row)) ?? 0)

/** Of a fresh reading, which says what remains; the store keeps no such thing, for it changes with every impression. */
function spentOf(entity: Entity): number | null {
  const remaining = entity.fields['budget_remaining']
  return entity.lifetimeBudget && typeof remaining === 'number' ? Math.max(0, entity.lifetimeBudget - remaining) : null
}

function deliveringSiblings(snapshot: AccountSnapshot, entity: Entity, now: number): number | null {
  const campaign = snapshot.find('campaign', entity.campaignId)
  if (campaign === null) return null
  const siblings = snapshot.beneath(campaign).filter(({ level, id }) => level === 'adset' && id !== entity.id)
  return siblings.filter(
    (other) => snapshot.isDelivering(other) === true && !snapshot.mayBePaused(other.id) && canDeliver(snapshot, other, now),
  ).length
}

/** Active in name is not enough to stand in for another: its days must have begun and not be over, and some ad of it be active. */
function canDeliver(snapshot: AccountSnapshot, adset: Entity, now: number): boolean {
  const { start_time: start, end_time: end } = adset.fields
  if (adset.effectiveStatus === 'WITH_ISSUES') return false
  if ((typeof start === 'number' && start > now) || (typeof end === 'number' && end > 0 && end <= now)) return false
  const ads = snapshot.beneath(adset)
  return ads.length === 0 || ads.some(({ status }) => status === 'ACTIVE')
}

function guarded(snapshot: AccountSnapshot, entity: Entity): GuardedEntity {
  return {
    ...named(entity),
    level: entity.level,
    above: snapshot.above(entity).map(named),
    beneath: snapshot
      .beneath(entity)
      .filter((other) => snapshot.isDelivering(other) === true)
      .map(named),
    delivering: snapshot.isDelivering(entity),
    learning: isLearning(entity),
  }
}

const named = ({ name, fields }: Entity): NamedEntity => ({ name, labels: labelNames(fields['adlabels']) })

function isLearning({ fields }: Entity): boolean | null {
  const info = fields['learning_stage_info'] as { status?: unknown } | null | undefined
  return typeof info?.status === 'string' ? info.status === 'LEARNING' : null
}
