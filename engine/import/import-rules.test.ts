import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { AD_RULES } from '../../sandbox/graph/ad-rules.js'
import { loadSettings } from '../account/load.js'
import { loadRules } from '../rule/load.js'
import type { AdRuleSource } from './ad-rule.js'
import { importRules } from './import-rules.js'

const OPTIONS = { account: 'moda-tr', currency: 'TRY', recipient: 'owner' }
const SETTINGS = `
accounts: [{ name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, result: purchases }]
recipients: [{ name: owner, phone: $OWNER_PHONE, accounts: [moda-tr] }]
`
const golden = fileURLToPath(new URL('./fixtures/sandbox-rules.yaml', import.meta.url))
const sources: readonly AdRuleSource[] = AD_RULES.map((rule) => ({ schedule_spec: null, ...rule }))

/** Faults of the imported file as `tetik check` would tell them. */
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

test('the sandbox’s rules become the golden file, which has no fault', () => {
  const { yaml } = importRules(sources, OPTIONS)
  // UPDATE_GOLDEN=1 writes it anew, to be read before it is kept.
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, yaml)
  expect(yaml).toBe(readFileSync(golden, 'utf8'))
  expect(faultsOf(yaml)).toEqual([])
})

test('what has no equal is named with its reason, and is no rule', () => {
  const { yaml, rules } = importRules(sources, OPTIONS)
  const left = rules.filter(({ faults }) => faults.length > 0)
  expect(left.map(({ source, faults }) => [source, faults])).toEqual([
    [
      'Kampanya bütçesini 500 TL azalt',
      ['it adds a fixed amount to the budget; a rule here changes it by a percentage, or sets it'],
    ],
    ['Bütçeyi kazananlara dağıt', ['the time preset LAST_ND_14_8 has no equal', '`REBALANCE_BUDGET` has no equal']],
  ])
  for (const { source } of left) expect(yaml).toMatch(new RegExp(`^# ${source} \\(`, 'm'))
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
  ['a list where one is wanted', { field: 'name', operator: 'CONTAIN', value: ['a', 'b'] }],
])('one filter with %s makes it no rule: without it, it would act on more', (_, filter) => {
  const { rules, yaml } = importRules([one({ filters: [filter] })], OPTIONS)
  expect(rules[0]?.faults).toHaveLength(1)
  expect(yaml).toContain('rules: []')
  expect(faultsOf(yaml)).toEqual([])
})

test('LAST_7_DAYS has today in it, LAST_7D has not', () => {
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

test('names and values that mean something to YAML or to a message stay what they are', () => {
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
])('specs of %s are told, and break nothing', (_, change) => {
  const { rules, yaml } = importRules([one(change)], OPTIONS)
  expect(rules[0]?.faults.length).toBeGreaterThan(0)
  expect(faultsOf(yaml)).toEqual([])
})

test('two rules of one name get ids of their own', () => {
  const { rules, yaml } = importRules([one({}), one({ id: '120210000070000100' })], OPTIONS)
  expect(rules.map(({ id }) => id)).toEqual(['one', 'one-000100'])
  expect(faultsOf(yaml)).toEqual([])
})

test('with days alone Meta runs a rule every half-hour of them, and so does the cron line', () => {
  const schedule_spec = { schedule_type: 'CUSTOM', schedule: [{ days: [0, 6] }] }
  const { yaml } = importRules([one({ schedule_spec })], OPTIONS)
  expect(yaml).toContain('cron: "0,30 0-23 * * 0,6"')
})

test('an attribution other than the account’s is said', () => {
  const attributed = (value: string) =>
    importRules([one({ filters: [{ field: 'attribution_window', operator: 'EQUAL', value }] })], OPTIONS).yaml
  expect(attributed('1D_CLICK')).toContain('# Meta’s rule counts conversions of 1D_CLICK')
  expect(attributed('ACCOUNT_DEFAULT')).not.toContain('counts conversions')
})

test('what no rule here may say stands as a comment, so that the file loads', () => {
  const change = (amount: number) => ({ field: 'change_spec', operator: 'EQUAL', value: { amount, unit: 'PERCENTAGE' } })
  const all = { execution_type: 'CHANGE_BUDGET', execution_options: [change(-150)] }
  const status = { field: 'effective_status', operator: 'IN', value: ['ACTIVE', 'SOMETHING_NEW'] }
  const { yaml, rules } = importRules([one({ execution_spec: all }), one({ filters: [status] }), one({}), one({})], OPTIONS)
  expect(faultsOf(yaml)).toEqual([])
  expect(rules.map(({ id }) => id)).toEqual([null, null, 'one', 'one-000099'])
  expect(rules[0]!.faults).toEqual([expect.stringContaining('nothing would be left of the budget')])
  expect(rules[1]!.faults).toEqual([expect.stringContaining('SOMETHING_NEW')])
})
