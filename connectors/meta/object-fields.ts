/** The fields of created objects: how they are sent, which are read back, and how these are converted to the form sent. */

import { AnswerMismatch, type AnswerObject } from '../answer.js'
import type { Json } from '../json.js'
import type { CreatableKind, FieldValue, ObjectFields } from './launch-object.js'

const STATE = ['id', 'name', 'status', 'effective_status', 'issues_info', 'created_time']

/** Fields that can be set and read (Marketing API v26.0, Campaign, Ad Set, Ad Creative and Ad). */
export const OBJECT_FIELDS: Readonly<Record<CreatableKind, readonly string[]>> = {
  campaign: [
    ...STATE,
    'objective',
    'buying_type',
    'special_ad_categories',
    'special_ad_category_country',
    'daily_budget',
    'lifetime_budget',
    'bid_strategy',
    'spend_cap',
    'is_adset_budget_sharing_enabled',
  ],
  adset: [
    ...STATE,
    'campaign_id',
    'optimization_goal',
    'billing_event',
    'daily_budget',
    'lifetime_budget',
    'bid_strategy',
    'bid_amount',
    'bid_constraints',
    'promoted_object',
    'destination_type',
    'attribution_spec',
    'targeting',
    'start_time',
    'end_time',
    'adset_schedule',
    'pacing_type',
    'dsa_beneficiary',
    'dsa_payor',
    'daily_min_spend_target',
    'daily_spend_cap',
    'lifetime_min_spend_target',
    'lifetime_spend_cap',
  ],
  creative: [
    'id',
    'name',
    'status',
    'object_story_spec',
    'object_story_id',
    'url_tags',
    'degrees_of_freedom_spec',
    'asset_feed_spec',
  ],
  ad: [...STATE, 'adset_id', 'creative{id}', 'tracking_specs', 'conversion_domain'],
}

/** Fields that contain money: sent as text in minor units, received as text or as a number. */
const MONEY = new Set([
  'daily_budget',
  'lifetime_budget',
  'spend_cap',
  'bid_amount',
  'daily_min_spend_target',
  'daily_spend_cap',
  'lifetime_min_spend_target',
  'lifetime_spend_cap',
])

type EncodedFields =
  { readonly kind: 'encoded'; readonly parameters: Record<string, string> } | { readonly kind: 'malformed'; readonly why: string }

/** Encodes fields as form values: text as it is, nested values as JSON. A placeholder that was not filled in is an error. */
export function encodeFields(fields: ObjectFields): EncodedFields {
  const parameters: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue
    const place = placeholderIn(value, name)
    if (place !== null) return { kind: 'malformed', why: `${place} refers to an object that does not exist yet` }
    if (typeof value === 'number' && !Number.isFinite(value)) return { kind: 'malformed', why: `${name} is not a number` }
    if (MONEY.has(name) && !/^\d{1,15}$/.test(amountText(value))) {
      return { kind: 'malformed', why: `${name} must be a whole number of minor units` }
    }
    parameters[name] = typeof value === 'string' ? value : JSON.stringify(value)
  }
  return { kind: 'encoded', parameters }
}

const amountText = (value: FieldValue): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Returns the place of a key that begins with `$`, which marks a placeholder for another object's id; null if there is none. */
function placeholderIn(value: FieldValue, path: string): string | null {
  if (value === null || typeof value !== 'object') return null
  for (const [key, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`
    if (!Array.isArray(value) && key.startsWith('$')) return at
    const found = placeholderIn(inner, at)
    if (found !== null) return found
  }
  return null
}

/** Returns the fields of an object; null if it was deleted, by itself or with its parent. */
export function readSettable(kind: CreatableKind, answer: AnswerObject): Readonly<Record<string, Json>> | null {
  if ([answer.textOrNull('status'), answer.textOrNull('effective_status')].includes('DELETED')) return null
  const fields: Record<string, Json> = { id: answer.id('id'), name: answer.text('name') }
  for (const asked of OBJECT_FIELDS[kind]) {
    const name = asked.replace(/\{.*$/, '')
    const value = name === 'creative' ? creativeOf(answer) : MONEY.has(name) ? moneyOf(answer, name) : answer.raw(name)
    if (value !== undefined && value !== null) fields[name] ??= value
  }
  // Later decisions depend on these fields, so they must be present.
  if (kind !== 'creative') fields.status = answer.text('status')
  if (kind === 'ad') fields.adset_id = answer.id('adset_id')
  if (kind === 'adset') fields.campaign_id = answer.id('campaign_id')
  return fields
}

/** Returns minor units as text; null if not set, for which Meta returns 0. */
function moneyOf(answer: AnswerObject, name: string): string | null {
  const amount = answer.integerOrNull(name)
  if (amount !== null && amount < 0) throw new AnswerMismatch(answer.at(name), 'an amount of zero or more', amount)
  return amount === null || amount === 0 ? null : String(amount)
}

function creativeOf(answer: AnswerObject): Json | null {
  const creative = answer.objectOrNull('creative')
  return creative === null ? null : { creative_id: creative.id('id') }
}
