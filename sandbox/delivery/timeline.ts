/** Computes each ad's daily budget in every period between changes, from the recorded changes of a campaign and its objects. */

import { DAY } from '../base/calendar.js'
import { textHash, uniform } from '../base/random.js'
import { DELIVERY_FIELDS, type GraphObject, type ObjectStore } from '../state/objects.js'
import type { DeliveryProfile } from './profile.js'

export interface Stretch {
  readonly from: number
  /** Infinity for the last one. */
  readonly to: number
  /** Kuruş a day by ad; an ad that doesn't deliver is absent. */
  readonly rates: ReadonlyMap<string, number>
}

type Profiles = (adsetId: string) => DeliveryProfile

/** Returns a field's value at an instant; undefined before the object was created. */
function valueAt(objects: ObjectStore, object: GraphObject, field: string, at: number): unknown {
  if (at < object.createdTime) return undefined
  const changes = objects.changesTo(object.id).filter((change) => change.field === field)
  const last = changes.findLast((change) => change.at <= at)
  if (last !== undefined) return last.after
  // Set before changes to this field were recorded.
  return changes.length > 0 ? changes[0]?.before : object.fields[field]
}

interface Span {
  readonly start: number | null
  readonly end: number | null
}

/** Returns when an ad set runs; for a campaign from the first start to the last end of its ad sets. */
function spanAt(objects: ObjectStore, object: GraphObject, at: number): Span {
  if (object.kind === 'campaign') {
    const spans = objects.childrenOf(object.id).map((adset) => spanAt(objects, adset, at))
    const merged = (instants: readonly (number | null)[], pick: (...all: number[]) => number): number | null =>
      instants.length === 0 || instants.includes(null) ? null : pick(...(instants as number[]))
    return {
      start: merged(
        spans.map(({ start }) => start),
        Math.min,
      ),
      end: merged(
        spans.map(({ end }) => end),
        Math.max,
      ),
    }
  }
  const instant = (field: string): number | null => {
    const value = valueAt(objects, object, field, at)
    return typeof value === 'number' ? value : null
  }
  return { start: instant('start_time'), end: instant('end_time') }
}

/** Returns an object's own budget in kuruş per day; a lifetime budget is spread evenly between start and end. */
function ownBudget(objects: ObjectStore, object: GraphObject, at: number): number {
  const daily = valueAt(objects, object, 'daily_budget', at)
  if (typeof daily === 'number') return daily
  const lifetime = valueAt(objects, object, 'lifetime_budget', at)
  const { start, end } = spanAt(objects, object, at)
  if (typeof lifetime !== 'number' || start === null || end === null || end <= start) return 0
  return (lifetime * DAY) / (end - start)
}

function runs(objects: ObjectStore, adset: GraphObject, at: number): boolean {
  const { start, end } = spanAt(objects, adset, at)
  return (start === null || at >= start) && (end === null || at < end)
}

/** Set active, out of review, and not rejected there. */
function isActive(objects: ObjectStore, object: GraphObject, at: number): boolean {
  const reviewed = valueAt(objects, object, 'in_review_until', at)
  if (typeof reviewed === 'number' && at < reviewed) return false
  return valueAt(objects, object, 'status', at) === 'ACTIVE' && valueAt(objects, object, 'rejected', at) !== true
}

function ratesAt(objects: ObjectStore, campaign: GraphObject, at: number, seed: number, profiles: Profiles): Map<string, number> {
  const rates = new Map<string, number>()
  const active = (object: GraphObject): boolean => isActive(objects, object, at)
  if (!active(campaign)) return rates
  const delivering = objects
    .childrenOf(campaign.id)
    .filter((adset) => active(adset) && runs(objects, adset, at))
    .map((adset) => ({ adset, profile: profiles(adset.id), ads: objects.childrenOf(adset.id).filter(active) }))
    .filter(({ ads }) => ads.length > 0)
  const campaignBudget = ownBudget(objects, campaign, at)
  const weights = delivering.reduce((sum, { profile }) => sum + profile.weight, 0)
  for (const { adset, profile, ads } of delivering) {
    const budget = campaignBudget > 0 ? (campaignBudget * profile.weight) / weights : ownBudget(objects, adset, at)
    const shares = ads.map((ad) => 0.35 + uniform(seed, textHash(ad.id), 7))
    const whole = shares.reduce((sum, share) => sum + share, 0)
    ads.forEach((ad, index) => rates.set(ad.id, (budget * profile.appetite * (shares[index] ?? 0)) / whole))
  }
  return rates
}

/** Fields that say when something begins or ends. */
const INSTANTS = ['start_time', 'end_time', 'in_review_until']

/** Returns all periods of a campaign, in order, from its creation on. */
export function campaignTimeline(objects: ObjectStore, campaign: GraphObject, seed: number, profiles: Profiles): Stretch[] {
  const adsets = objects.childrenOf(campaign.id)
  const family = [campaign, ...adsets, ...adsets.flatMap((adset) => objects.childrenOf(adset.id))]
  const moments = new Set<number>([campaign.createdTime])
  for (const object of family) {
    moments.add(object.createdTime)
    for (const key of INSTANTS) {
      const moment = object.fields[key]
      if (typeof moment === 'number') moments.add(moment)
    }
    for (const { at, field, after } of objects.changesTo(object.id)) {
      if (DELIVERY_FIELDS.includes(field)) moments.add(at)
      if (INSTANTS.includes(field) && typeof after === 'number') moments.add(after)
    }
  }
  const sorted = [...moments].sort((a, b) => a - b)
  return sorted.map((from, index) => ({
    from,
    to: sorted[index + 1] ?? Infinity,
    rates: ratesAt(objects, campaign, from, seed, profiles),
  }))
}
