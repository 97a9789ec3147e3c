/** What groups of campaigns spent this month, and what their budgets may still spend this month. Money is in minor units. */

import type { Account, Group } from '../../engine/account/account.js'
import { daysInMonth } from '../../engine/clock/day.js'
import { addDays, dayOf } from '../../engine/clock/zone.js'
import type { GroupBudget } from '../../engine/guardrail/context.js'
import { matchesGlob } from '../../engine/text/glob.js'
import { minorUnitsPer } from '../../engine/value/currency.js'
import { lastKnownOf } from '../../store/account/entities-ever.js'
import type { Entity } from '../../store/account/entities.js'
import { insightsAsOf } from '../../store/account/insights.js'
import { coveredRanges } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { syncKind } from '../facts/sync-kind.js'
import type { AccountSnapshot } from './account-snapshot.js'
import { dailyShare } from './daily-budgets.js'

/** A group with a monthly budget, and its spend this month up to the end of yesterday, which is null if unknown. */
export interface GroupMonth {
  readonly group: Group
  readonly monthlyBudget: number
  readonly spent: number | null
}

/** @param groups all groups of `tetik.yaml`; those of other accounts and those without a monthly budget are ignored */
export async function groupMonths(
  store: Store,
  account: Account,
  groups: readonly Group[],
  now: number,
): Promise<readonly GroupMonth[]> {
  const limited = groups.filter((group) => group.account === account.name && group.monthlyBudget !== null)
  if (limited.length === 0) return []
  const today = dayOf(now, account.timezone)
  const spend = await spendByCampaign(store, account.name, `${today.slice(0, 8)}01`, addDays(today, -1))
  const campaigns = await lastKnownOf(store, account.name, 'campaign')
  return limited.map((group) => ({
    group,
    monthlyBudget: Math.round(group.monthlyBudget!.value * minorUnitsPer(account.currency)),
    spent: spend === null ? null : sum(campaigns.filter((one) => isIn(group, one)).map(({ id }) => spend.get(id) ?? 0)),
  }))
}

/** Returns the groups that contain the entity, each with what its active budgets may still spend this month. */
export function groupBudgetsOf(
  months: readonly GroupMonth[],
  snapshot: AccountSnapshot,
  entity: Entity,
  day: { readonly now: number; readonly zone: string },
): GroupBudget[] {
  const campaign = entity.level === 'campaign' ? entity : snapshot.find('campaign', entity.campaignId)
  const daysLeft = daysLeftInMonth(dayOf(day.now, day.zone))
  return months
    .filter(({ group }) => campaign !== null && isIn(group, campaign))
    .map(({ group, monthlyBudget, spent }) => {
      const shares = snapshot
        .all('campaign')
        .filter((one) => isIn(group, one))
        .flatMap((one) => [one, ...snapshot.beneath(one).filter(({ level }) => level === 'adset')])
        .map((one) => dailyShare(snapshot, one, day))
      const daily = shares.every((share) => share !== null) ? sum(shares) : null
      return { name: group.name, monthlyBudget, spent, toCome: daily === null ? null : daily * daysLeft, daysLeft }
    })
}

const isIn = ({ campaigns }: Group, { name }: Pick<Entity, 'name'>): boolean => campaigns.some((glob) => matchesGlob(name, glob))

/** Includes today. */
function daysLeftInMonth(today: string): number {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number]
  return daysInMonth(year, month) - day + 1
}

/**
 * Returns the spend of each campaign. A campaign's day is the larger of Meta's row for the campaign and the sum of its ad sets,
 * because rows of deleted ad sets may be missing. Null if some day was never read; empty on the first of a month.
 */
async function spendByCampaign(store: Store, account: string, since: string, until: string): Promise<Map<string, number> | null> {
  if (until < since) return new Map()
  const covered = await coveredRanges(store, account, syncKind('adset', false))
  for (let day = since; day <= until; day = addDays(day, 1)) {
    if (!covered.some((range) => range.since <= day && day <= range.until)) return null
  }
  const campaignOf = new Map((await lastKnownOf(store, account, 'adset')).map(({ id, campaign }) => [id, campaign]))
  const asked = { account, since, until, resolution: 'day' } as const
  const ofAdsets = new Map<string, { campaign: string; spend: number }>()
  for (const { entityId, campaignId, day, spend } of await insightsAsOf(store, { ...asked, level: 'adset' })) {
    const campaign = campaignId ?? campaignOf.get(entityId)
    if (campaign === undefined) continue
    const known = ofAdsets.get(`${campaign} ${day}`)
    ofAdsets.set(`${campaign} ${day}`, { campaign, spend: (known?.spend ?? 0) + spend })
  }
  const days = new Map(ofAdsets)
  for (const { entityId: campaign, day, spend } of await insightsAsOf(store, { ...asked, level: 'campaign' })) {
    const known = ofAdsets.get(`${campaign} ${day}`)
    days.set(`${campaign} ${day}`, { campaign, spend: Math.max(spend, known?.spend ?? 0) })
  }
  const total = new Map<string, number>()
  for (const { campaign, spend } of days.values()) total.set(campaign, (total.get(campaign) ?? 0) + spend)
  return total
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
