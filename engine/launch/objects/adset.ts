/**
 * The create call of an ad set. What the spec leaves open and Meta requires is filled in, each with the reason, which `tetik plan`
 * prints.
 */

import { formatInstant } from '../../clock/written-time.js'
import type { LaunchObject } from '../launch-object.js'
import type { LaunchAdset, LaunchSpec } from '../launch-spec.js'
import { resolveGoal } from '../meta/goal.js'
import { NO_OTHER_DEVICES } from '../meta/opt-outs.js'
import { DEFAULT_STRATEGY } from '../read/budget.js'
import { CAMPAIGN_KEY, setBudget } from './campaign.js'
import { FieldBuilder } from './fill-defaults.js'

export const adsetKey = (key: string): string => `adset/${key}`

/**
 * Returns the ad set, with the parameters of `POST /act_<id>/adsets`.
 *
 * @param optsOut whether an ad set of a sales campaign opts out of devices that it does not target (`opt-outs.ts`)
 */
export function adsetObject(spec: LaunchSpec, adset: LaunchAdset, optsOut: boolean): LaunchObject {
  const builder = new FieldBuilder()
  builder.set('name', adset.name).set('campaign_id', { $id: CAMPAIGN_KEY })
  setGoal(builder, spec, adset)
  const why = 'Meta requires a billing event, and `IMPRESSIONS` is valid for every goal'
  builder.fill('billing_event', adset.billingEvent, 'IMPRESSIONS', why)
  setBudget(builder, adset.budget)
  setBid(builder, spec, adset)
  builder.set('attribution_spec', adset.attributionSpec)
  setTargeting(builder, adset, optsOut && spec.campaign.objective === 'OUTCOME_SALES')
  builder.set('start_time', metaTime(adset.start, spec.timezone)).set('end_time', metaTime(adset.end, spec.timezone))
  builder.set('dsa_beneficiary', adset.dsaBeneficiary).set('dsa_payor', adset.dsaPayor)
  const { key, name } = adset
  return { key: adsetKey(key), kind: 'adset', name, parent: CAMPAIGN_KEY, fields: builder.fields, filled: builder.filled }
}

/** Sets the goal, its destination and what it promotes. A goal that does not fit is sent as written: reading the spec reports it. */
function setGoal(builder: FieldBuilder, spec: LaunchSpec, adset: LaunchAdset): void {
  const { optimizationGoal: goal, destinationType: destination, promotedObject: promoted } = adset
  const page = pageOf(spec, adset.key)
  const { objective } = spec.campaign
  const resolved = resolveGoal({ objective, goal, destination, promoted: Object.keys(promoted ?? {}), hasPage: page !== null })
  builder.set('optimization_goal', goal)
  const fits = resolved.fault === null
  const only = `it is the only destination of ${goal} of ${objective}`
  builder.fill('destination_type', destination, fits ? resolved.destination : null, only)
  if (fits && resolved.promotesPage && page !== null) {
    builder.note(
      'promoted_object.page_id',
      page,
      `${goal} of ${objective} promotes a page, and all ads of the ad set have this one`,
    )
    builder.set('promoted_object', { ...promoted, page_id: page })
  } else {
    builder.set('promoted_object', promoted)
  }
}

/** Returns the page of all ads in the ad set; null if they have several. */
function pageOf(spec: Pick<LaunchSpec, 'ads'>, adset: string): string | null {
  const pages = new Set(spec.ads.filter(({ adsets }) => adsets.includes(adset)).map(({ creative }) => creative.pageId))
  const [page = null] = pages
  return pages.size === 1 ? page : null
}

function setBid(builder: FieldBuilder, { campaign }: LaunchSpec, { bidStrategy, bidAmount, roasFloor }: LaunchAdset): void {
  if (campaign.budget === null && campaign.budgetSharing !== true) {
    const [strategy, why] =
      bidAmount === null
        ? ([DEFAULT_STRATEGY, 'no bid or cost cap is set'] as const)
        : (['LOWEST_COST_WITH_BID_CAP', 'Meta treats a bid amount without a strategy as a bid cap'] as const)
    builder.fill('bid_strategy', bidStrategy, strategy, why)
  }
  builder.set('bid_amount', bidAmount)
  // In ten thousandths: a ROAS of 2 is 20000.
  if (roasFloor !== null) builder.set('bid_constraints', { roas_average_floor: Math.round(roasFloor * 10_000) })
}

function setTargeting(builder: FieldBuilder, { targeting, advantageAudience }: LaunchAdset, optsOut: boolean): void {
  const advantage = advantageAudience === true ? 1 : 0
  if (advantageAudience === null) {
    const why = 'Meta requires the field, and shows the ads beyond the audience unless it is off'
    builder.note('targeting.targeting_automation.advantage_audience', advantage, why)
  }
  if (optsOut) {
    const why = 'Meta also shows the ads on devices that the ad set does not target unless it is off'
    builder.note('targeting.targeting_automation.individual_setting.device', 0, why)
  }
  const automation = { advantage_audience: advantage, ...(optsOut ? { individual_setting: NO_OTHER_DEVICES } : {}) }
  builder.set('targeting', { ...targeting, targeting_automation: automation })
}

/** Returns a time as Meta writes it: `2026-12-01T09:00:00+0300`. */
const metaTime = (instant: number | null, timezone: string): string | null =>
  instant === null ? null : formatInstant(instant, timezone).replace(/:(\d{2})$/, '$1')
