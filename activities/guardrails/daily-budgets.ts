/** Converts an account's budgets to amounts per day. Money is in minor units. */

import { addDays, dayOf } from '../../engine/clock/zone.js'
import type { Entity } from '../../store/account/entities.js'
import type { AccountSnapshot } from './account-snapshot.js'

/** The time that determines the current day, and the account's time zone. */
export interface BudgetDay {
  readonly now: number
  readonly zone: string
}

/**
 * Returns the sum of the daily budgets of everything active, counting unsettled changes with the higher of both values; null if a
 * lifetime budget has no known end, because its spend per day is then unknown.
 */
export function activeDailyBudgets(snapshot: AccountSnapshot, day: BudgetDay): number | null {
  let sum = 0
  for (const entity of [...snapshot.all('campaign'), ...snapshot.all('adset')]) {
    const share = dailyShare(snapshot, entity, day)
    if (share === null) return null
    sum += share
  }
  return sum
}

/** Returns the entity's own part of that sum. */
export function dailyShare(snapshot: AccountSnapshot, entity: Entity, day: BudgetDay): number | null {
  return runs(snapshot, entity) ? dailyBudgetOf(snapshot, entity, day) : 0
}

/** Returns what starting the entity would add: its own budget, and for a campaign also those of its active ad sets. */
export function addedByStarting(snapshot: AccountSnapshot, entity: Entity, day: BudgetDay): number | null {
  if (entity.level === 'ad') return 0
  const [campaign] = snapshot.above(entity)
  if (campaign !== undefined && campaign.status !== 'ACTIVE') return 0
  const own = dailyBudgetOf(snapshot, entity, day)
  const inIt = entity.level === 'campaign' ? snapshot.beneath(entity).filter(({ level }) => level === 'adset') : []
  return inIt
    .filter(({ status }) => status === 'ACTIVE')
    .map((adset) => dailyBudgetOf(snapshot, adset, day))
    .reduce((sum, share) => (sum === null || share === null ? null : sum + share), own)
}

/** Whether it may spend: it and its parents are active or about to be. */
function runs(snapshot: AccountSnapshot, entity: Entity): boolean {
  const isOn = (one: Entity): boolean => one.status === 'ACTIVE' || snapshot.mayBeStarted(one.id)
  return isOn(entity) && snapshot.above(entity).every(isOn)
}

function dailyBudgetOf(snapshot: AccountSnapshot, entity: Entity, day: BudgetDay): number | null {
  const daily = snapshot.largestBudget(entity, 'daily_budget')
  if (daily !== null && daily > 0) return daily
  const lifetime = snapshot.largestBudget(entity, 'lifetime_budget')
  if (lifetime === null || lifetime === 0) return 0
  const left = daysLeft(entity, day)
  if (left === null) return null
  // The part that was already spent is not subtracted: counting too much is safe for a ceiling.
  return left <= 0 ? 0 : Math.ceil(lifetime / left)
}

/** Returns the days left in the entity's schedule, including today; null if it has no end. */
export function daysLeft(entity: Entity, { now, zone }: BudgetDay): number | null {
  const end = entity.fields['end_time'] ?? entity.fields['stop_time']
  if (typeof end !== 'number' || end <= 0) return null
  const [today, last] = [dayOf(now, zone), dayOf(end, zone)]
  if (last < today) return 0
  return Math.round((Date.parse(last) - Date.parse(addDays(today, -1))) / 86_400_000)
}
