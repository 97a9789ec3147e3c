/** Reads Meta's answers about accounts, campaigns, ad sets and ads: which fields are requested, and how each is parsed. */

import { AnswerMismatch, type AnswerObject } from '../answer.js'
import type { Json } from '../json.js'
import type {
  AdLabel,
  AttributionWindow,
  Funding,
  LearningStage,
  Level,
  MetaAccount,
  MetaAd,
  MetaAdset,
  MetaCampaign,
  MetaNode,
  MinimumBudget,
  PromotedObject,
} from './node.js'

const COMMON = ['id', 'name', 'status', 'effective_status', 'created_time', 'updated_time', 'adlabels{id,name}']
const BUDGETS = ['daily_budget', 'lifetime_budget', 'budget_remaining', 'bid_strategy']

export const ACCOUNT_FIELDS = [
  'id',
  'name',
  'currency',
  'timezone_name',
  'account_status',
  'disable_reason',
  'min_daily_budget',
  'spend_cap',
  'amount_spent',
  'balance',
  'funding_source_details',
]

export const NODE_FIELDS: Readonly<Record<Level, readonly string[]>> = {
  campaign: [...COMMON, ...BUDGETS, 'objective', 'buying_type', 'is_adset_budget_sharing_enabled', 'start_time', 'stop_time'],
  adset: [
    ...COMMON,
    ...BUDGETS,
    'campaign_id',
    'optimization_goal',
    'billing_event',
    'bid_amount',
    'promoted_object',
    'attribution_spec',
    'learning_stage_info',
    'start_time',
    'end_time',
  ],
  ad: [...COMMON, 'campaign_id', 'adset_id'],
}

export const NODE_EDGES: Readonly<Record<Level, string>> = { campaign: 'campaigns', adset: 'adsets', ad: 'ads' }

export const MINIMUM_BUDGET_FIELDS = [
  'currency',
  'min_daily_budget_imp',
  'min_daily_budget_high_freq',
  'min_daily_budget_low_freq',
  'min_daily_budget_video_views',
]

export const readAccount = (answer: AnswerObject): MetaAccount => ({
  id: answer.id('id'),
  name: answer.text('name'),
  currency: answer.text('currency'),
  timezone_name: answer.text('timezone_name'),
  account_status: answer.integer('account_status'),
  disable_reason: answer.integerOrNull('disable_reason'),
  min_daily_budget: answer.integerOrNull('min_daily_budget'),
  spend_cap: budgetOf(answer, 'spend_cap'),
  amount_spent: answer.integerOrNull('amount_spent'),
  balance: answer.integerOrNull('balance'),
  funding: readFunding(answer.objectOrNull('funding_source_details')),
})

const readFunding = (answer: AnswerObject | null): Funding | null =>
  answer === null
    ? null
    : { id: answer.idOrNull('id'), type: answer.integerOrNull('type'), text: answer.textOrNull('display_string') }

export const readMinimumBudget = (answer: AnswerObject): MinimumBudget => ({
  currency: answer.text('currency'),
  min_daily_budget_imp: answer.integer('min_daily_budget_imp'),
  min_daily_budget_high_freq: answer.integer('min_daily_budget_high_freq'),
  min_daily_budget_low_freq: answer.integer('min_daily_budget_low_freq'),
  min_daily_budget_video_views: answer.integer('min_daily_budget_video_views'),
})

export function readNode(level: Level, answer: AnswerObject): MetaNode {
  switch (level) {
    case 'campaign':
      return readCampaign(answer)
    case 'adset':
      return readAdset(answer)
    case 'ad':
      return readAd(answer)
  }
}

export const readCampaign = (answer: AnswerObject): MetaCampaign => ({
  level: 'campaign',
  ...readCommon(answer),
  ...readBudgets(answer),
  objective: answer.text('objective'),
  buying_type: answer.textOrNull('buying_type'),
  is_adset_budget_sharing_enabled: answer.yesOrNoOrNull('is_adset_budget_sharing_enabled'),
  start_time: answer.instantOrNull('start_time'),
  stop_time: answer.instantOrNull('stop_time'),
})

export const readAdset = (answer: AnswerObject): MetaAdset => ({
  level: 'adset',
  ...readCommon(answer),
  ...readBudgets(answer),
  campaign_id: answer.id('campaign_id'),
  optimization_goal: answer.text('optimization_goal'),
  billing_event: answer.textOrNull('billing_event'),
  bid_amount: answer.integerOrNull('bid_amount'),
  promoted_object: readPromotedObject(answer),
  attribution_spec: answer.objects('attribution_spec').map(readAttributionWindow),
  learning_stage_info: readLearningStage(answer.objectOrNull('learning_stage_info')),
  start_time: answer.instantOrNull('start_time'),
  end_time: answer.instantOrNull('end_time'),
})

export const readAd = (answer: AnswerObject): MetaAd => ({
  level: 'ad',
  ...readCommon(answer),
  campaign_id: answer.id('campaign_id'),
  adset_id: answer.id('adset_id'),
})

const readCommon = (answer: AnswerObject) => ({
  id: answer.id('id'),
  name: answer.text('name'),
  status: answer.text('status'),
  effective_status: answer.text('effective_status'),
  created_time: answer.instant('created_time'),
  updated_time: answer.instant('updated_time'),
  adlabels: answer.objects('adlabels').map(readLabel),
})

const readBudgets = (answer: AnswerObject) => ({
  daily_budget: budgetOf(answer, 'daily_budget'),
  lifetime_budget: budgetOf(answer, 'lifetime_budget'),
  budget_remaining: answer.integerOrNull('budget_remaining'),
  bid_strategy: answer.textOrNull('bid_strategy'),
})

/** Returns minor units; null if not set, for which Meta returns 0 (a budget that is set is never zero). */
function budgetOf(answer: AnswerObject, key: string): number | null {
  const budget = answer.integerOrNull(key)
  if (budget !== null && budget < 0) throw new AnswerMismatch(answer.at(key), 'a budget of zero or more', budget)
  return budget === 0 ? null : budget
}

const readLabel = (answer: AnswerObject): AdLabel => ({ id: answer.id('id'), name: answer.textOrNull('name') })

function readPromotedObject(answer: AnswerObject): PromotedObject | null {
  const promoted = answer.objectOrNull('promoted_object')
  if (promoted === null) return null
  const texts = promoted.keys().flatMap((key): [string, string][] => {
    const value: Json | undefined = promoted.raw(key)
    return typeof value === 'string' ? [[key, value]] : typeof value === 'number' ? [[key, String(value)]] : []
  })
  return Object.fromEntries(texts)
}

const readAttributionWindow = (answer: AnswerObject): AttributionWindow => ({
  event_type: answer.text('event_type'),
  window_days: answer.integer('window_days'),
})

function readLearningStage(answer: AnswerObject | null): LearningStage | null {
  if (answer === null) return null
  return {
    status: answer.textOrNull('status'),
    conversions: answer.integerOrNull('conversions'),
    last_sig_edit_ts: answer.integerOrNull('last_sig_edit_ts'),
  }
}
