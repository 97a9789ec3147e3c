import { describe, expect, it } from 'vitest'

import { lintText } from '../../../test/support/lint-rules.js'

interface Written {
  readonly when?: string
  readonly where?: string
  readonly then: string
  readonly more?: string
  readonly scope?: string
  readonly account?: string
}

const ruleText = (id: string, { when, where, then, more = '', scope = 'adset', account = 'moda-tr' }: Written) =>
  [
    `  - id: ${id}`,
    `    account: ${account}`,
    `    scope: ${scope}`,
    ...(where === undefined ? [] : [`    where: ${where}`]),
    ...(when === undefined ? ['    every: 1h'] : [`    when: ${when}`]),
    `    then: [${then}]`,
    ...(more === '' ? [] : [`    ${more}`]),
  ].join('\n')

const pair = (one: Written, other: Written) =>
  lintText(['rules:', ruleText('one', one), ruleText('other', other)].join('\n'))
    .diagnostics.filter(({ code }) => code === 'conflicting-rules' || code === 'flapping')
    .map(({ code }) => code)
    .join(', ')

const [RAISE, LOWER, START] = ['{ budget: { change: +15%, max: 2000 TRY } }', '{ budget: -15% }', '{ start: any }']

describe('rules that can want opposite things', () => {
  it.each<[string, Written, Written]>([
    ['conditions on different windows', { when: 'cpa[last_3d] > 150', then: LOWER }, { when: 'cpa[last_7d] < 100', then: RAISE }],
    ['ranges that overlap', { when: 'cpa[last_3d] > 80', then: LOWER }, { when: 'cpa[last_3d] < 100', then: RAISE }],
    ['one without a condition', { when: 'cpa[last_3d] > 80', then: 'pause' }, { then: START }],
    [
      'one for delivering entities and one for paused ones',
      { where: 'delivering', when: 'cpa[7d] > 80', then: 'pause' },
      { where: 'status = PAUSED', when: 'roas[7d] > 3', then: START },
    ],
    ['two raises', { when: 'cpa[7d] < 80', then: RAISE }, { when: 'roas[7d] > 3', then: RAISE }],
    ['two amounts', { when: 'cpa[7d] < 80', then: '{ budget: 500 TRY }' }, { when: 'cpa[7d] < 90', then: '{ budget: 600 TRY }' }],
    [
      'a campaign’s budget by two scopes',
      { when: 'cpa[7d] < 80', then: RAISE },
      { scope: 'campaign', when: 'cpa[7d] > 80', then: LOWER },
    ],
    [
      'one for all accounts',
      { account: 'all', when: 'roas[7d] > 3', then: '{ budget: +15% }' },
      { when: 'cpa[7d] > 80', then: LOWER },
    ],
    [
      'name patterns that can both match',
      { where: 'name matches "TR*"', then: 'pause' },
      { where: 'name contains "Summer"', then: START },
    ],
  ])('%s', (_, one, other) => {
    expect(pair(one, other)).toBe('conflicting-rules')
    expect(pair(other, one)).toBe('conflicting-rules')
  })

  it.each<[string, Written, Written]>([
    ['ranges with a band between them', { when: 'cpa[last_3d] > 150', then: LOWER }, { when: 'cpa[last_3d] < 100', then: RAISE }],
    [
      'multiples of a target',
      { when: 'cpa[last_3d] > 1.5 * target_cpa', then: 'pause' },
      { when: 'cpa[last_3d] < target_cpa', then: START },
    ],
    [
      'different names',
      { where: 'campaign.name matches "TR | *"', then: 'pause' },
      { where: 'campaign.name matches "DE | *"', then: START },
    ],
    ['different accounts', { then: 'pause' }, { account: 'shop-us', then: START }],
    ['different scopes', { then: 'pause' }, { scope: 'campaign', then: START }],
    ['different hours', { when: 'hour >= 8', then: START }, { when: 'hour < 8', then: 'pause' }],
    ['different days', { when: 'weekday in [saturday, sunday]', then: RAISE }, { when: 'weekday = monday', then: LOWER }],
    ['different ages', { when: 'age < 3d', then: LOWER }, { when: 'age >= 3d', then: RAISE }],
    ['different budget levels', { where: 'budget_level = adset', then: RAISE }, { scope: 'campaign', then: LOWER }],
    [
      'the same amount',
      { when: 'cpa[7d] < 80', then: '{ budget: 500 TRY }' },
      { when: 'cpa[7d] < 90', then: '{ budget: 500 TRY }' },
    ],
    ['two pauses', { when: 'cpa[7d] > 80', then: 'pause' }, { when: 'roas[7d] < 1', then: 'pause' }],
    [
      'a start that ends the rule’s own pause',
      { when: 'cpa[7d] > 80', then: 'pause, wait: until 08:00, start' },
      { when: 'roas[7d] < 1', then: 'pause' },
    ],
    ['a status and a budget', { when: 'cpa[7d] > 80', then: 'pause' }, { when: 'roas[7d] > 3', then: RAISE }],
    [
      'no results yet, and some results',
      { when: ['"purchases[today] = 0"', '"spend[today] > 300"'].join(', ').replace(/^(.*)$/, '[$1]'), then: 'pause' },
      { when: 'purchases[today] > 0', then: START },
    ],
  ])('are not reported: %s', (_, one, other) => {
    expect(pair(one, other)).toBe('')
    expect(pair(other, one)).toBe('')
  })

  it('are reported with both places', () => {
    const { diagnostics } = lintText(
      [
        'rules:',
        ruleText('one', { then: 'pause' }),
        ruleText('other', { then: `pause, { budget: -5% }` }),
        ruleText('third', { then: START }),
      ].join('\n'),
    )
    const conflicts = diagnostics.filter(({ code }) => code === 'conflicting-rules')
    expect(conflicts).toMatchObject([
      {
        line: 16,
        column: 12,
        message: expect.stringContaining('`one` (rules/r.yaml:2) can pause and start one ad set') as string,
        related: [{ file: 'rules/r.yaml', line: 6, column: 12, length: 5 }],
      },
      { line: 16, message: expect.stringContaining('`other` (rules/r.yaml:7)') as string, related: [{ line: 11 }] },
    ])
  })

  it('are reported three times for one rule, and the rest only mentioned', () => {
    const many = Array.from({ length: 8 }, (_, index) => ruleText(`p-${index}`, { then: 'pause' }))
    const { diagnostics } = lintText(['rules:', ...many, ruleText('s', { then: START })].join('\n'))
    const conflicts = diagnostics.filter(({ code }) => code === 'conflicting-rules')
    expect(conflicts).toHaveLength(3)
    expect(conflicts.map(({ message }) => message).join(' ')).toContain('the same is true of others')
  })
})

describe('rules that meet at one threshold', () => {
  it.each<[string, Written, Written]>([
    ['strictly on both sides', { when: 'cpa[last_3d] > 100', then: 'pause' }, { when: 'cpa[last_3d] < 100', then: START }],
    ['with one bound included', { when: 'cpa[last_3d] > 100', then: LOWER }, { when: 'cpa[last_3d] <= 100', then: RAISE }],
    [
      'written in two ways',
      { when: 'cpa[last_3d] > target_cpa', then: LOWER },
      { when: 'cpa[3d offset 1d] < 120 TRY', then: RAISE },
    ],
    [
      'with a short cooldown',
      { when: 'roas[7d] < 2', then: 'pause', more: 'cooldown: 1h' },
      { when: 'roas[7d] >= 2', then: START },
    ],
    [
      'by the steps of a budget',
      { when: 'daily_budget < 500', then: '{ budget: { change: +20%, max: 2000 TRY } }' },
      { when: 'daily_budget > 550', then: '{ budget: -20% }' },
    ],
  ])('are reported: %s', (_, one, other) => {
    expect(pair(one, other)).toBe('flapping')
    expect(pair(other, one)).toBe('flapping')
  })

  it.each<[string, Written, Written]>([
    ['a `clear`', { when: 'cpa[7d] > 100', then: 'pause', more: 'clear: cpa[7d] < 80' }, { when: 'cpa[7d] < 100', then: START }],
    [
      'a stated cooldown of a day',
      { when: 'cpa[7d] > 100', then: 'pause', more: 'cooldown: 24h' },
      { when: 'cpa[7d] < 100', then: START },
    ],
    [
      'a budget whose steps don’t reach',
      { when: 'daily_budget < 500', then: '{ budget: { change: +20%, max: 2000 TRY } }' },
      { when: 'daily_budget > 700', then: '{ budget: -20% }' },
    ],
    [
      'a `max` that keeps the budget below',
      { when: 'daily_budget < 500', then: '{ budget: { change: +20%, max: 540 TRY } }' },
      { when: 'daily_budget > 550', then: '{ budget: -20% }' },
    ],
  ])('are not reported with %s', (_, one, other) => {
    expect(pair(one, other)).toBe('')
    expect(pair(other, one)).toBe('')
  })
})

it('without a tetik.yaml rules are distinguished by the names of their accounts', () => {
  const text = (account: string) =>
    ['rules:', ruleText('one', { then: 'pause' }), ruleText('other', { then: START, account })].join('\n')
  const codes = (account: string) => lintText(text(account), { settings: null }).diagnostics.map(({ code }) => code)
  expect(codes('moda-tr')).toContain('conflicting-rules')
  expect(codes('all')).toContain('conflicting-rules')
  expect(codes('shop-us')).not.toContain('conflicting-rules')
})

it('a thousand rules of one account are compared', () => {
  const rules = Array.from({ length: 1000 }, (_, index) =>
    ruleText(`r-${index}`, {
      when: JSON.stringify([`cpa[last_3d] > ${100 + index}`, `campaign.name matches "C${index} *"`, 'spend[last_3d] > 500']),
      then: index % 2 === 0 ? 'pause' : START,
    }),
  )
  const { diagnostics } = lintText(['rules:', ...rules].join('\n'))
  expect(diagnostics.filter(({ code }) => code === 'conflicting-rules')).toEqual([])
})
