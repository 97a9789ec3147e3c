import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseComparison, parseExpression } from './parse.js'
import { LONGEST_LINE, parseExpressionTree } from './parser.js'
import { BARE_VOCABULARY, type Vocabulary } from './vocabulary.js'

const MODA: Vocabulary = {
  scope: 'adset',
  accounts: [
    {
      name: 'moda-tr',
      currency: 'TRY',
      values: { target_cpa: 'money', target_roas: 'number', shipping: 'money', enough: 'number' },
    },
  ],
}
const WITH_OWN: Vocabulary = {
  ...MODA,
  metrics: new Map([['own', { name: 'own', tree: parseExpressionTree('spend / (2 * purchases)').tree, broken: false }]]),
  inputs: new Map([['most', { unit: { kind: 'money' }, tree: parseExpressionTree('120 TRY').tree }]]),
  payload: false,
}
const codes = (line: string, vocabulary: Vocabulary = MODA) => parseComparison(line, vocabulary).faults.map(({ code }) => code)
const unitOf = (line: string) => parseExpression(line, MODA).value?.unit.kind ?? null

describe('units', () => {
  it.each([
    ['spend[today] / results[today]', 'money'],
    ['spend[today] / spend[yesterday]', 'number'],
    ['spend[today] / 2', 'money'],
    ['spend[today] / 20%', 'money'],
    ['1.5 * spend[today]', 'money'],
    ['20% * spend[today]', 'money'],
    ['spend[today] + 5', 'money'],
    ['1000 / cpa[last_7d]', 'number'],
    ['clicks[today] / impressions[today]', 'number'],
    ['1.5 * ctr[last_7d]', 'percentage'],
    ['ctr[last_7d] * 1.5', 'percentage'],
    ['2 * 20%', 'percentage'],
    ['target_roas * 80%', 'number'],
    ['80% * target_roas', 'number'],
    ['age / 2', 'duration'],
    ['age / 1d', 'number'],
    ['-(spend[today] - 20)', 'money'],
    ['2 * 3 + 4', 'number'],
    ['clicks[today] * clicks[today]', null],
    ['clicks[today] / spend[today]', null],
    ['spend[today] * clicks[today]', null],
    ['spend[today] + 5%', null],
    ['name + 5', null],
    ['-delivering', null],
    ['status * 2', null],
  ])('of %s is %s', (line, unit) => {
    expect(unitOf(line)).toBe(unit)
  })

  it('are given to bare numbers by the other operand, on either side and in parentheses', () => {
    const { value } = parseComparison('2 * 60 + 5 < spend[today]', MODA)
    expect(value).toMatchObject({
      kind: 'compare',
      left: {
        unit: { kind: 'money' },
        left: { left: { kind: 'money', value: 2, currency: null }, right: { kind: 'number', value: 60 } },
      },
    })
    expect(parseComparison('purchases[today] >= 5', MODA).value).toMatchObject({
      right: { kind: 'number', unit: { kind: 'count' } },
    })
    expect(codes('purchases[today] >= enough')).toEqual([])
    expect(codes('spend[today] >= enough')).toEqual(['unit-mismatch'])
  })

  it('of percentages become ratios, and of durations milliseconds', () => {
    expect(parseExpression('1.1%', MODA).value).toMatchObject({ kind: 'number', value: 0.011 })
    expect(parseExpression('90m', MODA).value).toMatchObject({ kind: 'number', value: 5_400_000, unit: { kind: 'duration' } })
  })
})

describe('operators', () => {
  it('bind as in arithmetic, and are left-associative', () => {
    expect(parseExpression('1 - 2 - 3 * 4', MODA).value).toMatchObject({
      operator: '-',
      left: { operator: '-', left: { value: 1 }, right: { value: 2 } },
      right: { operator: '*' },
    })
    expect(parseExpression('-1 * 2', MODA).value).toMatchObject({ operator: '*', left: { kind: 'negate' } })
    expect(parseExpression('-(1 + 2)', MODA).value).toMatchObject({ kind: 'negate', operand: { operator: '+' } })
  })

  it('do not prevent their words from being text or choices', () => {
    expect(parseComparison(String.raw`name matches "a \"b\" \\ | *"`, MODA).value).toMatchObject({
      pattern: String.raw`a "b" \ | *`,
    })
    expect(parseComparison("name contains 'İndirim'", MODA).value).toMatchObject({ kind: 'contains', text: 'İndirim' })
    expect(parseComparison('PAUSED != status', MODA).value).toMatchObject({ left: { kind: 'text', value: 'PAUSED' } })
  })
})

describe('windows', () => {
  it.each([
    ['today', { kind: 'preset', preset: 'today', offsetDays: 0 }],
    ['last_7d offset 7d', { kind: 'preset', preset: 'last_7d', offsetDays: 7 }],
    ['5d', { kind: 'days', count: 5, offsetDays: 0 }],
    ['7d offset 7d', { kind: 'days', count: 7, offsetDays: 7 }],
    ['6h', { kind: 'hours', count: 6, offsetHours: 0 }],
    ['6h offset 7d', { kind: 'hours', count: 6, offsetHours: 168 }],
    ['6h offset 2h', { kind: 'hours', count: 6, offsetHours: 2 }],
  ])('[%s] is read', (text, window) => {
    expect(parseExpression(`spend[${text}]`, MODA).value).toMatchObject({ window })
  })

  it.each([
    '',
    'offset 7d',
    '5',
    '5x',
    '2w',
    '1.5d',
    '0d',
    '9999d',
    'last_5d',
    'maximum offset 1d',
    '7d offset 6h',
    '7d offset',
    '7d 7d',
    '7d offset 7d 7d',
    '"7d"',
    '-3d',
  ])('[%s] is refused', (text) => {
    const { value, faults } = parseExpression(`spend[${text}]`, MODA)
    expect(value).toBeNull()
    expect(faults.map(({ code }) => code)).toEqual([expect.stringMatching(/^(unknown|bad)-window$/)])
  })
})

describe('an unknown account', () => {
  const anywhere = { scope: 'adset', accounts: null } as const

  it('may have a value of any unknown name, in any unit', () => {
    expect(codes('cpa[last_3d] > 2 * shipping', anywhere)).toEqual([])
    expect(codes('handling + shipping < 5%', anywhere)).toEqual([])
    expect(codes('target_roas > 3', anywhere)).toEqual([])
  })

  it('causes a warning if the name is similar to a known one', () => {
    expect(parseComparison('target_cpaa > 3 TRY', anywhere)).toMatchObject({
      value: { kind: 'compare' },
      faults: [{ code: 'unknown-attribute', severity: 'warning', hint: 'did you mean `target_cpa`?' }],
    })
  })

  it('has no yes-or-no values, no metrics, and no values of other owners', () => {
    expect(codes('delivring', anywhere)).toEqual(['unknown-attribute'])
    expect(codes('shipping[today] > 3', anywhere)).toEqual(['unknown-metric'])
    expect(codes('campaign.shipping > 3', anywhere)).toEqual(['unknown-attribute'])
  })

  it('does not allow two currencies in one line', () => {
    expect(codes('spend[today] > 3 TRY + 4 USD', anywhere)).toEqual(['currency-mismatch'])
  })
})

it('reports every fault of a line at its place', () => {
  const line = 'cpaa[last_3x] + spend > 120 USD * target_cp'
  const { faults } = parseComparison(line, MODA)
  expect(faults.map(({ code, span }) => [code, line.slice(span.start, span.end)])).toEqual([
    ['unknown-metric', 'cpaa'],
    ['unknown-window', 'last_3x'],
    ['missing-window', 'spend'],
    ['currency-mismatch', 'USD'],
    ['unknown-attribute', 'target_cp'],
  ])
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'spend',
      'cpa',
      '[',
      ']',
      '[today]',
      '(',
      ')',
      '>',
      '=',
      '!=',
      '+',
      '-',
      '*',
      '/',
      '%',
      '1',
      '1.5',
      ' TRY',
      '3d',
      '"',
      "'",
      '\\',
    ],
    ...[
      'and',
      'or',
      'not',
      'between',
      'in',
      'matches',
      'contains',
      'offset',
      'within',
      'action(',
      '.',
      ',',
      ' ',
      'ı',
      'ğ',
      '₺',
      '🎯',
      '\u0000',
      '\ud800',
      'delivering',
      'campaign.',
      'count()',
      'rank(',
      ' within campaign',
      'forecast(spend, ',
      'anomaly(',
      'payload.',
      'payload."a"',
      'own[today]',
      'group.',
      '{',
      '}',
      '#',
    ],
  )
  const line = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
  )

  it('results in a value or in faults within the line, never in an exception', () => {
    fc.assert(
      fc.property(line, fc.constantFrom(MODA, BARE_VOCABULARY, WITH_OWN), (text, vocabulary) => {
        for (const { value, faults } of [parseComparison(text, vocabulary), parseExpression(text, vocabulary)]) {
          const errors = faults.filter(({ severity }) => severity !== 'warning')
          expect(value === null).toBe(errors.length > 0)
          for (const { span } of faults) {
            expect(span.start).toBeGreaterThanOrEqual(0)
            expect(span.end).toBeGreaterThanOrEqual(span.start)
            expect(span.end).toBeLessThanOrEqual(text.length)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['parentheses', '('.repeat(5000)],
    ['minus signs', '-'.repeat(5000)],
    ['a long sum', '1' + '+1'.repeat(4000)],
    ['a ladder', '(1+'.repeat(3000)],
    ['brackets', 'spend['.repeat(1500)],
    ['calls', 'count('.repeat(1500)],
    ['nested calls', `${'rank('.repeat(1500)}1${')'.repeat(1500)}`],
    ['paths', `payload${'.a'.repeat(4000)}(`],
  ])('is bounded in depth: %s', (_, text) => {
    const { value, faults } = parseExpression(text, MODA)
    expect(value).toBeNull()
    expect(faults.length).toBeGreaterThan(0)
  })

  it('is allowed to be a hundred levels deep, and no deeper', () => {
    const sum = (terms: number) => Array<string>(terms).fill('1').join(' + ')
    expect(parseExpression(sum(99), MODA).value).not.toBeNull()
    expect(parseExpression(sum(100), MODA).faults.map(({ code }) => code)).toEqual(['too-deep'])
  })

  it('is rejected for its length before it is parsed', () => {
    expect(codes('x'.repeat(1_000_000))).toEqual(['too-long'])
    expect(codes('spend[today] > 1'.padEnd(LONGEST_LINE))).toEqual([])
  })
})

it('a function without its parentheses is reported as a function', () => {
  expect(parseComparison('count > 3', MODA).faults).toMatchObject([{ code: 'syntax', hint: 'for example `count()`' }])
  expect(codes('rank[today] > 3')).toEqual(['unknown-metric'])
})

describe('a value of an event', () => {
  const several: Vocabulary = {
    scope: 'account',
    accounts: [
      { name: 'moda-tr', currency: 'TRY', values: {} },
      { name: 'moda-us', currency: 'USD', values: {} },
    ],
  }

  it('is money only if there is one currency', () => {
    expect(codes('payload.total > spend[today]', several)).toEqual(['currency-needed'])
    expect(codes('payload.total > spend[today]')).toEqual([])
    expect(codes('payload.total > 5', several)).toEqual([])
  })

  it.each([
    ['payload.a > 5 TRY', 'money'],
    ['payload.a > clicks[today]', 'count'],
    ['payload.a > 5', 'number'],
    ['payload.a > payload.b', 'number'],
    ['payload.a = payload.b', 'text'],
    ['payload.a = "x"', 'text'],
    ['payload.a in ["x", "y"]', 'text'],
    ['payload.a in [1 TRY, 2]', 'money'],
    ['payload.a', 'yes-or-no'],
    ['payload.a - payload.b > 5 TRY', 'money'],
    ['payload.a * 2 > 5 TRY', 'money'],
  ])('takes the unit of the other side: %s', (line, unit) => {
    const { value, faults } = parseComparison(line, MODA)
    expect(faults).toEqual([])
    const subject =
      value!.kind === 'compare' ? value!.left : value!.kind === 'in' || value!.kind === 'holds' ? value!.subject : null
    expect(subject?.unit.kind).toBe(unit)
  })
})
