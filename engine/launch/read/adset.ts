/** An ad set of a spec. */

import type { Fields } from '../../document/fields.js'
import { parseKebabId } from '../../document/kebab-id.js'
import type { Objective } from '../../metric/attributes.js'
import type { JsonObject } from '../json.js'
import type { LaunchAdset, LaunchBudget } from '../launch-spec.js'
import { placeInUnion } from '../meta/european-union.js'
import { resolveGoal } from '../meta/goal.js'
import { budgetKey, checkBid, readBudget, readMoney } from './budget.js'
import type { LaunchAccount } from './launch-account.js'
import { type AdsetSource, type CampaignSource, PromotedObjectSchema } from './schema.js'
import { readTargeting } from './targeting.js'
import { parseLink, parseMoment, parseObjectId, parseObjectName } from './written-value.js'

const DAY = 86_400_000

export interface AdsetContext {
  readonly account: LaunchAccount | null
  /** As written, with any errors. */
  readonly campaign: Partial<CampaignSource>
  /** Whether all ads of the ad set with this key have the same page. */
  readonly hasPage: (adset: string) => boolean
}

/** Reports every error. Returns null if an error leaves too little to return. */
export function readAdset(
  written: Partial<AdsetSource>,
  path: string,
  fields: Fields,
  { account, campaign, hasPage }: AdsetContext,
): LaunchAdset | null {
  const key = fields.read(`${path}/key`, written.key, (text) => parseKebabId(text, 'the key of an ad set', 'women-25-44'))
  const name = fields.has(`${path}/name`) ? fields.read(`${path}/name`, written.name, parseObjectName) : key
  const budget = readBudget(written, path, fields, account)
  checkBudgetLevel(path, fields)
  const bidAmount = readMoney(written.bid_amount, `${path}/bid_amount`, fields, account)
  const roasFloor = written.roas_average_floor ?? null
  const strategyAbove = hasStrategyAbove(fields, campaign)
  if (strategyAbove && fields.has(`${path}/bid_strategy`)) {
    fields.keyFault(`${path}/bid_strategy`, 'needless-key', 'the campaign has the bid strategy here', 'move it to the campaign')
  }
  const strategy = (strategyAbove ? campaign.bid_strategy : written.bid_strategy) ?? null
  const goal = written.optimization_goal ?? null
  checkBid({ strategy, at: strategyAbove ? 'campaign' : 'adset', goal, roasFloor }, path, fields)
  checkBilling(written, path, fields)
  const promoted = readPromoted(written.promoted_object, `${path}/promoted_object`, fields)
  checkGoal(written, path, fields, campaign.objective, key !== null && hasPage(key))
  checkAttribution(written, path, fields)
  const { targeting, advantageAudience } = readTargeting(written.targeting ?? {}, `${path}/targeting`, fields)
  const { start, end } = readTimes(written, path, fields, account)
  checkTimes({ start, end, budget, campaign }, path, fields)
  const dsaBeneficiary = fields.read(`${path}/dsa_beneficiary`, written.dsa_beneficiary, parseObjectName)
  const dsaPayor = fields.read(`${path}/dsa_payor`, written.dsa_payor, parseObjectName)
  checkUnion(targeting, path, fields)
  if (key === null || name === null || goal === null) return null
  return {
    key,
    name,
    budget,
    optimizationGoal: goal,
    billingEvent: written.billing_event ?? null,
    bidStrategy: strategyAbove ? null : (written.bid_strategy ?? null),
    bidAmount,
    roasFloor,
    destinationType: written.destination_type ?? null,
    promotedObject: promoted,
    attributionSpec: (written.attribution_spec as readonly JsonObject[] | undefined) ?? null,
    targeting,
    advantageAudience,
    start,
    end,
    dsaBeneficiary,
    dsaPayor,
  }
}

/** Whether the campaign has the bid strategy: it has the budget, or its ad sets share their budgets. */
const hasStrategyAbove = (fields: Fields, campaign: Partial<CampaignSource>): boolean =>
  budgetKey(fields, 'campaign') !== null || campaign.is_adset_budget_sharing_enabled === true

/** Reports budgets on both levels, which Meta refuses (error subcode 1885621), or on neither. */
function checkBudgetLevel(path: string, fields: Fields): void {
  const own = budgetKey(fields, path)
  const above = budgetKey(fields, 'campaign')
  if (own !== null && above !== null) {
    const message = 'either the campaign or its ad sets have a budget, not both'
    fields.keyFault(`${path}/${own}`, 'several-budgets', message, 'remove one of them')
  }
  if (own === null && above === null) {
    const message = 'neither the ad set nor its campaign has a budget'
    fields.fault(`${path}/key`, 'missing-key', message, 'for example `daily_budget: 500 TRY`')
  }
}

/** Reports a billing event that is neither impressions nor the goal. Source: Marketing API, "Billing events". */
function checkBilling(
  { billing_event: event, optimization_goal: goal }: Partial<AdsetSource>,
  path: string,
  fields: Fields,
): void {
  if (event === undefined || goal === undefined || event === 'IMPRESSIONS' || event === goal) return
  fields.fault(
    `${path}/billing_event`,
    'wrong-billing',
    `\`${goal}\` cannot be billed by \`${event}\``,
    'use `IMPRESSIONS`, or remove it',
  )
}

/** The valid days of each attribution window. Source: Marketing API, `attribution_spec`, as of v26.0. */
const WINDOWS = { CLICK_THROUGH: [1, 7, 28], VIEW_THROUGH: [1], ENGAGED_VIDEO_VIEW: [1] } as const

function checkAttribution({ attribution_spec: windows }: Partial<AdsetSource>, path: string, fields: Fields): void {
  for (const [index, window] of (windows ?? []).entries()) {
    const { event_type: event, window_days: days } = (window ?? {}) as Partial<NonNullable<typeof window>>
    if (event === undefined || days === undefined) continue
    const known: readonly number[] = WINDOWS[event]
    if (known.includes(days)) continue
    const message = `\`${event}\` has no window of ${days} days`
    fields.fault(`${path}/attribution_spec/${index}/window_days`, 'out-of-range', message, `one of ${known.join(', ')}`)
  }
}

function readPromoted(written: Partial<AdsetSource>['promoted_object'], path: string, fields: Fields): JsonObject | null {
  if (written === undefined) return null
  const promoted: Record<string, string> = {}
  for (const [key, text] of Object.entries(written)) {
    const at = `${path}/${key}`
    const value = key.endsWith('_id')
      ? fields.read(at, text, parseObjectId)
      : key === 'object_store_url'
        ? fields.read(at, text, parseLink)
        : text
    if (value !== null) promoted[key] = value
  }
  return promoted
}

function checkGoal(
  written: Partial<AdsetSource>,
  path: string,
  fields: Fields,
  objective: Objective | undefined,
  hasPage: boolean,
): void {
  const { optimization_goal: goal, destination_type: destination = null } = written
  // If one of these is missing or invalid, that is reported already.
  if (objective === undefined || goal === undefined) return
  if (destination === null && fields.has(`${path}/destination_type`)) return
  const keys = Object.keys(PromotedObjectSchema.properties).filter((key) => fields.has(`${path}/promoted_object/${key}`))
  const { fault } = resolveGoal({ objective, goal, destination, promoted: keys, hasPage })
  if (fault === null) return
  const at = fields.has(`${path}/${fault.at}`) ? `${path}/${fault.at}` : `${path}/optimization_goal`
  fields.fault(at, 'wrong-goal', fault.message, fault.hint)
}

function readTimes(
  written: Partial<AdsetSource>,
  path: string,
  fields: Fields,
  account: LaunchAccount | null,
): { start: number | null; end: number | null } {
  const zone = account?.timezone ?? 'UTC'
  const start = fields.read(`${path}/start`, written.start, (text) => parseMoment(text, zone, 'start'))
  const end = fields.read(`${path}/end`, written.end, (text) => parseMoment(text, zone, 'end'))
  return { start, end }
}

interface Times {
  readonly start: number | null
  readonly end: number | null
  readonly budget: LaunchBudget | null
  readonly campaign: Partial<CampaignSource>
}

function checkTimes({ start, end, budget, campaign }: Times, path: string, fields: Fields): void {
  const lifetime = fields.has(`${path}/lifetime_budget`) || campaign.lifetime_budget !== undefined
  if (lifetime && !fields.has(`${path}/end`)) {
    fields.fault(`${path}/key`, 'missing-key', 'a lifetime budget needs an `end`', 'for example `end: 2026-12-15 23:59`')
  }
  if (start === null || end === null) return
  if (end <= start) fields.fault(`${path}/end`, 'out-of-range', 'the ad set ends before it starts')
  else if (budget?.kind === 'daily' && end - start < DAY) {
    const hint = 'use `lifetime_budget`, or let it run for at least a day'
    fields.fault(`${path}/end`, 'out-of-range', 'with a daily budget, an ad set runs for at least a day', hint)
  }
}

/** Reports missing names of the beneficiary and the payer, without which Meta refuses the ad set (error subcodes 3858081 and 3858079). */
function checkUnion(targeting: JsonObject, path: string, fields: Fields): void {
  const place = placeInUnion((targeting['geo_locations'] ?? {}) as JsonObject)
  if (place === null) return
  const missing = (['dsa_beneficiary', 'dsa_payor'] as const).filter((key) => !fields.has(`${path}/${key}`))
  if (missing.length === 0) return
  const names = missing.map((key) => (key === 'dsa_payor' ? 'its payer' : 'its beneficiary')).join(' and ')
  const hint = `for example ${missing.map((key) => `\`${key}: Moda A.Ş.\``).join(' and ')}`
  fields.fault(`${path}/key`, 'missing-key', `${place} is in the European Union, where an ad must name ${names}`, hint)
}
