/** Puts the scene's objects into an empty state, created and changed at the times that the scene defines. */

import { MODA } from '../accounts/moda.js'
import type { AuthorKind } from '../base/author.js'
import { type Calendar, DAY, HOUR } from '../base/calendar.js'
import type { Account } from '../delivery/account.js'
import type { DeliveryProfile } from '../delivery/profile.js'
import type { SceneAd, SceneAdSet, SceneCampaign, SceneChange } from '../delivery/scene.js'
import type { Change, ObjectStore } from '../state/objects.js'

/** Campaigns are 1, ad sets 2, ads 3 and creatives 4. */
type Block = 1 | 2 | 3 | 4

const numbered = ({ number }: Account, block: Block, index: number): string =>
  `12021000${String(number).padStart(2, '0')}${block}${String(index + 1).padStart(7, '0')}`
export const campaignIdAt = (index: number, account: Account = MODA): string => numbered(account, 1, index)
const adsetIdAt = (index: number, account: Account = MODA): string => numbered(account, 2, index)

/** Returns the id that a scene's ad set has in every sandbox, by its key, such as `erkek-ilgi`. */
export function adsetId(key: string, account: Account = MODA): string {
  const index = account.campaigns.flatMap((campaign) => campaign.adsets).findIndex((adset) => adset.key === key)
  if (index < 0) throw new Error(`The scene of ${account.name} has no ad set ${key}.`)
  return adsetIdAt(index, account)
}

/** The profiles of the scene's ad sets by id. */
export function sceneProfiles(account: Account): Map<string, DeliveryProfile> {
  const adsets = account.campaigns.flatMap((campaign) => campaign.adsets)
  return new Map(adsets.map((adset, index) => [adsetIdAt(index, account), adset.profile]))
}

/** Is called for everything that is added, in order. */
export interface SceneWitness {
  created(id: string): void
  changed(id: string, change: Change, by: AuthorKind): void
}

/** @param firstDay the day of the first start, from which all days of the scene count */
export function seedScene(
  objects: ObjectStore,
  account: Account,
  calendar: Calendar,
  firstDay: number,
  witness: SceneWitness,
): void {
  const instant = ([day, hour]: readonly [number, number]): number => calendar.dayStart(firstDay + day) + hour * HOUR
  const relive = (id: string, history: readonly SceneChange[] = []): void => {
    for (const { day, hour, set, by = 'person' } of history) {
      for (const change of objects.change(id, set, instant([day, hour]))) witness.changed(id, change, by)
    }
  }
  let adset = 0
  let ad = 0
  account.campaigns.forEach((campaign, index) => {
    const campaignId = campaignIdAt(index, account)
    const created = { createdTime: instant(campaign.born), updatedTime: instant(campaign.born) }
    objects.add({ id: campaignId, kind: 'campaign', parent: null, ...created, fields: campaignFields(campaign) })
    witness.created(campaignId)
    for (const sceneAdSet of campaign.adsets) {
      const id = adsetIdAt(adset++, account)
      const born = instant(sceneAdSet.born)
      const common = { createdTime: born, updatedTime: born }
      const fields = adsetFields(account, sceneAdSet, campaign, born)
      objects.add({ id, kind: 'adset', parent: campaignId, ...common, fields })
      witness.created(id)
      for (const given of sceneAdSet.ads) {
        const { name, history }: SceneAd = typeof given === 'string' ? { name: given } : given
        const creativeId = numbered(account, 4, ad)
        const creative = creativeFields(name, sceneAdSet, account)
        objects.add({ id: creativeId, kind: 'creative', parent: null, ...common, fields: creative })
        const adId = numbered(account, 3, ad++)
        objects.add({ id: adId, kind: 'ad', parent: id, ...common, fields: { name, status: 'ACTIVE', creative: creativeId } })
        witness.created(adId)
        relive(adId, history)
      }
      relive(id, sceneAdSet.history)
    }
    relive(campaignId, campaign.history)
  })
}

const creativeFields = (name: string, { goal }: SceneAdSet, account: Account): Record<string, unknown> => ({
  name,
  status: 'ACTIVE',
  title: name,
  body: `${name} | ${account.name}`,
  ...(goal === undefined ? {} : { call_to_action_type: goal.button }),
})

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

const adsetFields = (account: Account, adset: SceneAdSet, campaign: SceneCampaign, born: number): Record<string, unknown> => ({
  name: adset.name,
  status: 'ACTIVE',
  daily_budget: adset.dailyBudget ?? null,
  lifetime_budget: adset.lifetime?.budget ?? null,
  start_time: born,
  end_time: adset.lifetime ? born + adset.lifetime.days * DAY : null,
  optimization_goal: adset.goal?.optimization_goal ?? 'OFFSITE_CONVERSIONS',
  promoted_object: promotedObject(adset, account),
  billing_event: 'IMPRESSIONS',
  bid_amount: adset.bid?.amount ?? null,
  ...(campaign.dailyBudget ? {} : { bid_strategy: adset.bid?.strategy ?? 'LOWEST_COST_WITHOUT_CAP' }),
  targeting: adset.targeting,
  destination_type: adset.goal?.destination_type ?? 'WEBSITE',
})

function promotedObject({ goal }: SceneAdSet, { page, pixel }: Account): Record<string, unknown> {
  if (goal?.promoted === 'page') return { page_id: page.id }
  return { pixel_id: pixel.id, custom_event_type: goal?.promoted.event ?? 'PURCHASE' }
}
