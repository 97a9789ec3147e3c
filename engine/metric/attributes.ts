/** Every attribute that a rule may use: a property at one moment, unlike a metric, which is computed over a window. */

import type { Unit } from '../value/unit.js'

export interface AttributeDefinition {
  readonly name: string
  readonly unit: Unit
  /** What it is a property of: any entity, only an account, or the clock. */
  readonly of: 'entity' | 'account' | 'clock'
  readonly description: { readonly en: string; readonly tr: string }
}

export const CONFIGURED_STATUSES = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED'] as const

export const EFFECTIVE_STATUSES = [
  ...CONFIGURED_STATUSES,
  'IN_PROCESS',
  'WITH_ISSUES',
  'CAMPAIGN_PAUSED',
  'ADSET_PAUSED',
  'PENDING_REVIEW',
  'DISAPPROVED',
  'PREAPPROVED',
  'PENDING_BILLING_INFO',
] as const

/** Objectives of campaigns: ODAX objectives of the Marketing API v26.0. Campaigns with older ones can no longer be created. */
export const OBJECTIVES = [
  'OUTCOME_APP_PROMOTION',
  'OUTCOME_AWARENESS',
  'OUTCOME_ENGAGEMENT',
  'OUTCOME_LEADS',
  'OUTCOME_SALES',
  'OUTCOME_TRAFFIC',
] as const
export type Objective = (typeof OBJECTIVES)[number]

const choice = (name: string, choices: readonly string[]): Unit => ({ kind: 'choice', name, choices })
const define = (name: string, unit: Unit, of: AttributeDefinition['of'], en: string, tr: string): AttributeDefinition => ({
  name,
  unit,
  of,
  description: { en, tr },
})

export const ATTRIBUTES: readonly AttributeDefinition[] = [
  define('id', { kind: 'text' }, 'entity', 'Meta’s id', 'Meta kimliği'),
  define('name', { kind: 'text' }, 'entity', 'Name', 'Ad'),
  define('status', choice('status', CONFIGURED_STATUSES), 'entity', 'Status as configured', 'Ayarlanan durum'),
  define(
    'effective_status',
    choice('effective_status', EFFECTIVE_STATUSES),
    'entity',
    'Status with what is above it',
    'Geçerli durum',
  ),
  define('delivering', { kind: 'yes-or-no' }, 'entity', 'Active, and so is all above it', 'Yayında'),
  define('daily_budget', { kind: 'money' }, 'entity', 'Daily budget', 'Günlük bütçe'),
  define('lifetime_budget', { kind: 'money' }, 'entity', 'Lifetime budget', 'Toplam bütçe'),
  define('budget_level', choice('budget_level', ['campaign', 'adset']), 'entity', 'Where the budget is', 'Bütçenin yeri'),
  define('age', { kind: 'duration' }, 'entity', 'Time since it was created', 'Oluşturulalı geçen süre'),
  define('last_edit', { kind: 'duration' }, 'entity', 'Time since it was last changed', 'Son değişiklikten beri geçen süre'),
  define('learning', { kind: 'yes-or-no' }, 'entity', 'In Meta’s learning phase', 'Öğrenme aşamasında'),
  define('objective', choice('objective', OBJECTIVES), 'entity', 'The campaign’s objective', 'Kampanya amacı'),
  define('labels', { kind: 'text' }, 'entity', 'Names of its ad labels', 'Etiketler'),
  define('hour', { kind: 'number' }, 'clock', 'Hour of the account’s day, 0 to 23', 'Günün saati'),
  define(
    'weekday',
    choice('weekday', ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
    'clock',
    'Day of the week',
    'Haftanın günü',
  ),
  define('days_left', { kind: 'number' }, 'clock', 'Days left in the month, today included', 'Ayda kalan gün'),
  define('target_cpa', { kind: 'money' }, 'account', 'The account’s target cost per result', 'Hedef sonuç maliyeti'),
  define('target_roas', { kind: 'number' }, 'account', 'The account’s target return on ad spend', 'Hedef getiri'),
  define('monthly_budget', { kind: 'money' }, 'account', 'The account’s budget of the month', 'Aylık bütçe'),
]

const byName = new Map(ATTRIBUTES.map((attribute) => [attribute.name, attribute]))

export const findAttribute = (name: string): AttributeDefinition | undefined => byName.get(name)
