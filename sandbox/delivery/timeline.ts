/** From the recorded changes of a campaign and all under it: what each ad may spend a day, in each stretch of time in which nothing was changed. */

import { DAY } from '../calendar.js'
import { DELIVERY_FIELDS, type GraphObject, type ObjectStore } from '../state/objects.js'
import type { DeliveryProfile } from './profile.js'
import { textHash, uniform } from './random.js'

export interface Stretch {
  readonly from: number
  /** Infinity for the last one. */
  readonly to: number
  /** Kuruş a day by ad; an ad that doesn't deliver is absent. */
  readonly rates: ReadonlyMap<string, number>
}

type Profiles = (adsetId: string) => DeliveryProfile

/** What a field was at an instant; undefined before the object was created. */
export function valueAt(objects: ObjectStore, object: GraphObject, field: string, at: number): unknown {
  if (at < object.createdTime) return undefined
  let value: unknown = null
  for (const change of objects.changesTo(object.id)) {
    if (change.at > at) break
    if (change.field === field) value = change.after
  }
  return value
}

/** Kuruş a day of an object's own budget; a lifetime budget is spread evenly between start and end. */
function ownBudget(objects: ObjectStore, object: GraphObject, at: number): number {
  const daily = valueAt(objects, object, 'daily_budget', at)
  if (typeof daily === 'number') return daily
  const lifetime = valueAt(objects, object, 'lifetime_budget', at)
  const { start_time: start, end_time: end } = object.fields
  if (typeof lifetime !== 'number' || typeof start !== 'number' || typeof end !== 'number' || end <= start) return 0
  return (lifetime * DAY) / (end - start)
}

const runs = (object: GraphObject, at: number): boolean => {
  const { start_time: start, end_time: end } = object.fields
  return (typeof start !== 'number' || at >= start) && (typeof end !== 'number' || at < end)
}

function ratesAt(objects: ObjectStore, campaign: GraphObject, at: number, seed: number, profiles: Profiles): Map<string, number> {
  const rates = new Map<string, number>()
  const active = (object: GraphObject): boolean => valueAt(objects, object, 'status', at) === 'ACTIVE'
  if (!active(campaign)) return rates
  const delivering = objects
    .childrenOf(campaign.id)
    .filter((adset) => active(adset) && runs(adset, at))
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

/** All stretches of a campaign, in order, from its creation on. */
export function campaignTimeline(objects: ObjectStore, campaign: GraphObject, seed: number, profiles: Profiles): Stretch[] {
  const adsets = objects.childrenOf(campaign.id)
  const family = [campaign, ...adsets, ...adsets.flatMap((adset) => objects.childrenOf(adset.id))]
  const moments = new Set<number>([campaign.createdTime])
  for (const object of family) {
    moments.add(object.createdTime)
    for (const key of ['start_time', 'end_time']) {
      const moment = object.fields[key]
      if (typeof moment === 'number') moments.add(moment)
    }
    for (const change of objects.changesTo(object.id)) if (DELIVERY_FIELDS.includes(change.field)) moments.add(change.at)
  }
  const sorted = [...moments].sort((a, b) => a - b)
  return sorted.map((from, index) => ({
    from,
    to: sorted[index + 1] ?? Infinity,
    rates: ratesAt(objects, campaign, from, seed, profiles),
  }))
}
