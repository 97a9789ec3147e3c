import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Settings } from '../../account/account.js'
import { loadSettings } from '../../account/load.js'
import { renderDiagnostics } from '../../diagnostic/render.js'
import { loadRules } from './load.js'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const read = (name: string) => readFileSync(join(FIXTURES, name), 'utf8')
const settings = loadSettings('tetik.yaml', read('tetik.yaml')).settings!
const load = (text: string, own: Settings | null = settings) => loadRules([{ path: 'r.yaml', text }], own)
const only = (text: string, own: Settings | null = settings) => {
  const { rules, diagnostics } = load(text, own)
  expect(diagnostics).toEqual([])
  expect(rules).toHaveLength(1)
  return rules[0]!
}
const rule = (...lines: string[]) => ['rules:', '  - id: r', '    scope: adset', ...lines.map((line) => `    ${line}`)].join('\n')

describe('a rule', () => {
  it('has the defaults of the settings, or tetik’s if those name none', () => {
    expect(only(rule('when: delivering'))).toMatchObject({
      description: '',
      file: 'r.yaml',
      line: 2,
      account: null,
      cadence: { kind: 'every', interval: 1_800_000 },
      where: null,
      holdFor: 0,
      clear: null,
      cooldown: 86_400_000,
      limit: null,
      priority: 0,
      mode: 'observe',
      then: [],
      onStop: 'leave',
    })
    const own: Settings = { ...settings, defaults: { mode: 'act', cooldown: 1000 } }
    expect(only(rule('when: delivering'), own)).toMatchObject({ mode: 'act', cooldown: 1000 })
    expect(only(rule('at: "09:00"'), own)).toMatchObject({ when: null, cooldown: 0 })
    expect(only(rule('on: order-paid', 'when: payload.total > 5'), own)).toMatchObject({ cooldown: 0 })
    expect(only(rule('on: order-paid', 'when: payload.total > 5', 'cooldown: 2h'), own)).toMatchObject({ cooldown: 7_200_000 })
    expect(only(rule('at: "09:00"', 'cooldown: 2h'), own)).toMatchObject({ when: null, cooldown: 7_200_000 })
  })

  it('refers to its leaves by their path in the file, and keeps their text as written', () => {
    const { when, where } = only(
      rule(
        'where: [delivering]',
        'when:',
        '  all:',
        '    - cpa[last_3d]  >  5',
        '    - not: { any: ["age > 3d"] }',
        '    - [learning]',
      ),
    )
    expect(where).toMatchObject({ conditions: [{ path: 'where[0]', text: 'delivering' }] })
    expect(when).toMatchObject({
      kind: 'all',
      conditions: [
        { path: 'when.all[0]', text: 'cpa[last_3d]  >  5' },
        { kind: 'not', condition: { kind: 'any', conditions: [{ path: 'when.all[1].not.any[0]', text: 'age > 3d' }] } },
        { kind: 'all', conditions: [{ path: 'when.all[2][0]' }] },
      ],
    })
  })

  it.each([
    ['every: 90m', { kind: 'every', interval: 5_400_000 }],
    ['at: 09:00', { kind: 'at', times: ['09:00'], timezone: null }],
    ['at: ["17:00", 09:00, "09:00"]', { kind: 'at', times: ['09:00', '17:00'], timezone: null }],
    ['cron: "0  9 * * 1-5"', { kind: 'cron', expression: '0 9 * * 1-5', timezone: null }],
  ])('runs %s', (line, cadence) => {
    expect(only(rule(line)).cadence).toEqual(cadence)
  })

  it('reads ids and texts as written, never as numbers', () => {
    const { rules } = load(
      ['rules:', '  - id: 007', '    scope: adset', '    when: name = "12"', '    description: 1.50'].join('\n'),
    )
    expect(rules[0]).toMatchObject({ id: '007', description: '1.50' })
  })

  it('is not returned if it has an error, while others are', () => {
    const { rules, diagnostics } = load(
      [
        'rules:',
        '  - { id: bad, scope: adset, when: "cpaa[today] > 3" }',
        '  - { id: good, scope: adset, when: delivering }',
      ].join('\n'),
    )
    expect(rules.map(({ id }) => id)).toEqual(['good'])
    expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-metric'])
  })
})

describe('several files', () => {
  const file = (path: string, id: string) => ({ path, text: `rules:\n  - { id: ${id}, scope: adset, when: delivering }\n` })

  it('must not use an id twice', () => {
    const { rules, diagnostics } = loadRules([file('a.yaml', 'x'), file('b.yaml', 'y'), file('c.yaml', 'x')], null)
    expect(rules.map(({ id }) => id)).toEqual(['x', 'y'])
    expect(diagnostics).toMatchObject([{ code: 'duplicate-id', file: 'c.yaml', line: 2, column: 11 }])
    expect(diagnostics[0]!.message).toContain('a.yaml:2')
  })
})

describe('the version', () => {
  const version = (text: string, own: Settings | null = settings) => only(text, own).version
  const base = rule('when: [cpa[last_3d] > 5]'.replace('[cpa', '["cpa').replace('5]', '5"]'), 'then: [pause]', 'mode: act')

  it('is a SHA-256 that does not depend on form', () => {
    expect(version(base)).toMatch(/^[0-9a-f]{64}$/)
    const same = [
      'rules:',
      '  # another place, order, spelling and description',
      '  - mode: act',
      '    description: words',
      '    when:',
      '      all: # a list is the same',
      '        - (cpa[last_3d])   > 5',
      '    then:',
      '      - pause',
      '    scope: adset',
      '    id: r',
    ].join('\n')
    expect(version(same)).toBe(version(base))
  })

  it.each([
    ['another number', base.replace('> 5', '> 6')],
    ['another operator', base.replace('>', '>=')],
    ['another window', base.replace('last_3d', 'last_7d')],
    ['another step', base.replace('pause', 'start')],
    ['another mode', base.replace('mode: act', 'mode: observe')],
    ['another id', base.replace('id: r', 'id: s')],
    ['one more key', `${base}\n    limit: 5 per day`],
    ['a percentage', base.replace('> 5', '> 5% * target_cpa')],
  ])('is another for %s', (_, other) => {
    expect(version(other)).not.toBe(version(base))
  })

  it('depends on the words of messages and the text that is compared with', () => {
    const message = (text: string) => version(rule('when: delivering', 'then:', `  - whatsapp: { to: owner, text: "${text}" }`))
    expect(message('a {name}')).not.toBe(message('b {name}'))
    expect(message('a {name}')).not.toBe(message('a {id}'))
    expect(message('a { name }')).toBe(message('a {name}'))
    const contains = (text: string) => version(rule(`when: name contains "${text}"`))
    expect(contains('a')).not.toBe(contains('b'))
  })
})

describe('with --data', () => {
  const check = (text: string, currency: string | null, own: Settings | null = settings) =>
    loadRules([{ path: 'r.yaml', text }], own, { data: { currency } }).diagnostics.map(({ code }) => code)

  it('the file replaces the account that a rule names, and recipients are not checked', () => {
    const text = rule('account: somebody', 'when: spend[today] > 2 * handling', 'then:', '  - whatsapp: { to: nobody, text: x }')
    expect(check(text, null)).toEqual([])
    expect(check(text, null, null)).toEqual([])
  })

  it('its currency is used', () => {
    expect(check(rule('account: moda-tr', 'when: spend[today] > 5 USD'), 'USD')).toEqual([])
    expect(check(rule('account: moda-tr', 'when: spend[today] > 5 TRY'), 'USD')).toEqual(['currency-mismatch'])
  })
})

describe('steps', () => {
  const { settings: own } = loadSettings('tetik.yaml', read('tetik.yaml'))
  const steps = (...lines: string[]) => {
    const text = `rules:\n  - id: r\n    scope: adset\n    when: delivering\n    then:\n${lines.map((line) => `      - ${line}\n`).join('')}`
    const { rules, diagnostics } = loadRules([{ path: 'r.yaml', text }], own)
    expect(diagnostics).toEqual([])
    return rules[0]!.then
  }

  it('have defaults', () => {
    expect(steps('duplicate', 'ask: { to: owner, text: "?" }', 'webhook: { url: $HOOK }', 'label: { add: [" a ", a] }')).toEqual([
      { kind: 'duplicate', name: null, status: 'paused' },
      { kind: 'ask', to: 'owner', text: [{ kind: 'text', text: '?' }], within: 86_400_000 },
      { kind: 'webhook', urlVariable: 'HOOK', body: null },
      { kind: 'label', add: ['a'], remove: [] },
    ])
  })

  it.each([
    ['ad', 0],
    ['adset', 1],
    ['campaign', 1],
  ])('copy an %s to be active only where nothing is beneath that would stay paused', (scope, faults) => {
    const text = `rules:\n  - { id: r, scope: ${scope}, when: delivering, then: [{ duplicate: { status: active } }] }\n`
    const { diagnostics } = loadRules([{ path: 'r.yaml', text }], own)
    expect(diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual(
      Array.from({ length: faults }, () => ['wrong-scope', 2, text.split('\n')[1]!.indexOf('active') + 1]),
    )
  })

  it('have the paths of their conditions', () => {
    const [, check] = steps('pause', 'check: { any: ["cpa[today] > target_cpa", { not: delivering }] }')
    expect(check).toMatchObject({
      kind: 'check',
      condition: {
        path: 'then[1].check.any',
        conditions: [{ path: 'then[1].check.any[0]' }, { path: 'then[1].check.any[1].not' }],
      },
    })
  })

  it('keep the types of JSON, and expressions in texts', () => {
    const [webhook] = steps(
      'webhook: { url: $HOOK, body: { a: 1, b: "1", c: [true, null], d: "{adset.name}!", e: "{cpa[today]}" } }',
    )
    expect(webhook).toMatchObject({
      body: {
        kind: 'object',
        members: {
          a: { kind: 'value', value: 1 },
          b: { kind: 'text', text: [{ kind: 'text', text: '1' }] },
          c: {
            kind: 'list',
            items: [
              { kind: 'value', value: true },
              { kind: 'value', value: null },
            ],
          },
          d: { kind: 'text', text: [{ source: 'adset.name' }, { kind: 'text', text: '!' }] },
          e: { kind: 'text', text: [{ source: 'cpa[today]' }] },
        },
      },
    })
  })

  it('change bids like budgets', () => {
    expect(steps('bid: +10%', 'bid: { change: 5 TRY, min: 1 TRY }')).toMatchObject([
      { kind: 'bid', change: { kind: 'relative', ratio: 0.1 }, min: null, max: null },
      { kind: 'bid', change: { kind: 'absolute', amount: { value: 5, currency: 'TRY' } }, min: { value: 1 } },
    ])
  })
})

describe('without tetik.yaml', () => {
  it('nothing that needs an account is checked', () => {
    const text = rule(
      'account: any',
      'when: cpa[today] > 2 * target_cpa',
      'then:',
      '  - whatsapp: { to: anyone, text: "{shipping}" }',
      '  - budget: 5 USD',
    )
    expect(load(text, null).diagnostics).toEqual([])
  })
})

describe('any file content', () => {
  const good = read('whole-language.good.yaml')
  const bits = fc.constantFrom(
    ...'[]{}:-#"\'|>&*!%@`,?\t\n \r\\',
    '\u0000',
    '\ufeff',
    '\u0085',
    '---\n',
    '...',
    '<<: ',
    '&a ',
    '*a',
    '!!set ',
    '? ',
    '  - ',
    'rules:',
    '"\n',
    '{{',
  )
  const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => new TextDecoder().decode(array))
  const scrambled = fc
    .array(fc.tuple(fc.nat(good.length), fc.nat(12), fc.array(bits, { maxLength: 3 })), { minLength: 1, maxLength: 5 })
    .map((edits) => edits.reduce((text, [at, cut, insert]) => text.slice(0, at) + insert.join('') + text.slice(at + cut), good))
  const anything = fc.oneof(
    { weight: 1, arbitrary: bytes },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    { weight: 2, arbitrary: fc.array(bits, { maxLength: 60 }).map((parts) => `rules:\n  - ${parts.join('')}`) },
    { weight: 4, arbitrary: scrambled },
  )

  it('results in rules or in diagnostics that can be shown, never in an exception', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const { diagnostics } of [load(text), load(text, null), loadSettings('tetik.yaml', text)]) {
          const lines = text.split('\n').length
          for (const { line, column, length, message } of diagnostics) {
            expect(line).toBeGreaterThanOrEqual(1)
            expect(line).toBeLessThanOrEqual(lines)
            expect(column).toBeGreaterThanOrEqual(1)
            expect(length).toBeGreaterThanOrEqual(1)
            expect(message).not.toBe('')
          }
          renderDiagnostics(diagnostics, { textOf: () => text, colour: false })
        }
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  const metrics = (count: number, of: (before: number) => string) =>
    `metrics:\n${Array.from({ length: count }, (_, n) => `  m${n + 1}: ${of(n)}\n`).join('')}`

  it.each([
    ['brackets', '['.repeat(300_000), 'too-deep'],
    ['braces', 'rules: ' + '{a: '.repeat(100_000), 'too-deep'],
    ['dashes', '- '.repeat(100_000), 'too-deep'],
    ['question marks', '? '.repeat(100_000), 'too-deep'],
    ['colons', 'a: '.repeat(100_000), 'too-deep'],
    ['indentation', Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), 'too-deep'],
    ['size', 'x'.repeat(1_000_001), 'too-large'],
    ['one line', `rules:\n  - { id: r, scope: adset, when: "${'x'.repeat(900_000)}" }`, 'too-long'],
    ['many values', `rules: [${'a,'.repeat(200_000)}]`, 'too-large'],
    ['many aliases', `a: &x [y]\nrules: [${'*x,'.repeat(30_000)}]`, 'wrong-type'],
    ['a bomb', read('alias-bomb.bad.yaml'), 'alias-bomb'],
    ['metrics within metrics', metrics(60, (n) => `m${n} + m${n}`), 'too-large'],
    ['a long chain of metrics', metrics(450, (n) => `m${n}${' + 1'.repeat(90)}`), 'too-large'],
    ['many metrics', metrics(4000, (n) => `m${n}`), 'too-large'],
    ['a circle of metrics', `${metrics(400, (n) => `m${n}`)}  m0: m400\n`, 'cycle'],
  ])('is bounded: %s', (_, text, code) => {
    expect(load(text).diagnostics.map((diagnostic) => diagnostic.code)).toContain(code)
    expect(loadSettings('tetik.yaml', text).settings).toBeNull()
  })
})
