/** `adrules_library`: the automated rules that the shop made in Ads Manager before it used tetik. Read-only in the sandbox. */

import { MODA } from '../accounts/moda.js'
import { pickFields } from '../protocol/documented.js'
import { parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { type Call, withToken } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import { adsetId } from '../world/seed.js'

export interface AdRule {
  readonly id: string
  readonly name: string
  readonly status: 'ENABLED' | 'DISABLED' | 'HAS_ISSUES'
  readonly evaluation_spec: unknown
  readonly execution_spec: unknown
  readonly schedule_spec?: unknown
}

const filter = (field: string, operator: string, value: unknown) => ({ field, operator, value })
const option = (field: string, value: unknown) => ({ field, operator: 'EQUAL', value })
const ruleId = (index: number): string => `12021000007${String(index).padStart(7, '0')}`
const schedule = (...filters: readonly unknown[]) => ({ evaluation_type: 'SCHEDULE', filters })
const every = (schedule_type: string) => ({ schedule_type })

/** Amounts are kuruş, as in every spec of Meta's rules. */
export const AD_RULES: readonly AdRule[] = [
  {
    id: ruleId(1),
    name: 'Pahalı ad setleri durdur (3 gün)',
    status: 'ENABLED',
    evaluation_spec: schedule(
      filter('entity_type', 'EQUAL', 'ADSET'),
      filter('time_preset', 'EQUAL', 'LAST_3D'),
      filter('cost_per_purchase_fb', 'GREATER_THAN', 18_000),
      filter('spent', 'GREATER_THAN', 40_000),
      filter('campaign.name', 'CONTAIN', 'Moda'),
    ),
    execution_spec: { execution_type: 'PAUSE' },
    schedule_spec: every('SEMI_HOURLY'),
  },
  {
    id: ruleId(2),
    name: 'ROAS 4 üstü: bütçe +%15',
    status: 'ENABLED',
    evaluation_spec: schedule(
      filter('entity_type', 'EQUAL', 'ADSET'),
      filter('time_preset', 'EQUAL', 'LAST_7_DAYS'),
      filter('website_purchase_roas', 'GREATER_THAN', 4),
      filter('offsite_conversion.fb_pixel_purchase', 'GREATER_THAN', 10),
      filter('hours_since_creation', 'GREATER_THAN', 72),
    ),
    execution_spec: {
      execution_type: 'CHANGE_BUDGET',
      execution_options: [
        option('change_spec', { amount: 15, unit: 'PERCENTAGE', limit: 200_000 }),
        option('execution_count_limit', 3),
        option('action_frequency', 1440),
      ],
    },
    schedule_spec: every('DAILY'),
  },
  {
    id: ruleId(3),
    name: 'Night: turn ads back on at 08:00',
    status: 'ENABLED',
    evaluation_spec: schedule(
      filter('entity_type', 'EQUAL', 'CAMPAIGN'),
      filter('effective_status', 'IN', ['PAUSED']),
      filter('name', 'CONTAIN', 'Always on'),
    ),
    execution_spec: { execution_type: 'UNPAUSE' },
    schedule_spec: { schedule_type: 'CUSTOM', schedule: [{ start_minute: 480, days: [1, 2, 3, 4, 5] }] },
  },
  {
    id: ruleId(4),
    name: 'Frequency above 4',
    status: 'ENABLED',
    evaluation_spec: schedule(
      filter('entity_type', 'EQUAL', 'AD'),
      filter('time_preset', 'EQUAL', 'LAST_7D'),
      filter('frequency', 'GREATER_THAN', 4),
      filter('impressions', 'GREATER_THAN', 8000),
    ),
    execution_spec: { execution_type: 'NOTIFICATION', execution_options: [option('user_ids', ['100001234567890'])] },
    schedule_spec: every('DAILY'),
  },
  {
    id: ruleId(5),
    name: 'Teklif: TBM yükselince düşür',
    status: 'DISABLED',
    evaluation_spec: schedule(
      filter('id', 'IN', [adsetId('benzer-1'), adsetId('sepet-14')]),
      filter('entity_type', 'EQUAL', 'ADSET'),
      filter('time_preset', 'EQUAL', 'YESTERDAY'),
      filter('cpc', 'IN_RANGE', [250, 900]),
      filter('ctr', 'LESS_THAN', 1.2),
    ),
    execution_spec: {
      execution_type: 'CHANGE_BID',
      execution_options: [option('change_spec', { amount: -10, unit: 'PERCENTAGE', limit: 3_000 })],
    },
    schedule_spec: every('HOURLY'),
  },
  {
    id: ruleId(6),
    name: 'Kampanya bütçesini 500 TL azalt',
    status: 'ENABLED',
    evaluation_spec: schedule(
      filter('entity_type', 'EQUAL', 'CAMPAIGN'),
      filter('time_preset', 'EQUAL', 'TODAY'),
      filter('spent', 'GREATER_THAN', 150_000),
      filter('results', 'LESS_THAN', 3),
    ),
    execution_spec: {
      execution_type: 'CHANGE_CAMPAIGN_BUDGET',
      execution_options: [option('change_spec', { amount: -50_000, unit: 'ACCOUNT_CURRENCY', limit: 100_000 })],
    },
    schedule_spec: every('HOURLY'),
  },
  {
    id: ruleId(7),
    name: 'Bütçeyi kazananlara dağıt',
    status: 'ENABLED',
    evaluation_spec: schedule(
      filter('entity_type', 'EQUAL', 'ADSET'),
      filter('time_preset', 'EQUAL', 'LAST_ND_14_8'),
      filter('cost_per_purchase_fb', 'GREATER_THAN', 20_000),
    ),
    execution_spec: {
      execution_type: 'REBALANCE_BUDGET',
      execution_options: [
        option('rebalance_spec', { type: 'PROPORTIONAL', target_field: 'cost_per_purchase_fb', target_count: 2 }),
      ],
    },
    schedule_spec: every('DAILY'),
  },
]

const CREATED = Date.UTC(2026, 1, 10, 9, 0)
const FIELDS: Readonly<Record<string, (rule: AdRule, call: Call) => unknown>> = {
  id: ({ id }) => id,
  account_id: () => MODA.id,
  name: ({ name }) => name,
  status: ({ status }) => status,
  evaluation_spec: ({ evaluation_spec: spec }) => spec,
  execution_spec: ({ execution_spec: spec }) => spec,
  schedule_spec: ({ schedule_spec: spec }) => spec,
  created_time: (_rule, call) => call.world.calendar.instantText(CREATED),
  updated_time: (_rule, call) => call.world.calendar.instantText(CREATED),
}

/** Returns the rules of the call's account; only the first account has any. */
const rulesOf = ({ world }: Call): readonly AdRule[] => (world.account.id === MODA.id ? AD_RULES : [])

export const findAdRule = (call: Call, id: string): AdRule | undefined => rulesOf(call).find((rule) => rule.id === id)

export function renderAdRule(rule: AdRule, call: Call): Record<string, unknown> {
  const names = parseFields(call.parameters.fields).map(({ name }) => name)
  return pickFields('AdRule', ['id', ...names], FIELDS, rule, call)
}

/** `GET act_{id}/adrules_library`, in pages. */
export function listAdRules(call: Call): EdgeAnswer {
  const url = `${call.base}/act_${call.world.account.id}/adrules_library`
  const page = cutPage(rulesOf(call), ({ id }) => id, { url, parameters: withToken(call, call.parameters) })
  call.rows += page.items.length
  return { data: page.items.map((rule) => renderAdRule(rule, call)), ...(page.paging ? { paging: page.paging } : {}) }
}
