/** Rows as evaluations write them; a test overrides the columns it needs. */

import type { Rule } from '../../engine/rule/rule.js'
import type { Entity } from '../../store/account/entities.js'
import type { Insight } from '../../store/account/insights.js'
import type { NewDecisionRow } from '../../store/decisions/decisions.js'
import type { ChangeRequest } from '../../store/decisions/requested-changes.js'
import type { Row } from '../../store/tables/tables.js'

export const decisionRow = (change: Partial<NewDecisionRow> = {}): NewDecisionRow => ({
  id: 'd',
  account: 'moda-tr',
  rule: 'pause-expensive',
  version: 'v1',
  scope: 'adset',
  entity_key: '120001',
  entity_id: '120001',
  entity_name: 'Women 25-44',
  at: 1,
  known_at: 1,
  outcome: 'fire',
  because: null,
  mode: 'act',
  steps_json: '["pause","whatsapp"]',
  trace_json: JSON.stringify([
    {
      path: 'when[0]',
      condition: 'cpa[last_3d] > 120 TRY',
      result: true,
      left: 333.33,
      right: 120,
      unit: 'TRY',
      unitKind: 'money',
      windows: [{ source: 'last_3d', since: '2026-03-07', until: '2026-03-09' }],
    },
  ]),
  progress: 'observed',
  note: null,
  workflow_id: null,
  created_at: 1,
  updated_at: 1,
  ...change,
})

export const stateRow = (change: Partial<Row<'rule_states'>> = {}): Row<'rule_states'> => ({
  account: 'moda-tr',
  rule: 'pause-expensive',
  entity_key: '120001',
  state: 'waiting',
  pending_since: null,
  resting_until: null,
  cleared: 1,
  last_outcome: null,
  announced: 0,
  observed: 0,
  acted_at: null,
  evaluated_at: 1,
  ...change,
})

export const entityOf = (change: Partial<Entity> = {}): Entity => ({
  level: 'adset',
  id: '120001',
  campaignId: '110001',
  adsetId: null,
  name: 'Women 25-44',
  status: 'ACTIVE',
  effectiveStatus: 'ACTIVE',
  dailyBudget: 50_000,
  lifetimeBudget: null,
  fields: { optimization_goal: 'OFFSITE_CONVERSIONS', promoted_object: { custom_event_type: 'PURCHASE' } },
  ...change,
})

export const insightOf = (change: Partial<Insight> = {}): Insight => ({
  entityId: '120001',
  day: '2026-03-09',
  hour: null,
  spend: 30_000,
  impressions: 10_000,
  clicks: 200,
  measures: { purchases: 1, link_clicks: 150 },
  ...change,
})

export const ruleOf = (change: Partial<Rule> = {}): Rule => ({
  id: 'pause-expensive',
  description: 'Too high for three days',
  file: 'rules/expensive.yaml',
  line: 3,
  version: 'v1',
  account: 'moda-tr',
  scope: 'adset',
  cadence: { kind: 'every', interval: 1_800_000 },
  where: null,
  when: null,
  holdFor: 0,
  clear: null,
  cooldown: 86_400_000,
  limit: null,
  priority: 0,
  mode: 'act',
  then: [{ kind: 'pause' }],
  onStop: 'leave',
  ...change,
})

/** A person's change as the API records it. */
export const requestRow = (change: Partial<ChangeRequest> = {}): ChangeRequest => ({
  id: 'request-1',
  account: 'moda-tr',
  made_by: 'api:token',
  level: 'adset',
  entity_id: '120001',
  field: 'daily_budget',
  target: '57500',
  known: null,
  restores_from: null,
  approved_before: null,
  requested_at: 1,
  ...change,
})
