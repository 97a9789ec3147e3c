/** What an update can set in addition to names, statuses and amounts, checked against the current object. */

import { isDeepStrictEqual } from 'node:util'

import { invalidParameter, refused } from '../protocol/errors.js'
import { enumParameter, jsonParameter, type Parameters, textParameter } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { documentedShape } from '../request/documented-shape.js'
import type { FieldValues, GraphObject, ObjectKind } from '../state/objects.js'
import { inReview } from '../world/review.js'
import { checkLink, readAdCreative, readTracking } from './ad.js'
import { campaignStrategy, checkAdvantage, readAttribution } from './adset.js'
import { checkAudiences } from './audiences.js'
import { BID_STRATEGIES, checkGoalOfBid, readBid } from './bid.js'
import { readSpecialCategories, readSpecialCountries, readSpendCap } from './campaign.js'
import { checkDsa } from './dsa.js'
import { checkPromoted, readPromotedObject } from './goal.js'
import { checkFullDay, checkSpan, readEnd, readInstant, type Span } from './span.js'
import { readTargeting } from './targeting.js'

/** The parameters of an update that are read here, by kind. */
export const SPEC_FIELDS: Readonly<Record<ObjectKind, readonly string[]>> = {
  campaign: ['bid_strategy', 'promoted_object', 'special_ad_categories', 'special_ad_category_country', 'spend_cap'],
  adset: [
    'attribution_spec',
    'bid_constraints',
    'bid_strategy',
    'dsa_beneficiary',
    'dsa_payor',
    'end_time',
    'start_time',
    'targeting',
  ],
  ad: ['conversion_domain', 'creative', 'tracking_specs'],
  creative: [],
}

/** Fields that cannot change after creation; setting the current value again is allowed. */
export const FIXED: Readonly<Record<ObjectKind, readonly string[]>> = {
  campaign: ['buying_type', 'objective'],
  adset: ['billing_event', 'campaign_id', 'destination_type', 'optimization_goal', 'promoted_object'],
  ad: ['adset_id'],
  creative: [],
}

/** @throws GraphError 100/3260011 if one of them would change */
export function checkFixed(parameters: Parameters, { kind, fields, parent }: GraphObject): void {
  for (const name of FIXED[kind]) {
    if (parameters[name] === undefined) continue
    const given = name === 'promoted_object' ? jsonParameter(parameters, name) : textParameter(parameters, name)
    const isParent = name === 'campaign_id' || name === 'adset_id'
    if (isDeepStrictEqual(given, isParent ? parent : fields[name])) continue
    if (isParent) throw invalidParameter(`Param ${name} cannot be changed: copy the object instead`)
    throw refused(
      3260011,
      'Cannot be edited after publishing',
      `The ${name} of a published ${kind === 'adset' ? 'ad set' : kind} cannot be changed. Make a new one.`,
      [name],
    )
  }
}

/** @throws GraphError 100 for invalid changes */
export function readEdits(call: Call, object: GraphObject): FieldValues {
  switch (object.kind) {
    case 'campaign':
      return campaignEdits(call, object)
    case 'adset':
      return adsetEdits(call, object)
    case 'ad':
      return adEdits(call, object)
    case 'creative':
      return {}
  }
}

function campaignEdits({ parameters, world }: Call, campaign: GraphObject): FieldValues {
  const { objects } = world
  const strategy = enumParameter(parameters, 'bid_strategy', BID_STRATEGIES)
  if (strategy !== undefined && campaignStrategy(campaign) === null) {
    throw invalidParameter('Param bid_strategy cannot be set: a campaign without a budget leaves bidding to its ad sets')
  }
  // Archived and deleted ad sets do not run any more.
  const running = objects.childrenOf(campaign.id).filter(({ fields }) => !ENDED.includes(String(fields.status)))
  for (const { fields } of running) checkGoalOfBid(strategy, fields.optimization_goal)
  const promoted = readPromotedObject(parameters)
  checkPromoted(world, promoted)
  const cap = readSpendCap(parameters, world.account.currency)
  return {
    ...(strategy === undefined ? {} : { bid_strategy: strategy }),
    ...(promoted === null ? {} : { promoted_object: promoted }),
    ...specialEdits(parameters, campaign),
    ...(cap === undefined ? {} : { spend_cap: cap }),
  }
}

const ENDED = ['ARCHIVED', 'DELETED']

/** The countries may be given alone if the categories stay. */
function specialEdits(parameters: Parameters, { fields }: GraphObject): FieldValues {
  if (parameters.special_ad_categories !== undefined) return readSpecialCategories(parameters)
  const countries = readSpecialCountries(parameters)
  if (countries.length === 0) return {}
  return readSpecialCategories({ special_ad_categories: fields.special_ad_categories, special_ad_category_country: countries })
}

function adsetEdits(call: Call, adset: GraphObject): FieldValues {
  const { parameters } = call
  const { objects } = call.world
  const campaign = objects.get(adset.parent ?? '')
  const edits: FieldValues = {}
  if (parameters.targeting !== undefined) {
    edits.targeting = readTargeting(parameters)
    checkAudiences(call.world, edits.targeting as FieldValues)
    checkAdvantage(edits.targeting as FieldValues, campaign)
  }
  for (const name of ['dsa_beneficiary', 'dsa_payor']) {
    const value = textParameter(parameters, name)
    if (value !== undefined) edits[name] = value
  }
  if (Object.keys(edits).length > 0) {
    const { targeting, dsa_beneficiary: beneficiary, dsa_payor: payor } = { ...adset.fields, ...edits }
    checkDsa(targeting as FieldValues, beneficiary, payor)
  }
  const attribution = readAttribution(call)
  if (attribution !== undefined) edits.attribution_spec = attribution
  return { ...edits, ...spanEdits(call, adset), ...bidEdits(call, adset, campaign) }
}

function spanEdits({ parameters, now }: Call, { fields }: GraphObject): FieldValues {
  const start = readInstant(parameters, 'start_time')
  const end = readEnd(parameters)
  const before = { start_time: Number(fields.start_time), end_time: typeof fields.end_time === 'number' ? fields.end_time : null }
  if (start !== undefined && start !== before.start_time && before.start_time <= now) {
    throw invalidParameter('Param start_time cannot be changed: the ad set has started')
  }
  if (start === undefined && end === undefined) return {}
  const span: Span = { start_time: start ?? before.start_time, end_time: end === undefined ? before.end_time : end }
  if (end !== undefined) checkSpan(span, now)
  if (span.end_time === null && typeof fields.lifetime_budget === 'number') {
    throw invalidParameter('Param end_time cannot be 0: the ad set has a lifetime budget')
  }
  if (typeof fields.daily_budget === 'number') checkFullDay(span)
  return { ...span }
}

/** A new strategy is read with its amount, either given or the current one. */
function bidEdits(call: Call, { fields }: GraphObject, campaign: GraphObject): FieldValues {
  const { parameters } = call
  if (parameters.bid_strategy === undefined && parameters.bid_constraints === undefined) return {}
  const strategy = enumParameter(parameters, 'bid_strategy', BID_STRATEGIES) ?? fields.bid_strategy
  const standing =
    strategy === fields.bid_strategy ? { bid_amount: fields.bid_amount, bid_constraints: fields.bid_constraints } : {}
  const given = Object.fromEntries(
    ['bid_strategy', 'bid_amount', 'bid_constraints']
      .filter((name) => name in parameters)
      .map((name) => [name, parameters[name]]),
  )
  const present = Object.fromEntries(Object.entries(standing).filter(([, value]) => value !== null && value !== undefined))
  const bid = readBid({ bid_strategy: strategy, ...present, ...given }, campaignStrategy(campaign))
  checkGoalOfBid(bid.bid_strategy, fields.optimization_goal)
  const constraints = documentedShape(call, 'AdCampaignBidConstraint', bid.bid_constraints, 'bid_constraints')
  return { ...bid, bid_constraints: constraints }
}

/** A new creative is reviewed again, and the ad does not run meanwhile. */
function adEdits(call: Call, ad: GraphObject): FieldValues {
  const { parameters } = call
  const edits: FieldValues = Object.fromEntries(
    Object.entries(readTracking(call)).filter(([name]) => parameters[name] !== undefined),
  )
  if (parameters.creative === undefined) return edits
  const creative = readAdCreative(call)
  if (typeof creative !== 'string') {
    throw refused(null, 'Creative cannot be given inline', 'Create the new creative first, and give the ad its id.', ['creative'])
  }
  const { objects } = call.world
  checkLink(call, objects.get(ad.parent ?? ''), creative)
  if (creative === ad.fields.creative) return edits
  return { ...edits, creative, ...inReview('ad', objects.get(creative).fields, call.now) }
}
