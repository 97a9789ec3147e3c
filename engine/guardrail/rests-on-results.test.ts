import { expect, test } from 'vitest'

import type { Expression } from '../expression/syntax.js'
import type { Condition } from '../rule/rule.js'
import { restsOnResults } from './rests-on-results.js'

const span = { start: 0, end: 0 }
const metric = (name: string, actionType: string | null = null): Expression => ({
  kind: 'metric',
  owner: 'self',
  metric: name,
  actionType,
  window: { kind: 'days', count: 1, offsetDays: 0 },
  span,
  unit: { kind: 'number' },
})
const one: Expression = { kind: 'number', value: 1, span, unit: { kind: 'number' } }
const above = (left: Expression): Condition => ({
  kind: 'leaf',
  path: 'when',
  text: '',
  comparison: { kind: 'compare', operator: '>', left, right: one },
})
const rests = (when: Condition) => restsOnResults({ where: null, when, clear: null })

test('a rule depends on results if it uses a cost or a result, not if it uses spend or delivery alone', () => {
  for (const name of [
    'cpa',
    'cpc',
    'cpm',
    'purchases',
    'leads',
    'results',
    'revenue',
    'roas',
    'landing_page_views',
    'messages',
  ]) {
    expect(rests(above(metric(name))), name).toBe(true)
  }
  for (const name of ['spend', 'gross_spend', 'impressions', 'clicks', 'ctr', 'reach', 'frequency', 'link_ctr']) {
    expect(rests(above(metric(name))), name).toBe(false)
  }
  expect(rests(above(metric('actions', 'offsite_conversion.custom.1')))).toBe(true)
  expect(rests(above(metric('something_new')))).toBe(true)
})

test('costs and results are found anywhere in a rule', () => {
  const deep: Condition = {
    kind: 'any',
    path: 'when',
    conditions: [above(metric('spend')), { kind: 'not', path: 'when', condition: above({ kind: 'negate', operand: { kind: 'arithmetic', operator: '*', left: one, right: metric('cpa'), span, unit: one.unit }, span, unit: one.unit }) }], // prettier-ignore
  }
  expect(rests(deep)).toBe(true)
  expect(restsOnResults({ where: above(metric('purchases')), when: null, clear: null })).toBe(true)
  expect(restsOnResults({ where: null, when: null, clear: above(metric('cpa')) })).toBe(true)
  expect(restsOnResults({ where: null, when: null, clear: null })).toBe(false)
})
