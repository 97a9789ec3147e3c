/** Reads from the store what the guardrails need. Numbers of the whole account are read once, those of entities when needed. */

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

/** The facts of the whole account at one moment. */
export interface AccountFacts {
  readonly now: number
  readonly account: Account
  readonly stop: GuardrailContext['stop']
  readonly failuresLastHour: number
  readonly actions: GuardrailContext['actions']
  readonly lastGoodSync: number | null
  readonly today: AccountHealth['today']
  readonly groups: readonly GroupMonth[]
  /** Null if they were not read from Meta yet. */
  readonly minimumBudgets: MinimumBudgets | null
  /** The ledger's rows of budget raises by rules today, in the account's time zone. */
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
    // An earlier attempt may have written the checked change to the ledger already.
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

/** Recent changes of one entity. */
export interface EntityHistory {
  readonly personChanges: PersonChanges
  readonly changedBy: GuardrailContext['changedBy']
  /** Today's, oldest first. */
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

/** @param entity the one that would be changed; for a budget the one that has it */
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

/** The same for a change that no rule makes. `pace` says how fresh the data must be: milliseconds between two evaluations. */
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

/**
 * Returns the smallest budget that Meta accepts; a campaign's must suffice for the most demanding of its ad sets. Null if unknown:
 * then Meta refuses.
 */
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

/** A raise of a lifetime budget counts per remaining day; if these are no longer known, the whole raise counts. */
function raisedBy(row: Mutation, snapshot: AccountSnapshot, day: { readonly now: number; readonly zone: string }): number {
  const entity = row.level === 'ad' ? null : snapshot.find(row.level, row.entity_id)
  const target = targetOf(row)
  if (target.kind !== 'budget') return 0
  const change = { field: target.field, before: amountOf(beforeOf(row)) ?? 0, target: target.amount }
  return dailyRaise(change, entity === null ? null : daysLeft(entity, day)) ?? change.target - change.before
}

/** Returns by how much a change moves a budget, in minor units; negative if it lowers it. */
const movedBy = (row: Mutation): number => (amountOf(targetOf(row)) ?? 0) - (amountOf(beforeOf(row)) ?? 0)

/**
 * Returns what was spent of the lifetime budget. Only a fresh reading has `budget_remaining`; the store does not keep it, because
 * it changes with every impression.
 */
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

/** An active ad set can replace another only if its schedule has begun and is not over, and one of its ads is active. */
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
