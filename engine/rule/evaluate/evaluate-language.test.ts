import { describe, expect, it } from 'vitest'

import { loadSettings } from '../../account/load.js'
import { accountGroups, accountValues } from '../../account/vocabulary.js'
import { evaluateExpression } from '../../expression/evaluate/evaluate.js'
import { type DataRow, type DatasetEntity } from '../../facts/dataset-source.js'
import { Dataset } from '../../facts/dataset.js'
import { factsOf, type FactsOptions } from '../../facts/facts-of-dataset.js'
import type { Estimate } from '../../facts/facts.js'
import { AtLeast, Unknown, type Value } from '../../value/value.js'
import { loadRules } from '../read/load.js'
import { evaluateRule, prepareRule, selectionOf } from './evaluate.js'

const { settings } = loadSettings(
  'tetik.yaml',
  `
accounts:
  - name: moda-tr
    id: act_1
    currency: TRY
    timezone: Europe/Istanbul
    targets: { target_cpa: 120 TRY, monthly_budget: 9000 TRY }
    values: { shipping: 45 TRY }
groups:
  - { name: moda, campaigns: ["TR | Moda*"], monthly_budget: 1000 TRY }
  - { name: spor, campaigns: ["TR | Spor*"] }
  - { name: yaz, campaigns: ["* Yaz"] }
`,
)

/** Each ad set with its campaign, and its spend and purchases of the last three days and of today; null is an empty cell. */
const ADSETS: readonly (readonly [
  name: string,
  campaign: string,
  spend: readonly (number | null)[],
  purchases: readonly number[],
])[] = [
  ['a', 'TR | Moda Kış', [100, 100, 100, 50], [1, 1, 1, 0]],
  ['b', 'TR | Moda Kış', [200, 200, 200, 80], [1, 1, 0, 0]],
  ['c', 'TR | Spor', [50, 50, 50, 10], [0, 0, 0, 0]],
  ['d', 'TR | Spor', [10, 10, 10, 0], [1, 0, 0, 0]],
]
const DAYS = ['2026-03-07', '2026-03-08', '2026-03-09', '2026-03-10']

function facts(options: Partial<FactsOptions> = {}, adsets = ADSETS) {
  const names = [...new Set(adsets.map(([, campaign]) => campaign))]
  const entity = (scope: 'campaign' | 'adset', name: string, campaign: string | null): DatasetEntity => {
    const attributes = { delivering: name !== 'off' }
    return { scope, key: name, id: null, name, campaign, adset: null, result: null, attributes }
  }
  const rows: DataRow[] = adsets.flatMap(([name, , spend, purchases]) =>
    DAYS.map((day, index) => {
      const money = spend[index]
      const measures = {
        spend: money == null ? null : money * 100,
        purchases: purchases[index]!,
        revenue: purchases[index]! * 30_000,
      }
      return { scope: 'adset' as const, entity: name, since: day, until: day, hour: null, measures }
    }),
  )
  const dataset = new Dataset({
    entities: [
      ...names.map((name) => entity('campaign', name, null)),
      ...adsets.map(([name, campaign]) => entity('adset', name, campaign)),
    ],
    rows,
    knowledge: { kind: 'file' },
    measures: null,
  })
  const account = settings!.accounts[0]!
  return factsOf(dataset, {
    account: {
      name: account.name,
      id: account.id,
      currency: account.currency,
      timezone: account.timezone,
      result: 'purchases',
      gross: account.gross,
      values: accountValues(account),
      groups: accountGroups(account),
    },
    at: Date.parse('2026-03-10T14:00:00+03:00'),
    pace: 3_600_000,
    ...options,
  })
}

const ruleOf = (text: string) => {
  const { rules, diagnostics } = loadRules([{ path: 'r.yaml', text }], settings)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return rules[0]!
}
const rule = (when: string, scope = 'adset', more = '') =>
  ruleOf(`rules:\n  - id: r\n    scope: ${scope}\n    when:\n      - ${when}\n${more}`)

/** Returns the outcomes by the entities' names. */
async function outcomes(
  when: string,
  scope = 'adset',
  more = '',
  options: Partial<FactsOptions> = {},
): Promise<Readonly<Record<string, string>>> {
  const judged = await evaluateRule(prepareRule(rule(when, scope, more)), facts(options))
  return Object.fromEntries(judged.map(({ entity, outcome }) => [entity.name ?? '', outcome]))
}

describe('functions in a rule', () => {
  it('cover the entities that `where` selects, or those of them in one campaign', async () => {
    expect(await outcomes('spend[last_3d] > mean(spend[last_3d])')).toEqual({ a: 'fire', b: 'fire', c: 'hold', d: 'hold' })
    expect(await outcomes('rank(spend[last_3d]) = 1')).toEqual({ a: 'hold', b: 'fire', c: 'hold', d: 'hold' })
    expect(await outcomes('rank(spend[last_3d]) within campaign = 1')).toEqual({ a: 'hold', b: 'fire', c: 'fire', d: 'hold' })
    expect(await outcomes('count() > 3')).toEqual({ a: 'fire', b: 'fire', c: 'fire', d: 'fire' })
    expect(await outcomes('percentile(spend[last_3d]) < 40%')).toEqual({ a: 'hold', b: 'hold', c: 'fire', d: 'fire' })
  })

  it('leave out entities that `where` does not select', async () => {
    const where = '    where: name != "b"\n'
    expect(await outcomes('rank(spend[last_3d]) = 1', 'adset', where)).toEqual({ a: 'fire', c: 'hold', d: 'hold' })
    expect(await outcomes('sum(spend[last_3d]) within campaign = 300 TRY', 'adset', where)).toEqual({
      a: 'fire',
      c: 'hold',
      d: 'hold',
    })
  })

  it('cover all that `where` selects even if only one entity is evaluated', async () => {
    const known = facts()
    const [only] = known.entities('adset')
    const judged = await evaluateRule(prepareRule(rule('rank(spend[last_3d]) = 2')), known, [only!])
    expect(judged.map(({ entity, outcome }) => [entity.name, outcome])).toEqual([['a', 'fire']])
  })

  it('know the rank of a cost without results yet, if it is certain', async () => {
    // a 100, b 300, c at least 150, d 30.
    expect(await outcomes('rank(cpa[last_3d]) >= 3')).toEqual({ a: 'fire', b: 'unknown', c: 'unknown', d: 'fire' })
  })

  it('say in the trace what is unknown, and for how many', async () => {
    const [judged] = await evaluateRule(prepareRule(rule('spend[last_3d] > mean(cpa[last_3d])')), facts())
    expect(judged!.trace[0]).toMatchObject({ result: null, right: { atLeast: 145 } })
  })

  it('have the same value in a message, given the selection', async () => {
    const loaded = rule('rank(spend[last_3d]) > 0', 'adset', '    where: name != "b"\n')
    const { when } = loaded
    if (when?.kind !== 'all' || when.conditions[0]?.kind !== 'leaf') throw new Error('no leaf')
    const { comparison } = when.conditions[0]
    if (comparison.kind !== 'compare') throw new Error('no comparison')
    const known = facts()
    const [a] = known.entities('adset')
    const selection = await selectionOf(prepareRule(loaded), known)
    expect(evaluateExpression(comparison.left, known, a!, selection)).toBe(1)
    expect(evaluateExpression(comparison.left, known, a!)).toBeInstanceOf(Unknown)
  })
})

describe('custom metrics', () => {
  const metrics = 'metrics:\n  margin_roas: margin / spend\n  margin: revenue * 30%\n  cost: spend / (2 * purchases)\n'
  const value = (expression: string, name: string): Value => {
    const loaded = ruleOf(`${metrics}rules:\n  - id: r\n    scope: adset\n    when: ${expression} != 1\n`)
    const { when } = loaded
    if (when?.kind !== 'leaf' || when.comparison.kind !== 'compare') throw new Error('no comparison')
    const known = facts()
    const entity = known.entities('adset').find((one) => one.name === name)!
    return evaluateExpression(when.comparison.left, known, entity)
  }

  it('apply the window of their use to all metrics in them', () => {
    expect(value('margin_roas[last_3d]', 'a')).toBeCloseTo(0.9)
    expect(value('margin_roas[yesterday]', 'b')).toBe(0)
    expect(value('margin_roas[1d offset 3d]', 'b')).toBeCloseTo(0.45)
    expect(value('campaign.margin_roas[last_3d]', 'a')).toBeCloseTo(0.5)
    expect(value('account.margin_roas[last_3d]', 'd')).toBeCloseTo((0.5 * ((300 * 6 * 0.3) / 0.5)) / 1080)
  })

  it('over a count of zero are at least what one more result would make them', () => {
    expect(value('cost[last_3d]', 'c')).toEqual(new AtLeast(7500))
    expect(value('cost[last_3d]', 'a')).toBe(5000)
  })

  it('are in the trace as written, with one window', async () => {
    const loaded = ruleOf(`${metrics}rules:\n  - id: r\n    scope: adset\n    when: margin_roas[last_3d] < 1\n`)
    const [judged] = await evaluateRule(prepareRule(loaded), facts())
    expect(judged!.trace[0]).toMatchObject({
      condition: 'margin_roas[last_3d] < 1',
      left: 0.9,
      windows: [{ source: 'margin_roas[last_3d]', since: '2026-03-07', until: '2026-03-09' }],
    })
  })

  it('do not change the version of a rule with the same meaning, however they are divided', () => {
    const version = (text: string) => ruleOf(text).version
    const written = 'rules:\n  - id: r\n    scope: adset\n    when: revenue[7d] * 30% / spend[7d] < 1\n'
    expect(version(`${metrics}rules:\n  - id: r\n    scope: adset\n    when: margin_roas[7d] < 1\n`)).toBe(version(written))
  })
})

describe('groups', () => {
  it('sum their campaigns, and have one budget', async () => {
    expect(await outcomes('spend[maximum] > monthly_budget', 'group')).toEqual({ moda: 'fire', spor: 'unknown', yaz: 'unknown' })
    expect(await outcomes('spend[maximum] > account.monthly_budget', 'group')).toEqual({
      moda: 'hold',
      spor: 'hold',
      yaz: 'unknown',
    })
  })

  it('can be used for a campaign and everything under it', async () => {
    expect(await outcomes('group.spend[last_3d] = 900 TRY')).toEqual({ a: 'fire', b: 'fire', c: 'hold', d: 'hold' })
    expect(await outcomes('group.name = "spor"', 'campaign')).toEqual({ 'TR | Moda Kış': 'hold', 'TR | Spor': 'fire' })
  })

  it('of a campaign without a group have an empty name, and everything else unknown', async () => {
    const none = facts({}, [['a', 'TR | Moda Kış', [1, 1, 1, 1], [0, 0, 0, 0]], ['b', 'US | Sale', [1, 1, 1, 1], [0, 0, 0, 0]]]) // prettier-ignore
    const outcome = async (when: string, scope = 'adset') =>
      (await evaluateRule(prepareRule(rule(when, scope)), none)).map(({ outcome }) => outcome)
    expect(await outcome('group.name != "spor"')).toEqual(['fire', 'fire'])
    expect(await outcome('group.name = ""', 'campaign')).toEqual(['hold', 'fire'])
    expect(await outcome('group.name in ["moda", "spor"]')).toEqual(['fire', 'hold'])
    expect(await outcome('group.name contains "od"')).toEqual(['fire', 'hold'])
    expect(await outcome('group.spend[last_3d] >= 0 TRY')).toEqual(['fire', 'unknown'])
    expect(await outcome('group.monthly_budget > 0 TRY')).toEqual(['fire', 'unknown'])
  })

  it('are unknown for a campaign that is in two', async () => {
    const both = ADSETS.map(([name, , ...rest]) => [name, 'TR | Moda Yaz', ...rest] as const)
    const judged = await evaluateRule(prepareRule(rule('group.spend[last_3d] > 1 TRY')), facts({}, both))
    expect(judged[0]!).toMatchObject({
      outcome: 'unknown',
      trace: [{ because: 'it is in no group, or in more than one' }],
    })
    const named = await evaluateRule(prepareRule(rule('group.name != "moda"')), facts({}, both))
    expect(named[0]!.outcome).toBe('unknown')
  })
})

describe('an event', () => {
  const on = '    on: order-paid\n'
  const payload = {
    order: { total: '5000.50', count: 3, 'line-items': 2, at: null, tax: '1.250', share: '0.250' },
    shop: 'moda',
    first: true,
    list: [1],
  }
  const outcome = async (when: string, event: unknown = payload) =>
    (await outcomes(when, 'account', on, event === undefined ? {} : { payload: event }))['moda-tr']

  it.each([
    ['payload.order.total > 5000 TRY', 'fire'],
    ['payload.order.total > 5000.50 TRY', 'hold'],
    ['payload.order.total / payload.order.count > 1600', 'fire'],
    ['payload.order."line-items" between 2 and 3', 'fire'],
    ['payload.order.count in [1, 3]', 'fire'],
    ['payload.order.count * 1m > 2m', 'fire'],
    ['payload.order.count * 1% < 5%', 'fire'],
    ['payload.shop = "moda"', 'fire'],
    ['payload.shop matches "mo*"', 'fire'],
    ['payload.order.count = "3"', 'fire'],
    ['payload.first', 'fire'],
    ['payload.shop', 'unknown'],
    ['payload.order.at > 3', 'unknown'],
    ['payload.order.gone > 3', 'unknown'],
    ['payload.shop > 3', 'unknown'],
    ['payload.list = "1"', 'unknown'],
    ['payload.order.tax > 100 TRY', 'unknown'],
    ['payload.order.tax > 1', 'unknown'],
    ['payload.order.tax * 1% > 1%', 'unknown'],
    ['payload.order.tax = "1.250"', 'fire'],
    ['payload.order.share < 1', 'fire'],
    ['payload.order.toString = "x"', 'unknown'],
    ['payload.shop != payload.order.count', 'fire'],
  ])('%s: %s', async (when, expected) => {
    expect(await outcome(when)).toBe(expected)
  })

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{ order: 5 }],
    [{ order: { total: '' } }],
    [{ order: { total: '0x10' } }],
    [{ order: { total: '1e3' } }],
    [{ order: { total: '12,50' } }],
    [{ order: { total: ' 12' } }],
    [{ order: { total: [12] } }],
  ])('of %j has no total', async (event) => {
    const options = event === undefined ? {} : { payload: event }
    expect(await outcomes('payload.order.total > 5', 'account', on, options)).toEqual({ 'moda-tr': 'unknown' })
  })

  it('is part of the rule’s meaning', () => {
    expect(rule('payload.a > 5', 'account', on).version).not.toBe(rule('payload.b > 5', 'account', on).version)
  })
})

describe('forecasts and anomalies', () => {
  const estimates = {
    forecast: (): Estimate => ({
      value: 80_000,
      detail: { model: 'ets', bands: [{ level: 0.8, lo: 70_000, hi: 90_000 }], accuracy: 'off by 9% on average' },
    }),
    anomaly: (): Estimate => ({ value: 4.2, detail: { model: 'robust', expected: 5_000, anomalyKind: 'spike' } }),
  }

  it('are unknown if they were not computed, and say so', async () => {
    const [judged] = await evaluateRule(prepareRule(rule('forecast(spend, this_month) > 700 TRY')), facts())
    expect(judged!).toMatchObject({ outcome: 'unknown', trace: [{ because: 'there are no forecasts in this data' }] })
    expect(await outcomes('anomaly(spend[today]) > 3')).toMatchObject({ a: 'unknown' })
    expect(await outcomes('spend[today] > expected(spend[today])')).toMatchObject({ a: 'unknown' })
  })

  it('keep their derivation in the trace, in the units of traces', async () => {
    const known = facts({ estimates })
    const [judged] = await evaluateRule(prepareRule(rule('forecast(spend, this_month) > 700 TRY')), known)
    expect(judged!.outcome).toBe('fire')
    expect(judged!.trace[0]!.estimates).toEqual([
      {
        source: 'forecast(spend, this_month)',
        value: 800,
        unit: 'TRY',
        detail: { model: 'ets', bands: [{ level: 0.8, lo: 700, hi: 900 }], accuracy: 'off by 9% on average' },
        detailUnit: 'TRY',
      },
    ])
    const [strange] = await evaluateRule(prepareRule(rule('anomaly(spend[today]) > 3')), known)
    expect(strange!.trace[0]!.estimates).toMatchObject([
      { value: 4.2, unit: 'number', detail: { expected: 50 }, detailUnit: 'TRY' },
    ])
  })
})

describe('a blueprint', () => {
  const text = (use: string) => `blueprints:
  - name: cap
    inputs: { max_cpa: { type: money }, least: { type: number, default: 1 } }
    rule:
      scope: adset
      when: ["cpa[last_3d] > max_cpa", "purchases[last_3d] >= least"]
      then: [pause]
rules:
  - { id: r, use: cap, ${use} }
`

  it('makes a rule with the values of a use, which names the blueprint', async () => {
    const loaded = ruleOf(text('with: { max_cpa: 90 TRY }, mode: act, priority: 3'))
    expect(loaded).toMatchObject({
      file: 'r.yaml',
      line: 9,
      blueprint: { name: 'cap', file: 'r.yaml', line: 2 },
      mode: 'act',
      priority: 3,
      then: [{ kind: 'pause' }],
    })
    const judged = await evaluateRule(prepareRule(loaded), facts())
    expect(judged.map(({ entity, outcome }) => [entity.name, outcome])).toEqual([
      ['a', 'fire'],
      ['b', 'fire'],
      ['c', 'hold'],
      ['d', 'hold'],
    ])
    expect(judged[0]!.trace[0]).toMatchObject({ path: 'when[0]', condition: 'cpa[last_3d] > max_cpa', right: 90 })
  })

  it('has a version for each set of values, and the same one for the same values', () => {
    const version = (use: string) => ruleOf(text(use)).version
    expect(version('with: { max_cpa: 90 TRY }')).toBe(version('with: { max_cpa: 90 TRY, least: 1 }'))
    expect(version('with: { max_cpa: 90 TRY }')).not.toBe(version('with: { max_cpa: 91 TRY }'))
  })

  it('may be in another file of the project, which is not loaded itself', () => {
    const [library, use] = text('with: { max_cpa: 90 TRY }').split('rules:\n')
    const files = [{ path: 'r.yaml', text: `rules:\n${use!}` }]
    const loaded = loadRules(files, settings, { library: [{ path: 'b.yaml', text: library! }] })
    expect(loaded.diagnostics).toEqual([])
    expect(loaded.rules[0]!.blueprint).toEqual({ name: 'cap', file: 'b.yaml', line: 2 })
    expect(loadRules(files, settings).diagnostics).toMatchObject([{ code: 'unknown-blueprint' }])
    const broken = { path: 'b.yaml', text: library!.replace('purchases[last_3d]', 'purchases') }
    expect(loadRules(files, settings, { library: [broken] }).diagnostics).toMatchObject([
      { code: 'broken-blueprint', hint: 'see `tetik check b.yaml`' },
    ])
    expect(loadRules([broken, ...files], settings).diagnostics).toMatchObject([{ code: 'missing-window', file: 'b.yaml' }])
  })
})

it('a selection includes the entities for which it is unknown whether they belong to it', async () => {
  const loaded = rule('count() > 0', 'adset', '    where: spend[today] > 5\n')
  const blank = ADSETS.map(
    ([name, campaign, spend, purchases], index) => [name, campaign, index === 0 ? [1, 1, 1, null] : spend, purchases] as const,
  )
  const selection = await selectionOf(prepareRule(loaded), facts({}, blank))
  expect(selection.doubtful.map(({ name }) => name)).toEqual(['a'])
  const judged = await evaluateRule(prepareRule(loaded), facts({}, blank))
  expect(judged.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown'])
})
