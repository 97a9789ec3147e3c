import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { allOf, anyOf, not } from '../../expression/evaluate/truth.js'
import { parseComparison } from '../../expression/read/parse.js'
import { BARE_VOCABULARY } from '../../expression/read/vocabulary.js'
import type { Comparison } from '../../expression/syntax.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import { type Truth, Unknown, type Value } from '../../value/value.js'
import type { Condition, Rule } from '../rule.js'
import { PreparedCondition } from './condition.js'
import { evaluateRule, judgeCondition, prepareRule } from './evaluate.js'

const adset = (key: string): FactEntity => ({ scope: 'adset', key, id: key, name: `Ad set ${key}` })

/** Returns facts whose measures are the same for every window. */
function facts(measures: Readonly<Record<string, Value>>, attributes: Readonly<Record<string, Value>> = {}): Facts {
  const read = (measure: string): Value => measures[measure] ?? new Unknown(`no ${measure} here`)
  return {
    account: {
      name: 'moda-tr',
      id: null,
      currency: 'TRY',
      timezone: 'Europe/Istanbul',
      result: 'purchases',
      values: { target_cpa: 12000 },
    },
    at: Date.parse('2026-03-10T14:00:00+03:00'),
    entities: (scope) => (scope === 'adset' ? [adset('1'), adset('2')] : []),
    owner: (entity, scope) => (scope === entity.scope ? entity : null),
    attribute: (entity, name) => attributes[`${entity.key}.${name}`] ?? attributes[name] ?? new Unknown(`no ${name}`),
    total: (_, measure) => read(measure),
    hourlyTotal: (_, measure) => read(measure),
    knownDays: () => ({ since: '2026-03-01', until: '2026-03-10' }),
    lifetimeTotal: (_, measure) => read(measure),
  }
}

function comparison(text: string): Comparison {
  const { value, faults } = parseComparison(text, BARE_VOCABULARY)
  if (value === null) throw new Error(JSON.stringify(faults))
  return value
}

const leaf = (text: string, path = 'when'): Condition => ({ kind: 'leaf', path, text, comparison: comparison(text) })

const rule = (more: Partial<Rule>): Rule => ({
  id: 'r',
  description: '',
  file: 'r.yaml',
  line: 1,
  version: 'v',
  account: null,
  scope: 'adset',
  cadence: { kind: 'every', interval: 60_000 },
  where: null,
  when: null,
  holdFor: 0,
  clear: null,
  cooldown: 0,
  limit: null,
  priority: 0,
  mode: 'observe',
  then: [{ kind: 'pause' }],
  onStop: 'leave',
  ...more,
})

const ENOUGH = { spend: 100000, results: 3, purchases: 3, clicks: 15, impressions: 1000 }

describe('a rule', () => {
  it('fires if `when` is true and holds if it is false, with both sides of every leaf', async () => {
    const when = leaf('cpa[last_3d] > 120 TRY')
    const [judged] = await evaluateRule(prepareRule(rule({ when })), facts(ENOUGH))
    expect(judged!).toEqual({
      rule: 'r',
      version: 'v',
      entity: { scope: 'adset', key: '1', id: '1', name: 'Ad set 1' },
      outcome: 'fire',
      because: null,
      trace: [
        {
          path: 'when',
          condition: 'cpa[last_3d] > 120 TRY',
          result: true,
          left: 333.33,
          right: 120,
          unit: 'TRY',
          unitKind: 'money',
          windows: [{ source: 'cpa[last_3d]', since: '2026-03-07', until: '2026-03-09' }],
        },
      ],
      clear: null,
    })
    const [expensive] = await evaluateRule(prepareRule(rule({ when: leaf('cpa[last_3d] > 3 * target_cpa') })), facts(ENOUGH))
    expect(expensive!).toMatchObject({ outcome: 'hold', because: 'when', trace: [{ left: 333.33, right: 360 }] })
  })

  it('without `when` fires for all that `where` selects', async () => {
    const judged = await evaluateRule(
      prepareRule(rule({ where: leaf('delivering', 'where') })),
      facts(ENOUGH, { '1.delivering': true, '2.delivering': false }),
    )
    expect(judged.map(({ entity, outcome }) => [entity.key, outcome])).toEqual([['1', 'fire']])
  })

  it('is unknown if `where` is, whatever the value of `when`', async () => {
    const prepared = prepareRule(rule({ where: leaf('delivering', 'where'), when: leaf('spend[today] > 1 TRY') }))
    const [judged] = await evaluateRule(prepared, facts(ENOUGH))
    expect(judged!).toMatchObject({
      outcome: 'unknown',
      because: null,
      trace: [{ path: 'where', result: null, left: null, because: 'no delivering' }],
    })
  })

  it('shows values that are only "at least", and says so if that leaves the result open', async () => {
    const none = facts({ spend: 6000, results: 0 })
    const trace = async (text: string) => (await evaluateRule(prepareRule(rule({ when: leaf(text) })), none))[0]!
    expect(await trace('cpa[last_3d] > 50 TRY')).toMatchObject({
      outcome: 'fire',
      trace: [{ left: { atLeast: 60 }, result: true }],
    })
    expect(await trace('cpa[last_3d] < 50 TRY')).toMatchObject({ outcome: 'hold', trace: [{ result: false }] })
    const open = await trace('cpa[last_3d] > 90 TRY')
    expect(open).toMatchObject({ outcome: 'unknown', trace: [{ left: { atLeast: 60 }, result: null }] })
    expect(open.trace[0]!.because).toContain('at least 60')
  })

  it('shows percentages per cent, durations in hours, lists as lists', async () => {
    const when: Condition = {
      kind: 'all',
      path: 'when',
      conditions: [
        leaf('ctr[today] > 1.2%'),
        leaf('age > 2d'),
        leaf('spend[today] between 1 TRY and 2000 TRY'),
        leaf('effective_status in [ACTIVE, PAUSED]'),
        leaf('name matches "TR | *"'),
      ],
    }
    const [judged] = await evaluateRule(
      prepareRule(rule({ when })),
      facts(ENOUGH, { age: 3 * 86_400_000, effective_status: 'ACTIVE', name: 'TR | A' }),
    )
    expect(judged!.trace.map(({ left, right, unit }) => [left, right, unit])).toEqual([
      [1.5, 1.2, '%'],
      [72, 48, 'h'],
      [1000, [1, 2000], 'TRY'],
      ['ACTIVE', ['ACTIVE', 'PAUSED'], 'choice'],
      ['TR | A', 'TR | *', 'text'],
    ])
  })

  it('evaluates `clear` separately', async () => {
    const prepared = prepareRule(rule({ when: leaf('spend[today] > 1 TRY'), clear: leaf('cpa[last_3d] < 50 TRY', 'clear') }))
    expect((await evaluateRule(prepared, facts(ENOUGH)))[0]!.clear).toBe(false)
    expect((await evaluateRule(prepared, facts({ spend: 500 })))[0]!.clear).toBeNull()
  })

  it('may be evaluated many times at once', async () => {
    const prepared = prepareRule(rule({ when: leaf('spend[today] > 500 TRY') }))
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, index) => evaluateRule(prepared, facts({ spend: index % 2 ? 100000 : 0 }))),
    )
    expect(runs.map(([judged]) => judged!.outcome)).toEqual(runs.map((_, index) => (index % 2 ? 'fire' : 'hold')))
  })
})

describe('a ratio over a window', () => {
  it.each([
    ['cpa[last_3d] > 90 TRY', { spend: 6000, results: 0 }, null],
    ['cpa[last_3d] > 50 TRY', { spend: 6000, results: 0 }, true],
    ['cpa[last_3d] > 0 TRY', { spend: 0, results: 0 }, null],
    ['2 * cpa[last_3d] > 100 TRY', { spend: 6000, results: 0 }, true],
    ['spend[last_3d] / purchases[last_3d] > 50 TRY', { spend: 6000, purchases: 0 }, true],
    ['cpm[today] > 50 TRY', { spend: 6, impressions: 0 }, true],
    ['roas[today] < 1', { spend: 0, revenue: 500 }, null],
    ['roas[today] < 1', { spend: 0, revenue: 0 }, null],
    ['ctr[today] >= 1.5%', { clicks: 15, impressions: 1000 }, true],
    ['cpa[last_3d] >= 1.1 * target_cpa', { spend: 13200, results: 1 }, true],
  ] as const)('%s with %j is %s', async (text, measures, expected) => {
    const condition = new PreparedCondition(leaf(text))
    expect((await judgeCondition(condition, facts(measures), adset('1'))).truth).toBe(expected)
  })
})

describe('json-rules-engine', () => {
  const truth = fc.constantFrom<Truth>(true, false, null)
  const TEXTS = new Map<Truth, string>([
    [true, 'spend[today] > 1 TRY'],
    [false, 'spend[today] < 1 TRY'],
    [null, 'leads[today] > 1'],
  ])

  interface Made {
    readonly condition: Condition
    readonly truth: Truth
  }

  const { tree } = fc.letrec<{ tree: Made }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      truth.map((value): Made => ({ condition: leaf(TEXTS.get(value)!), truth: value })),
      tie('tree').map((inner): Made => ({
        condition: { kind: 'not', path: '', condition: inner.condition },
        truth: not(inner.truth),
      })),
      fc
        .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 4 }))
        .map(([kind, inner]): Made => ({
          condition: { kind, path: '', conditions: inner.map(({ condition }) => condition) },
          truth: (kind === 'all' ? allOf : anyOf)(inner.map((each) => each.truth)),
        })),
    ),
  }))

  it('is true exactly if Kleene’s logic is, for any tree', async () => {
    const given = facts({ spend: 100000 })
    await fc.assert(
      fc.asyncProperty(tree, async ({ condition, truth: expected }) => {
        // `judgeCondition` throws if the two disagree.
        expect((await judgeCondition(new PreparedCondition(condition), given, adset('1'))).truth).toBe(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('evaluates an empty `any` as true, so empty lists are rejected', () => {
    expect(() => new PreparedCondition({ kind: 'any', path: 'when.any', conditions: [] })).toThrow(RangeError)
  })
})
