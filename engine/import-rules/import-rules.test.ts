import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { AD_RULES } from '../../sandbox/reading/ad-rules.js'
import { loadSettings } from '../account/load.js'
import { loadRules } from '../rule/read/load.js'
import type { AdRuleSource } from './ad-rule.js'
import { importRules } from './import-rules.js'

const OPTIONS = { account: 'moda-tr', currency: 'TRY', recipient: 'owner' }
const SETTINGS = `
accounts: [{ name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, result: purchases }]
recipients: [{ name: owner, phone: $OWNER_PHONE, accounts: [moda-tr] }]
`
const golden = fileURLToPath(new URL('./fixtures/sandbox-rules.yaml', import.meta.url))
const sources: readonly AdRuleSource[] = AD_RULES.map((rule) => ({ schedule_spec: null, ...rule }))

/** Errors of the imported file, as `tetik check` would report them. */
function faultsOf(yaml: string): string[] {
  const { settings } = loadSettings('tetik.yaml', SETTINGS)
  const { diagnostics } = loadRules([{ path: 'rules/imported.yaml', text: yaml }], settings)
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ line, message }) => `${line}: ${message}`)
}

const one = (change: Partial<AdRuleSource> & { filters?: readonly unknown[]; entity?: string }): AdRuleSource => ({
  id: '120210000070000099',
  name: 'One',
  status: 'ENABLED',
  evaluation_spec: {
    evaluation_type: 'SCHEDULE',
    filters: [
      { field: 'entity_type', operator: 'EQUAL', value: change.entity ?? 'ADSET' },
      { field: 'time_preset', operator: 'EQUAL', value: 'LAST_7D' },
      ...(change.filters ?? []),
    ],
  },
  execution_spec: { execution_type: 'PAUSE' },
  schedule_spec: { schedule_type: 'HOURLY' },
  ...change,
})

test('the sandbox’s rules become the golden file, which has no errors', () => {
  const { yaml } = importRules(sources, OPTIONS)
  // UPDATE_GOLDEN=1 rewrites the file; review it before committing.
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, yaml)
  expect(yaml).toBe(readFileSync(golden, 'utf8'))
  expect(faultsOf(yaml)).toEqual([])
})

test('a rule without an equivalent is not imported, and the reason is given', () => {
  const { yaml, rules } = importRules(sources, OPTIONS)
  const left = rules.filter(({ faults }) => faults.length > 0)
  expect(left.map(({ source, faults }) => [source, faults])).toEqual([
    [
      'Kampanya bütçesini 500 TL azalt',
      ['it changes the budget by a fixed amount; a rule here changes it by a percentage, or sets it'],
    ],
    ['Bütçeyi kazananlara dağıt', ['the time preset LAST_ND_14_8 has no equivalent', '`REBALANCE_BUDGET` has no equivalent']],
  ])
  for (const { source } of left) expect(yaml).toMatch(new RegExp(`^# Not imported: ${source} \\(`, 'm'))
})

test('every rule only observes', () => {
  const { yaml } = importRules(sources, OPTIONS)
  expect(yaml.match(/^ {2}- id:/gm)?.length).toBe(yaml.match(/^ {4}mode: observe$/gm)?.length)
  expect(yaml).not.toContain('mode: act\n')
})

test.each([
  ['an unknown field', { field: 'estimated_budget_spending_percentage', operator: 'GREATER_THAN', value: 80 }],
  ['an unknown operator', { field: 'spent', operator: 'ANY', value: [1, 2] }],
  ['a value of another kind', { field: 'spent', operator: 'GREATER_THAN', value: 'much' }],
  ['an empty list', { field: 'name', operator: 'CONTAIN', value: [] }],
])('a rule with one filter with %s is not imported: without the filter it would act on more', (_, filter) => {
  const { rules, yaml } = importRules([one({ filters: [filter] })], OPTIONS)
  expect(rules[0]?.faults).toHaveLength(1)
  expect(yaml).toContain('rules: []')
  expect(faultsOf(yaml)).toEqual([])
})

test('LAST_7_DAYS includes today, LAST_7D does not', () => {
  const spent = { field: 'spent', operator: 'GREATER_THAN', value: 100 }
  const of = (preset: string) =>
    importRules(
      [
        one({
          evaluation_spec: {
            evaluation_type: 'SCHEDULE',
            filters: [
              { field: 'entity_type', operator: 'EQUAL', value: 'AD' },
              { field: 'time_preset', operator: 'EQUAL', value: preset },
              spent,
            ],
          },
        }),
      ],
      OPTIONS,
    ).yaml
  expect(of('LAST_7_DAYS')).toContain('spend[7d] > 1 TRY')
  expect(of('LAST_7D')).toContain('spend[last_7d] > 1 TRY')
})

test('names and values with special characters of YAML or of messages are escaped', () => {
  const name = 'a: b #1 "x" {cpa}\n- pause'
  const notifies = { execution_type: 'NOTIFICATION' }
  const filters = [{ field: 'name', operator: 'CONTAIN', value: '"quoted" # \\ \'s' }]
  const { yaml, rules } = importRules([one({ name, filters, execution_spec: notifies })], OPTIONS)
  expect(rules[0]?.faults).toEqual([])
  expect(faultsOf(yaml)).toEqual([])
})

test.each([
  ['nothing at all', { evaluation_spec: null, execution_spec: null, schedule_spec: null }],
  ['lists for objects', { evaluation_spec: [1], execution_spec: ['PAUSE'], schedule_spec: 'x' }],
  ['a trigger', { evaluation_spec: { evaluation_type: 'TRIGGER', filters: [] } }],
])('specs with %s are reported, and the file still loads', (_, change) => {
  const { rules, yaml } = importRules([one(change)], OPTIONS)
  expect(rules[0]?.faults.length).toBeGreaterThan(0)
  expect(faultsOf(yaml)).toEqual([])
})

test('two rules with the same name get different ids', () => {
  const { rules, yaml } = importRules([one({}), one({ id: '120210000070000100' })], OPTIONS)
  expect(rules.map(({ id }) => id)).toEqual(['one', 'one-000100'])
  expect(faultsOf(yaml)).toEqual([])
})

test('a schedule with only days runs every half-hour of those days, as at Meta', () => {
  const schedule_spec = { schedule_type: 'CUSTOM', schedule: [{ days: [0, 6] }] }
  const { yaml } = importRules([one({ schedule_spec })], OPTIONS)
  expect(yaml).toContain('cron: "0,30 0-23 * * 0,6"')
})

test('a note mentions an attribution window other than the account’s', () => {
  const attributed = (value: string) =>
    importRules([one({ filters: [{ field: 'attribution_window', operator: 'EQUAL', value }] })], OPTIONS).yaml
  expect(attributed('1D_CLICK')).toContain('# Meta’s rule counts conversions of 1D_CLICK')
  expect(attributed('ACCOUNT_DEFAULT')).not.toContain('counts conversions')
})

test('a rule that cannot be expressed becomes a comment, so that the file loads', () => {
  const change = (amount: number) => ({ field: 'change_spec', operator: 'EQUAL', value: { amount, unit: 'PERCENTAGE' } })
  const all = { execution_type: 'CHANGE_BUDGET', execution_options: [change(-150)] }
  const status = { field: 'effective_status', operator: 'IN', value: ['ACTIVE', 'SOMETHING_NEW'] }
  const { yaml, rules } = importRules([one({ execution_spec: all }), one({ filters: [status] }), one({}), one({})], OPTIONS)
  expect(faultsOf(yaml)).toEqual([])
  expect(rules.map(({ id }) => id)).toEqual([null, null, 'one', 'one-000099'])
  expect(rules[0]!.faults).toEqual([expect.stringContaining('this leaves nothing of the budget')])
  expect(rules[1]!.faults).toEqual([expect.stringContaining('SOMETHING_NEW')])
})

test('a list of texts means that the name contains one of them, and negated that it contains none', () => {
  const value = ['Moda', 'Yaz: 1']
  const of = (operator: string) => importRules([one({ filters: [{ field: 'campaign.name', operator, value }] })], OPTIONS).yaml
  const [any, none] = [of('CONTAIN'), of('NOT_CONTAIN')]
  expect(any).toContain(
    ['      - any:', `          - 'campaign.name contains "Moda"'`, `          - 'campaign.name contains "Yaz: 1"'`].join('\n'),
  )
  expect(none).toContain(
    [`      - not: 'campaign.name contains "Moda"'`, `      - not: 'campaign.name contains "Yaz: 1"'`].join('\n'),
  )
  for (const yaml of [any, none]) expect(faultsOf(yaml)).toEqual([])
})

test.each([
  ['cost_per_result', 1250, 'cpa[last_7d] > 12.5 TRY'],
  ['cost_per_lead_fb', 1250, 'spend[last_7d] / leads[last_7d] > 12.5 TRY'],
  ['cost_per_link_click', 125, 'spend[last_7d] / link_clicks[last_7d] > 1.25 TRY'],
  ['cost_per_landing_page_view', 125, 'spend[last_7d] / landing_page_views[last_7d] > 1.25 TRY'],
  ['cost_per_offsite_conversion.custom.123', 125, 'spend[last_7d] / action("offsite_conversion.custom.123")[last_7d] > 1.25 TRY'],
  ['purchase_roas', 2.5, 'roas[last_7d] > 2.5'],
  ['outbound_ctr', 1.5, 'outbound_clicks[last_7d] / impressions[last_7d] > 0.015'],
  ['result', 5, 'results[last_7d] > 5'],
])('%s has an equivalent', (field, value, line) => {
  const { yaml } = importRules([one({ filters: [{ field, operator: 'GREATER_THAN', value }] })], OPTIONS)
  expect(yaml).toContain(line)
  expect(faultsOf(yaml)).toEqual([])
})

test.each([
  ['midnight alone', [{ start_minute: 0, end_minute: 30 }], 'cron: "0 0 * * *"'],
  ['one whole hour', [{ start_minute: 540, end_minute: 600, days: [1] }], 'cron: "0,30 9 * * 1"'],
  ['whole hours', [{ start_minute: 480, end_minute: 1080, days: [1, 2] }], 'cron: "0,30 8-17 * * 1,2"'],
  [
    'the same half-hour on separate days',
    [0, 6].map((day) => ({ start_minute: 0, end_minute: 30, days: [day] })),
    'cron: "0 0 * * 0,6"',
  ],
  ['a range that starts at a half-hour', [{ start_minute: 510, end_minute: 600 }], 'at: ["08:30", "09:00", "09:30"]'],
])('a schedule of %s', (_, schedule, line) => {
  const { yaml } = importRules([one({ schedule_spec: { schedule_type: 'CUSTOM', schedule } })], OPTIONS)
  expect(yaml).toContain(`    ${line}\n`)
  expect(faultsOf(yaml)).toEqual([])
})

test('a schedule with different times per day has no equivalent', () => {
  const schedule = [
    { start_minute: 0, end_minute: 30, days: [1] },
    { start_minute: 60, end_minute: 90, days: [2] },
  ]
  const { rules } = importRules([one({ schedule_spec: { schedule_type: 'CUSTOM', schedule } })], OPTIONS)
  expect(rules[0]!.faults).toEqual(['its times cannot be expressed in one `cron` line'])
})

test('amounts are unambiguous, and have no fractions that their currency does not have', () => {
  const filters = [
    { field: 'cost_per_result', operator: 'GREATER_THAN', value: 1250.5 },
    { field: 'cpm', operator: 'IN_RANGE', value: [1212.5, '1000.25'] },
    { field: 'cost_per_purchase_fb', operator: 'LESS_THAN', value: 1212.5 },
    { field: 'spent', operator: 'GREATER_THAN', value: 1250.5 },
    { field: 'daily_budget', operator: 'LESS_THAN', value: 100012.5 },
    { field: 'impressions', operator: 'GREATER_THAN', value: 1250.125 },
  ]
  const execution_spec = {
    execution_type: 'CHANGE_BUDGET',
    execution_options: [{ field: 'change_spec', operator: 'EQUAL', value: { amount: 20, limit: 12345.5, unit: 'PERCENTAGE' } }],
  }
  const { yaml } = importRules([one({ filters, execution_spec })], OPTIONS)
  expect(faultsOf(yaml)).toEqual([])
  for (const line of [
    'cpa[last_7d] > 12.5050 TRY',
    'cpm[last_7d] between 12.1250 TRY and 10.0025 TRY',
    'spend[last_7d] / purchases[last_7d] < 12.1250 TRY',
    'spend[last_7d] > 12.51 TRY',
    'daily_budget < 1000.13 TRY',
    'impressions[last_7d] > 1250.1250',
    'max: 123.46 TRY',
  ])
    expect(yaml).toContain(line)
})
