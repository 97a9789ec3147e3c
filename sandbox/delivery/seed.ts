/** Puts the scene's objects into an empty state, created and changed at the times the scene tells. */

import { DAY, HOUR, dayStart } from '../calendar.js'
import type { ObjectStore } from '../state/objects.js'
import type { DeliveryProfile } from './profile.js'
import { SCENE, type SceneAdSet, type SceneCampaign } from './scene.js'

const numbered = (block: number, index: number): string => `1202100000${block}${String(index + 1).padStart(7, '0')}`
export const campaignIdAt = (index: number): string => numbered(1, index)
export const adsetIdAt = (index: number): string => numbered(2, index)
const adIdAt = (index: number): string => numbered(3, index)
const creativeIdAt = (index: number): string => numbered(4, index)

/** The id that the scene's ad set (by its key, as in `erkek-ilgi`) has in every sandbox. */
export function adsetId(key: string): string {
  const index = SCENE.flatMap((campaign) => campaign.adsets).findIndex((adset) => adset.key === key)
  if (index < 0) throw new Error(`The scene has no ad set ${key}.`)
  return adsetIdAt(index)
}

/** The profiles of the scene's ad sets by id. */
export function sceneProfiles(): Map<string, DeliveryProfile> {
  const adsets = SCENE.flatMap((campaign) => campaign.adsets)
  return new Map(adsets.map((adset, index) => [adsetIdAt(index), adset.profile]))
}

/** @param firstDay day of the first start; every day in the scene counts from it. */
export function seedScene(objects: ObjectStore, firstDay: number): void {
  const instant = ([day, hour]: readonly [number, number]): number => dayStart(firstDay + day) + hour * HOUR
  let adset = 0
  let ad = 0
  SCENE.forEach((campaign, index) => {
    const campaignId = campaignIdAt(index)
    const created = instant(campaign.born)
    objects.add({
      id: campaignId,
      kind: 'campaign',
      parent: null,
      createdTime: created,
      updatedTime: created,
      fields: campaignFields(campaign),
    })
    for (const sceneAdSet of campaign.adsets) {
      const id = adsetIdAt(adset++)
      const born = instant(sceneAdSet.born)
      objects.add({
        id,
        kind: 'adset',
        parent: campaignId,
        createdTime: born,
        updatedTime: born,
        fields: adsetFields(sceneAdSet, campaign, born),
      })
      for (const name of sceneAdSet.ads) {
        const creativeId = creativeIdAt(ad)
        const common = { createdTime: born, updatedTime: born }
        objects.add({
          id: creativeId,
          kind: 'creative',
          parent: null,
          ...common,
          fields: { name, status: 'ACTIVE', title: name, body: `${name} | Moda TR` },
        })
        objects.add({
          id: adIdAt(ad++),
          kind: 'ad',
          parent: id,
          ...common,
          fields: { name, status: 'ACTIVE', creative: creativeId },
        })
      }
      for (const { day, hour, set } of sceneAdSet.history ?? []) objects.change(id, set, instant([day, hour]))
    }
  })
}

const campaignFields = (campaign: SceneCampaign): Record<string, unknown> => ({
  name: campaign.name,
  objective: campaign.objective,
  status: 'ACTIVE',
  buying_type: 'AUCTION',
  special_ad_categories: [],
  daily_budget: campaign.dailyBudget ?? null,
  lifetime_budget: null,
  ...(campaign.dailyBudget ? { bid_strategy: 'LOWEST_COST_WITHOUT_CAP' } : { is_adset_budget_sharing_enabled: false }),
})

const adsetFields = (adset: SceneAdSet, campaign: SceneCampaign, born: number): Record<string, unknown> => ({
  name: adset.name,
  status: 'ACTIVE',
  daily_budget: adset.dailyBudget ?? null,
  lifetime_budget: adset.lifetime?.budget ?? null,
  start_time: born,
  end_time: adset.lifetime ? born + adset.lifetime.days * DAY : null,
  optimization_goal: 'OFFSITE_CONVERSIONS',
  billing_event: 'IMPRESSIONS',
  bid_amount: adset.bid?.amount ?? null,
  ...(campaign.dailyBudget ? {} : { bid_strategy: adset.bid?.strategy ?? 'LOWEST_COST_WITHOUT_CAP' }),
  targeting: adset.targeting,
  destination_type: 'WEBSITE',
})
