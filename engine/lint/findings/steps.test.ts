import { expect, it } from 'vitest'

import { lintText } from '../../../test/support/lint-rules.js'

const found = (then: string, ...more: readonly string[]) => {
  const lines = [
    'rules:',
    '  - id: r',
    '    account: moda-tr',
    '    scope: adset',
    '    when: ["spend[today] > 500", { not: learning }]',
    `    then: [${then}]`,
  ]
  return lintText([...lines, ...more.map((line) => `    ${line}`)].join('\n')).diagnostics.map(
    ({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`,
  )
}

it.each<[string, readonly string[], readonly string[]]>([
  [
    '{ budget: +15% }',
    [],
    ['6:22 raise-without-limit: the budget is raised without a `max`: 15% every day is 2.7 times the budget within a week'],
  ],
  ['{ budget: +15% }', ['cooldown: 7d'], ['6:22 raise-without-limit: the budget is raised without a `max`']],
  [
    '{ bid: +5% }',
    ['cooldown: 72h'],
    ['6:19 raise-without-limit: the bid is raised without a `max`: 5% every 3 days is 1.1 times the bid within a week'],
  ],
  [
    '{ budget: { change: +15%, max: 900 TRY } }',
    ['cooldown: 0h'],
    ['7:15 raise-without-limit: the budget is raised at every evaluation, because the rule has no cooldown'],
  ],
  ['{ budget: { change: +15%, max: 900 TRY } }', [], []],
  ['{ budget: -15% }', [], []],
  ['{ budget: 500 TRY }', [], []],
  ['{ budget: -21% }', [], ['6:22 refused-by-guardrail: the guardrails of moda-tr refuse every step larger than 20%']],
  ['pause', ['mode: act'], ['6:12 silent-pause: this pauses, but nobody is notified']],
  ['pause', ['mode: observe'], []],
  ['pause, { whatsapp: { to: owner, text: x } }', ['mode: act'], []],
  ['start', [], ['6:12 start-without-pause: `start` ends this rule’s own pause, but there is no pause before it']],
  ['start: any', [], []],
  ['pause, wait: 2h, start', [], []],
  [
    'start, wait: 2h, pause',
    [],
    ['6:12 start-without-pause: `start` ends this rule’s own pause, but there is no pause before it'],
  ],
  [
    '{ budget: -5% }',
    ['every: 6h', 'cooldown: 90m'],
    ['8:15 short-cooldown: the rule rests for 90 minutes, but runs only every 6 hours'],
  ],
  [
    '{ budget: -5% }',
    ['every: 2d', 'cooldown: 1d'],
    ['8:15 short-cooldown: the rule rests for a day, but runs only every 2 days'],
  ],
  ['{ budget: -5% }', ['every: 2d'], []],
  ['{ budget: -5% }', ['every: 2h', 'cooldown: 2h'], []],
  ['{ budget: -5% }', ['at: "09:00"', 'cooldown: 2h'], []],
])('then: [%s] %j', (then, more, expected) => {
  expect(found(then, ...more)).toEqual(expected)
})

it.each<[string, string, string, boolean]>([
  ['account', 'at: "09:00"', 'report: daily', false],
  ['account', 'at: ["09:00", "18:00"]', 'report: daily', true],
  ['account', 'every: 1d', 'report: daily', false],
  ['account', 'cron: "0 9 * * 1-5"', 'report: daily', false],
  ['account', 'cron: "0 9,17 * * 1"', 'report: daily', true],
  ['account', 'at: "09:00"', 'report: weekly', true],
  ['account', 'cron: "0 9 * * 1"', 'report: { kind: weekly, to: owner }', false],
  ['account', 'cron: "0 9 * * 1,4"', 'report: weekly', true],
  ['account', 'every: 1h, when: "spend[yesterday] > 5 TRY"', 'report: daily', false],
  ['account', 'every: 1h, when: "spend[yesterday] > 5 TRY", cooldown: 2h', 'report: daily', true],
  ['account', 'on: shop-closed', 'report: daily', false],
  ['campaign', 'at: "09:00"', 'report: daily', true],
])('a report in a rule of scope %s with %s: [%s] repeated: %s', (scope, cadence, step, isRepeated) => {
  const text = `rules:\n  - { id: r, account: moda-tr, scope: ${scope}, ${cadence}, then: [{ ${step} }] }\n`
  const { diagnostics } = lintText(text)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(diagnostics.filter(({ code }) => code === 'repeated-report')).toHaveLength(isRepeated ? 1 : 0)
})
