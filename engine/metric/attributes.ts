/** Every attribute that a rule may use: a property at one moment, unlike a metric, which is computed over a window. */

import type { Unit } from '../value/unit.js'
import type { InBoth } from './words.js'

export interface AttributeDefinition {
  readonly name: string
  readonly unit: Unit
  /** What it is a property of: any entity, only an account, or the clock. */
  readonly of: 'entity' | 'account' | 'clock'
  readonly description: InBoth<string>
  /**
   * Within a sentence. English follows "the" or "the campaign’s"; Turkish attributes of an entity have the possessive suffix,
   * because something is always whose: "(kampanyanın) günlük bütçesi".
   */
  readonly phrase: InBoth<string>
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
const define = (
  name: string,
  unit: Unit,
  of: AttributeDefinition['of'],
  en: readonly [description: string, phrase: string],
  tr: readonly [description: string, phrase: string],
): AttributeDefinition => ({ name, unit, of, description: { en: en[0], tr: tr[0] }, phrase: { en: en[1], tr: tr[1] } })

export const ATTRIBUTES: readonly AttributeDefinition[] = [
  define('id', { kind: 'text' }, 'entity', ['Meta’s id', 'id'], ['Meta kimliği', 'kimliği']),
  define('name', { kind: 'text' }, 'entity', ['Name', 'name'], ['Ad', 'adı']),
  define(
    'status',
    choice('status', CONFIGURED_STATUSES),
    'entity',
    ['Status as configured', 'status'],
    ['Ayarlanan durum', 'durumu'],
  ),
  define(
    'effective_status',
    choice('effective_status', EFFECTIVE_STATUSES),
    'entity',
    ['Status with what is above it', 'delivery status'],
    ['Yayın durumu', 'yayın durumu'],
  ),
  define('delivering', { kind: 'yes-or-no' }, 'entity', ['Active, and so is all above it', 'delivery'], ['Yayında', 'yayını']),
  define('daily_budget', { kind: 'money' }, 'entity', ['Daily budget', 'daily budget'], ['Günlük bütçe', 'günlük bütçesi']),
  define(
    'lifetime_budget',
    { kind: 'money' },
    'entity',
    ['Lifetime budget', 'lifetime budget'],
    ['Toplam bütçe', 'toplam bütçesi'],
  ),
  define(
    'budget_level',
    choice('budget_level', ['campaign', 'adset']),
    'entity',
    ['Where the budget is', 'budget level'],
    ['Bütçenin yeri', 'bütçe düzeyi'],
  ),
  define(
    'age',
    { kind: 'duration' },
    'entity',
    ['Time since it was created', 'age'],
    ['Oluşturulalı geçen süre', 'oluşturulmasından bu yana geçen süre'],
  ),
  define(
    'last_edit',
    { kind: 'duration' },
    'entity',
    ['Time since it was last changed', 'time since its last edit'],
    ['Son değişiklikten beri geçen süre', 'son düzenlenmesinden bu yana geçen süre'],
  ),
  define(
    'learning',
    { kind: 'yes-or-no' },
    'entity',
    ['In Meta’s learning phase', 'learning phase'],
    ['Öğrenme aşamasında', 'öğrenme aşaması'],
  ),
  define(
    'objective',
    choice('objective', OBJECTIVES),
    'entity',
    ['The campaign’s objective', 'campaign objective'],
    ['Kampanya amacı', 'kampanya amacı'],
  ),
  define('labels', { kind: 'text' }, 'entity', ['Names of its ad labels', 'labels'], ['Etiketler', 'etiketleri']),
  define(
    'hour',
    { kind: 'number' },
    'clock',
    ['Hour of the account’s day, 0 to 23', 'hour of the day'],
    ['Günün saati', 'günün saati'],
  ),
  define(
    'weekday',
    choice('weekday', ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
    'clock',
    ['Day of the week', 'day of the week'],
    ['Haftanın günü', 'haftanın günü'],
  ),
  define(
    'days_left',
    { kind: 'number' },
    'clock',
    ['Days left in the month, today included', 'number of days left in the month'],
    ['Ayda kalan gün', 'ayın kalan gün sayısı'],
  ),
  define(
    'target_cpa',
    { kind: 'money' },
    'account',
    ['The account’s target cost per result', 'target cost per result'],
    ['Hedef sonuç başına ücret', 'hedef sonuç başına ücret'],
  ),
  define(
    'target_roas',
    { kind: 'number' },
    'account',
    ['The account’s target return on ad spend', 'target ROAS'],
    ['Hedef ROAS', 'hedef ROAS'],
  ),
  define(
    'monthly_budget',
    { kind: 'money' },
    'account',
    ['The account’s budget of the month', 'monthly budget'],
    ['Aylık bütçe', 'aylık bütçe'],
  ),
]

const byName = new Map(ATTRIBUTES.map((attribute) => [attribute.name, attribute]))

export const findAttribute = (name: string): AttributeDefinition | undefined => byName.get(name)
