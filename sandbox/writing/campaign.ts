/** `POST act_{id}/campaigns`. */

import { moneyText } from '../base/money.js'
import { invalidParameter, refused } from '../protocol/errors.js'
import { booleanParameter, enumListParameter, enumParameter, integerParameter, type Parameters } from '../protocol/parameters.js'
import { leastSpendCap } from '../reading/minimum-budgets.js'
import type { Call } from '../request/call.js'
import { documentedValues } from '../request/documented-values.js'
import { missing, readName, required } from '../request/required.js'
import { BID_STRATEGIES } from './bid.js'
import { type Budget, checkLeast, hasBudget, readBudget } from './budget.js'
import { checkPromoted, readPromotedObject } from './goal.js'
import { readLabels } from './labels.js'
import { CREATING, type NewObject, readStatus } from './new-object.js'
import { OBJECTIVES } from './odax.js'
import { COUNTRIES } from './places.js'

const HANDLED = [
  ...CREATING,
  'bid_strategy',
  'buying_type',
  'daily_budget',
  'is_adset_budget_sharing_enabled',
  'lifetime_budget',
  'objective',
  'promoted_object',
  'special_ad_categories',
  'special_ad_category_country',
  'spend_cap',
  // These are read from its ad sets.
  'start_time',
  'stop_time',
]
const SPECIAL_CATEGORIES = [
  'NONE',
  'EMPLOYMENT',
  'HOUSING',
  'CREDIT',
  'ISSUES_ELECTIONS_POLITICS',
  'ONLINE_GAMBLING_AND_GAMING',
  'FINANCIAL_PRODUCTS_SERVICES',
]
/** This amount removes a spending limit (Marketing API, campaign `spend_cap`). */
const NO_SPEND_CAP = 922_337_203_685_478

export function readCampaign(call: Call): NewObject {
  const { parameters } = call
  if ('smart_promotion_type' in parameters) {
    throw invalidParameter('The smart_promotion_type parameter can no longer be set on new campaigns')
  }
  const name = readName(parameters)
  const objective = required(enumParameter(parameters, 'objective', OBJECTIVES), 'objective')
  const special = readSpecialCategories(parameters)
  const promoted = readPromotedObject(parameters)
  checkPromoted(call.world, promoted)
  const budget = readBudget(parameters)
  const strategy = enumParameter(parameters, 'bid_strategy', BID_STRATEGIES)
  const sharing = readSharing(parameters, budget, strategy !== undefined)
  if (hasBudget(budget)) checkLeast(call.world.account.currency, budget, null, null, null)
  else if (strategy !== undefined && sharing !== true) {
    throw invalidParameter('Param bid_strategy cannot be set: a campaign without a budget leaves bidding to its ad sets')
  }
  return {
    kind: 'campaign',
    parent: null,
    fields: {
      ...documentedValues(call, 'Campaign', ['AdAccount', 'campaigns'], parameters, HANDLED),
      name,
      objective,
      status: readStatus(call),
      buying_type: enumParameter(parameters, 'buying_type', ['AUCTION', 'RESERVED']) ?? 'AUCTION',
      ...special,
      ...(promoted === null ? {} : { promoted_object: promoted }),
      ...budget,
      ...(hasBudget(budget)
        ? { bid_strategy: strategy ?? BID_STRATEGIES[0] }
        : strategy === undefined
          ? {}
          : { bid_strategy: strategy }),
      ...(sharing === undefined ? {} : { is_adset_budget_sharing_enabled: sharing }),
      spend_cap: readSpendCap(parameters, call.world.account.currency) ?? null,
      adlabels: readLabels(call) ?? [],
    },
  }
}

/** Required even without a category: `[]` or `["NONE"]`. */
export function readSpecialCategories(parameters: Parameters): Record<string, unknown> {
  const given = required(enumListParameter(parameters, 'special_ad_categories', SPECIAL_CATEGORIES), 'special_ad_categories')
  const categories = given.filter((category) => category !== 'NONE')
  const countries = readSpecialCountries(parameters)
  if (categories.length > 0 && countries.length === 0) throw missing('special_ad_category_country')
  return { special_ad_categories: categories, special_ad_category_country: countries.length > 0 ? countries : null }
}

/** @throws GraphError 100 for an unknown country */
export const readSpecialCountries = (parameters: Parameters): string[] =>
  enumListParameter(parameters, 'special_ad_category_country', COUNTRIES) ?? []

/** Returns undefined if no limit is given, and null for the amount that removes it. */
export function readSpendCap(parameters: Parameters, currency: string): number | null | undefined {
  const cap = integerParameter(parameters, 'spend_cap')
  if (cap === undefined) return undefined
  if (cap === NO_SPEND_CAP) return null
  const least = leastSpendCap(currency)
  if (cap >= least) return cap
  throw refused(
    2446307,
    'Spending limit is too low',
    `The campaign spending limit must be at least ${moneyText(least, currency)}.`,
    ['spend_cap'],
  )
}

/** Reads whether ad sets may share up to a fifth of their budgets. Required if the ad sets have the budgets (since v24.0). */
function readSharing(parameters: Parameters, budget: Budget, hasStrategy: boolean): boolean | undefined {
  const name = 'is_adset_budget_sharing_enabled'
  const sharing = booleanParameter(parameters, name)
  if (hasBudget(budget)) {
    if (sharing !== true) return sharing
    throw refused(
      4834002,
      'Budget sharing not available',
      'A campaign with a budget of its own has no ad set budgets to share.',
      [name],
    )
  }
  if (sharing === undefined) {
    throw refused(
      4834011,
      'Must specify True or False in is_adset_budget_sharing_enabled field',
      'If you are not using campaign budget, you must specify in is_adset_budget_sharing_enabled whether ad sets may share up to 20% of their budget with each other.',
      [name],
    )
  }
  if (sharing && !hasStrategy) {
    throw refused(4834005, 'Bid strategy required', 'Ad sets that share their budgets need a bid strategy on the campaign.', [
      'bid_strategy',
    ])
  }
  return sharing
}
