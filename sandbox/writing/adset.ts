/** `POST act_{id}/adsets`. */

import { invalidParameter, refused } from '../protocol/errors.js'
import { isRecord, jsonParameter } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { documentedShape } from '../request/documented-shape.js'
import { documentedValues } from '../request/documented-values.js'
import { missing, readName } from '../request/required.js'
import type { GraphObject } from '../state/objects.js'
import { checkAudiences } from './audiences.js'
import { type Bid, checkGoalOfBid, readBid } from './bid.js'
import { type Budget, checkLeast, hasBudget, readBudget } from './budget.js'
import { readDsa } from './dsa.js'
import { checkPromoted, readGoal } from './goal.js'
import { readLabels } from './labels.js'
import { CREATING, type NewObject, readParent, readStatus } from './new-object.js'
import { checkPacing } from './pacing.js'
import { checkFullDay, readSpan, type Span } from './span.js'
import { advantageAudience, isNarrowed, readTargeting, type Targeting } from './targeting.js'

const HANDLED = [
  ...CREATING,
  'attribution_spec',
  'bid_amount',
  'bid_constraints',
  'bid_strategy',
  'billing_event',
  'campaign_id',
  'daily_budget',
  'destination_type',
  'dsa_beneficiary',
  'dsa_payor',
  'end_time',
  'lifetime_budget',
  'optimization_goal',
  'promoted_object',
  'start_time',
  'targeting',
]
const MOST_IN_CAMPAIGN = 200
/** Categories in which `advantage_audience` must say whether Meta may widen a narrowed audience (since v26.0). */
const PROTECTED = ['HOUSING', 'EMPLOYMENT', 'CREDIT', 'FINANCIAL_PRODUCTS_SERVICES']
/** The allowed days of each kind of window. */
const WINDOWS: Readonly<Record<string, readonly number[]>> = {
  CLICK_THROUGH: [1, 7, 28],
  VIEW_THROUGH: [1],
  ENGAGED_VIDEO_VIEW: [1],
}

export function readAdset(call: Call): NewObject {
  const { parameters } = call
  const name = readName(parameters)
  const campaign = readParent(call, 'campaign_id', 'campaign', MOST_IN_CAMPAIGN)
  const goal = readGoal(parameters, campaign)
  checkPromoted(call.world, goal.promoted_object)
  const targeting = readTargeting(parameters)
  checkAudiences(call.world, targeting)
  checkAdvantage(targeting, campaign)
  const span = readSpan(parameters, call.now)
  const bid = readBid(parameters, campaignStrategy(campaign))
  checkGoalOfBid(campaignStrategy(campaign) ?? bid.bid_strategy, goal.optimization_goal)
  const budget = readAdsetBudget(call, campaign, goal.optimization_goal, bid, span)
  const more = documentedValues(call, 'AdSet', ['AdAccount', 'adsets'], parameters, HANDLED)
  checkPacing({ ...more, ...budget }, campaign)
  return {
    kind: 'adset',
    parent: campaign.id,
    fields: {
      ...more,
      name,
      status: readStatus(call),
      ...goal,
      destination_type: goal.destination_type ?? 'UNDEFINED',
      targeting,
      ...span,
      ...budget,
      ...bid,
      bid_constraints: documentedShape(call, 'AdCampaignBidConstraint', bid.bid_constraints, 'bid_constraints'),
      ...readDsa(parameters, targeting),
      attribution_spec: readAttribution(call) ?? null,
      adlabels: readLabels(call) ?? [],
    },
  }
}

/** Returns the bid strategy of a campaign that has the budget or whose ad sets share theirs; else null. */
export const campaignStrategy = ({ fields }: GraphObject): string | null =>
  typeof fields.bid_strategy === 'string' ? fields.bid_strategy : null

function readAdsetBudget({ parameters, world }: Call, campaign: GraphObject, goal: string, bid: Bid, span: Span): Budget {
  const budget = readBudget(parameters)
  const own = (['daily_budget', 'lifetime_budget'] as const).filter((field) => budget[field] !== null)
  if (hasBudget(campaign.fields)) {
    if (own.length > 0) {
      throw refused(1885621, 'Cannot set both budgets', 'You can only set an ad set budget or a campaign budget.', own)
    }
    if (typeof campaign.fields.lifetime_budget === 'number' && span.end_time === null) throw missing('end_time')
    return budget
  }
  if (own.length === 0) throw invalidParameter('Either daily_budget or lifetime_budget must be set: the campaign has no budget')
  if (budget.lifetime_budget !== null && span.end_time === null) throw missing('end_time')
  if (budget.daily_budget !== null) checkFullDay(span)
  checkLeast(world.account.currency, budget, goal, bid, span)
  return budget
}

export function checkAdvantage(targeting: Targeting, campaign: GraphObject): void {
  const categories = campaign.fields.special_ad_categories
  const isProtected = Array.isArray(categories) && categories.some((category) => PROTECTED.includes(String(category)))
  if (!isProtected || !isNarrowed(targeting) || advantageAudience(targeting) !== undefined) return
  throw refused(
    1870227,
    'Advantage audience flag required',
    'To create your ad set, you need to enable or disable the Advantage audience feature. This can be done by setting the advantage_audience flag to either 1 or 0 within the targeting_automation field in the targeting spec.',
    ['targeting'],
  )
}

export function readAttribution(call: Call): unknown[] | undefined {
  const { parameters } = call
  const given = jsonParameter(parameters, 'attribution_spec')
  if (given === undefined || given === null) return undefined
  if (!Array.isArray(given)) throw invalidParameter('Param attribution_spec must be an array')
  const windows = given as unknown[]
  for (const [index, window] of windows.entries()) {
    const { event_type: type, window_days: days } = isRecord(window) ? window : {}
    if (typeof type !== 'string' || WINDOWS[type]?.includes(Number(days)) !== true) {
      throw invalidParameter(`Param attribution_spec[${index}] has no such event_type and window_days`)
    }
  }
  return documentedShape(call, 'list<AttributionSpec>', windows, 'attribution_spec') as unknown[]
}
