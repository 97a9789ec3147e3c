import { formatInstant } from '../../clock/written-time.js'
import type { LaunchObject } from '../launch-object.js'
import type { LaunchAdset, LaunchSpec } from '../launch-spec.js'
import { judgeGoal } from '../meta/goal.js'
import { NO_OTHER_DEVICES } from '../meta/opt-outs.js'
import { CAPPED, DEFAULT_STRATEGY } from '../read/budget.js'
import { CAMPAIGN_KEY, sayBudget } from './campaign.js'
import { Filling } from './fill-defaults.js'

export const adsetKey = (key: string): string => `adset/${key}`

/** Parameters of `POST /act_<id>/adsets`. */
export function adsetObject(launch: LaunchSpec, adset: LaunchAdset, optsOut: boolean): LaunchObject {
  const filling = new Filling()
  filling.say('name', adset.name).say('campaign_id', { $id: CAMPAIGN_KEY })
  sayGoal(filling, launch, adset)
  const paid = 'Meta requires what is paid for, and impressions go with every goal'
  filling.fill('billing_event', adset.billingEvent, 'IMPRESSIONS', paid)
  sayBudget(filling, adset.budget)
  sayBid(filling, launch, adset)
  filling.say('attribution_spec', adset.attributionSpec)
  sayTargeting(filling, adset, optsOut && launch.campaign.objective === 'OUTCOME_SALES')
  filling.say('start_time', metaTime(adset.start, launch.timezone)).say('end_time', metaTime(adset.end, launch.timezone))
  filling.say('dsa_beneficiary', adset.dsaBeneficiary).say('dsa_payor', adset.dsaPayor)
  const { key, name } = adset
  return { key: adsetKey(key), kind: 'adset', name, parent: CAMPAIGN_KEY, fields: filling.fields, filled: filling.filled }
}

function sayGoal(filling: Filling, launch: LaunchSpec, adset: LaunchAdset): void {
  const { optimizationGoal: goal, destinationType: destination, promotedObject: promoted } = adset
  const page = pageOf(launch, adset.key)
  const { objective } = launch.campaign
  const answer = judgeGoal({ objective, goal, destination, promoted: Object.keys(promoted ?? {}), hasPage: page !== null })
  filling.say('optimization_goal', goal)
  const fits = answer.fault === null
  const only = `it is the only place that ${goal} of ${objective} leads to`
  filling.fill('destination_type', destination, fits ? answer.destination : null, only)
  if (fits && answer.promotesPage && page !== null) {
    filling.note('promoted_object.page_id', page, `${goal} of ${objective} is for a page, and this one is its ads’`)
    filling.say('promoted_object', { ...promoted, page_id: page })
  } else {
    filling.say('promoted_object', promoted)
  }
}

/** The page of all ads in the ad set; null where they are of several. */
function pageOf(launch: Pick<LaunchSpec, 'ads'>, adset: string): string | null {
  const pages = new Set(launch.ads.filter(({ adsets }) => adsets.includes(adset)).map(({ creative }) => creative.pageId))
  const [page = null] = pages
  return pages.size === 1 ? page : null
}

function sayBid(filling: Filling, { campaign }: LaunchSpec, { bidStrategy, bidAmount, roasFloor }: LaunchAdset): void {
  if (campaign.budget === null && campaign.budgetSharing !== true) {
    const [strategy, why] =
      bidAmount === null
        ? ([DEFAULT_STRATEGY, 'no bid or cost cap is set'] as const)
        : ([CAPPED[0]!, 'Meta takes a bid amount without a strategy for a bid cap'] as const)
    filling.fill('bid_strategy', bidStrategy, strategy, why)
  }
  filling.say('bid_amount', bidAmount)
  // Meta counts a return in ten thousandths.
  if (roasFloor !== null) filling.say('bid_constraints', { roas_average_floor: Math.round(roasFloor * 10_000) })
}

function sayTargeting(filling: Filling, { targeting, advantageAudience }: LaunchAdset, optsOut: boolean): void {
  const advantage = advantageAudience === true ? 1 : 0
  if (advantageAudience === null) {
    const why = 'Meta wants it said, and looks beyond the audience unless it is off'
    filling.note('targeting.targeting_automation.advantage_audience', advantage, why)
  }
  if (optsOut) {
    const why = 'Meta also reaches people on devices that the ad set does not name unless it is off'
    filling.note('targeting.targeting_automation.individual_setting.device', 0, why)
  }
  const automation = { advantage_audience: advantage, ...(optsOut ? { individual_setting: NO_OTHER_DEVICES } : {}) }
  filling.say('targeting', { ...targeting, targeting_automation: automation })
}

/** As Meta writes times: `2026-12-01T09:00:00+0300`. */
const metaTime = (instant: number | null, timezone: string): string | null =>
  instant === null ? null : formatInstant(instant, timezone).replace(/:(\d{2})$/, '$1')
