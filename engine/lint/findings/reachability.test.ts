import { describe, expect, it } from 'vitest'

import { lintText } from '../../../test/support/lint-rules.js'

const found = (...lines: readonly string[]) =>
  lintText(
    [
      'rules:',
      '  - id: r',
      '    scope: adset',
      '    account: moda-tr',
      '    mode: observe',
      ...lines.map((line) => `    ${line}`),
    ].join('\n'),
  )
    .diagnostics.filter(({ code }) => code === 'unreachable' || code === 'always-true')
    .map(({ code, line, message }) => `${line} ${code}: ${message}`)

const list = (...conditions: readonly string[]) => found('when:', ...conditions.map((condition) => `  - ${condition}`))

describe('a condition that can never be true', () => {
  it.each([
    [
      'two bounds of one value',
      ['cpa[last_3d] > 5', 'cpa[last_3d] < 3'],
      '8 unreachable: `cpa[last_3d] > 5` and `cpa[last_3d] < 3`',
    ],
    ['a bound that is excluded', ['spend[today] > 5', 'spend[today] <= 5'], '8 unreachable: `spend[today] > 5`'],
    ['two names of one window', ['clicks[last_3d] > 9', 'clicks[3d offset 1d] < 9'], '8 unreachable: `clicks[last_3d] > 9`'],
    ['a cost written out', ['cpa[last_3d] > 9', 'spend[last_3d] / results[last_3d] < 9'], '8 unreachable: `cpa[last_3d] > 9`'],
    [
      'arithmetic on both sides',
      ['2 * spend[today] - 10 > revenue[today] / 3', 'spend[today] < 5', 'revenue[today] > 0'],
      '7 unreachable: these conditions',
    ],
    ['multiples of a target', ['cpa[today] > 1.5 * target_cpa', 'cpa[today] < target_cpa'], '8 unreachable: `cpa[today] > 1.5'],
    ['a target and its value', ['cpa[today] > target_cpa', 'cpa[today] < 100 TRY'], '8 unreachable: `cpa[today] > target_cpa`'],
    ['between and a bound', ['roas[7d] between 2 and 4', 'roas[7d] > 5'], '8 unreachable: `roas[7d] between'],
    ['between the wrong way round', ['roas[7d] between 4 and 2'], '7 unreachable: `roas[7d] between 4 and 2` is never true'],
    ['two numbers of a list', ['hour in [1, 2]', 'hour in [3, 4]'], '8 unreachable: `hour in [1, 2]`'],
    ['an impossible hour', ['hour > 23'], '7 unreachable: `hour > 23` is never true'],
    ['between two hours', ['hour > 8', 'hour < 9'], '8 unreachable: `hour > 8`'],
    ['spend below zero', ['spend[today] < 0'], '7 unreachable'],
    ['two statuses', ['status = ACTIVE', 'status = PAUSED'], '8 unreachable: `status = ACTIVE` and'],
    ['lists of statuses', ['status in [ACTIVE, PAUSED]', 'status in [DELETED]'], '8 unreachable'],
    ['delivering and paused', ['delivering', 'status = PAUSED'], '8 unreachable: `delivering` and'],
    ['yes and no', ['learning', 'not: learning'], '8 unreachable: `learning` and not `learning`'],
    ['two globs', ['campaign.name matches "TR | *"', 'campaign.name matches "DE | *"'], '8 unreachable'],
    ['a name and a glob', ['name = "Alpha"', 'name matches "?eta*"'], '8 unreachable'],
    ['a text that contains an excluded one', ['name contains "summer sale"', 'not: name contains "sale"'], '8 unreachable'],
    ['an impossible day', ['weekday in [saturday, sunday]', 'weekday = monday'], '8 unreachable'],
  ])('%s', (_, conditions, expected) => {
    expect(list(...conditions)).toEqual([expect.stringContaining(expected) as string])
  })

  it('is found between `where` and `when`, and in `clear`', () => {
    expect(found('where: status = ACTIVE', 'when: status = PAUSED')).toEqual([
      expect.stringContaining('7 unreachable: `status = ACTIVE` and'),
    ])
    expect(found('when: spend[today] > 5', 'clear: spend[today] < 0')).toEqual([
      expect.stringContaining('7 unreachable: `spend[today] < 0`'),
    ])
  })

  it('is found in a branch that its neighbours rule out', () => {
    expect(list('cpa[7d] > 5', '{ any: ["cpa[7d] < 3", "spend[7d] > 9"] }')).toEqual([
      '8 unreachable: `cpa[7d] < 3` is never true together with `cpa[7d] > 5`',
    ])
  })
})

describe('a condition that is always true', () => {
  it.each([
    ['spend of at least zero', ['spend[today] >= 0'], '7 always-true: `spend[today] >= 0` is always true'],
    ['an hour of the day', ['hour between 0 and 23'], '7 always-true'],
    ['the `not` of an impossible line', ['not: hour > 23'], '7 unreachable: `hour > 23`'],
    ['every weekday', ['weekday in [monday, tuesday, wednesday, thursday, friday, saturday, sunday]'], '7 always-true'],
    [
      'either side of a number',
      ['{ any: ["cpa[7d] < 5", "cpa[7d] > 3"] }'],
      '7 always-true: one of `cpa[7d] < 5` and `cpa[7d] > 3`',
    ],
  ])('%s', (_, conditions, expected) => {
    expect(list(...conditions)).toEqual([expect.stringContaining(expected) as string])
  })
})

it.each([
  [['cpa[last_3d] > 5', 'cpa[last_7d] < 3']],
  [['cpa[last_3d] > 5', 'campaign.cpa[last_3d] < 3']],
  [['cpa[last_3d] >= 5', 'cpa[last_3d] <= 5']],
  [['cpa[today] >= 1.1 * target_cpa', 'cpa[today] <= 132 TRY']],
  [['name matches "TR*"', 'name contains "Summer"']],
  [['name contains "a"', 'not: name contains "ab"']],
  [['effective_status = ACTIVE', 'not: delivering']],
  [['revenue[today] >= 0']],
  [['purchases[today] > 0', '{ any: ["purchases[today] < 5", "cpa[today] < 9"] }']],
  [['anomaly(cpc[today]) > 2', 'anomaly(cpc[today]) < 5']],
  [['rank(cpa[7d]) <= 3', 'count() > 5']],
])('no warning about %j', (conditions) => {
  expect(list(...conditions)).toEqual([])
})

it('no warning about values of an event', () => {
  expect(found('on: shop-order', 'when:', '  - payload.total > 2', '  - payload.kind = "order"')).toEqual([])
})

it('a custom metric is compared by its definition', () => {
  const text = (second: string) =>
    `metrics:\n  margin: revenue - spend\nrules:\n  - { id: r, scope: adset, account: moda-tr, when: ["margin[7d] > 9", "${second}"] }`
  const codes = (second: string) => lintText(text(second)).diagnostics.map(({ code }) => code)
  expect(codes('revenue[7d] < spend[7d]')).toEqual(['unreachable'])
  expect(codes('revenue[7d] > spend[7d]')).toEqual([])
})
