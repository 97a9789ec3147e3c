import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { loadSettings } from '../../engine/account/load.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { openStore } from '../../store/base/store.js'
import { recordTick, setProgress } from '../../store/decisions/decisions.js'
import { intendMutation, settleMutation } from '../../store/decisions/mutations.js'
import { intendMessage, settleMessage } from '../../store/messages/messages.js'
import { replaceRules } from '../../store/rules/rules.js'
import { decisionRow, entityOf, insightOf, stateRow } from '../../test/support/rows.js'
import { readRuleSets } from '../base/rule-sets.js'
import { explainOnData } from '../data/explain-on-data.js'
import { explainInStore } from '../stored/explain-in-store.js'
import { explainAsJson, explainForPeople } from '../views/explain.js'

const NOON = Date.parse('2026-03-10T12:00:00+03:00')
const SETTINGS = `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, targets: { target_cpa: 120 TRY } }
recipients: [{ name: owner, phone: $OWNER_PHONE }]
`
const RULES = `rules:
  - id: pause-expensive
    description: Too high
    scope: adset
    where: delivering
    when:
      - cpa[last_3d] > 1.5 * target_cpa
      - not: purchases[yesterday] >= 5
    then: [pause]
    mode: act
    clear: cpa[last_3d] < target_cpa
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-explain-'))
  await mkdir(join(folder, 'rules'))
  await writeFile(join(folder, 'tetik.yaml'), SETTINGS)
  await writeFile(join(folder, 'rules', 'a.yaml'), RULES)
})
afterEach(() => rm(folder, { recursive: true }))

/** A store in which the rule fired at noon on two ad sets, of which the second was held back. */
async function fill(): Promise<void> {
  const store = await openStore(join(folder, '.tetik', 'tetik.db'))
  const [rule] = loadRules([{ path: 'rules/a.yaml', text: RULES }], loadSettings('tetik.yaml', SETTINGS).settings).rules
  await replaceRules(store, { rules: [rule!], commitSha: 'abc123def4567890', loadedAt: 1 })
  const learnedAt = NOON - 60_000
  const entities = [
    entityOf({ level: 'campaign', id: '110001', name: 'TR | Summer' }),
    entityOf(),
    entityOf({ id: '120002', name: 'Men 25-44' }),
  ]
  await saveStructure(store, { account: 'moda-tr', levels: ['campaign', 'adset'], learnedAt, entities })
  const days = ['2026-03-07', '2026-03-08', '2026-03-09']
  const insights = days.flatMap((day, index) => [
    insightOf({ day, spend: (3 + index) * 10_000, measures: { purchases: 1 } }),
    insightOf({ day, entityId: '120002', spend: 10_000, measures: { purchases: 1 } }),
  ])
  const answer = {
    account: 'moda-tr',
    level: 'adset',
    resolution: 'day',
    since: '2026-03-07',
    until: '2026-03-10',
    learnedAt,
  } as const
  await saveInsights(store, { ...answer, rows: insights })
  const sync = { account: 'moda-tr', since: '2026-03-01', until: '2026-03-10', startedAt: learnedAt }
  await finishSync(store, await beginSync(store, { ...sync, kind: 'days' }), learnedAt)
  const trace = [
    {
      path: 'when[0]',
      condition: 'cpa[last_3d] > 1.5 * target_cpa',
      result: true,
      left: 400,
      right: 180,
      unit: 'TRY',
      unitKind: 'money',
      windows: [],
    },
    {
      path: 'where',
      condition: 'delivering',
      result: true,
      left: true,
      right: true,
      unit: 'yes-or-no',
      unitKind: 'yes-or-no',
      windows: [],
    },
  ]
  const common = {
    rule: rule!.id,
    version: rule!.version,
    at: NOON,
    known_at: NOON,
    trace_json: JSON.stringify(trace),
    steps_json: '["pause"]',
  }
  await recordTick(store, {
    states: [stateRow({ state: 'resting', resting_until: NOON + 86_400_000, evaluated_at: NOON })],
    decisions: [
      decisionRow({ ...common, id: 'aaaa-0001', progress: 'planned' }),
      decisionRow({
        ...common,
        id: 'aaaa-0002',
        entity_key: '120002',
        entity_id: '120002',
        entity_name: 'Men 25-44',
        outcome: 'hold',
        because: 'guardrail',
        note: 'It is the last delivering ad set of its campaign.',
        progress: 'none',
      }),
    ],
  })
  const change = {
    account: 'moda-tr',
    decision: 'aaaa-0001',
    made_by: rule!.id,
    level: 'adset',
    entity_id: '120001',
    field: 'status',
  } as const
  await intendMutation(store, { ...change, id: 'm', before: 'ACTIVE', target: 'PAUSED', intended_at: NOON + 1 })
  await settleMutation(store, 'm', { outcome: 'confirmed', at: NOON + 1000 })
  await intendMessage(store, {
    id: 'n',
    decision: 'aaaa-0001',
    account: 'moda-tr',
    recipient: 'owner',
    text: 'Paused',
    created_at: NOON,
  })
  await settleMessage(store, { kind: 'id', id: 'n' }, { status: 'delivered', at: NOON + 2000 })
  await setProgress(store, 'aaaa-0001', { progress: 'done', at: NOON + 3000 })
  await store.close()
}

const explain = (what: string, question: { entity?: string; at?: string } = {}) =>
  explainInStore({ what, entity: question.entity, at: question.at, account: undefined, now: NOON + 3_600_000 }, folder)

describe('tetik explain', () => {
  it('shows both sides of a decision, the rows behind them as known then, and what was carried out', async () => {
    await fill()
    const found = await explain('aaaa-0001')
    expect(found).toMatchObject({
      decision: 'aaaa-0001',
      rule: { id: 'pause-expensive', file: 'rules/a.yaml', commit: 'abc123def4567890' },
      entity: { name: 'Women 25-44' },
      at: '2026-03-10T12:00:00+03:00',
      outcome: 'fire',
      state: { state: 'resting', restingUntil: '2026-03-11T12:00:00+03:00' },
      data: { kind: 'store', syncs: [{ kind: 'days', age: 1 }] },
      carriedOut: {
        progress: 'done',
        changes: [{ field: 'status', before: 'ACTIVE', target: 'PAUSED', outcome: 'confirmed' }],
        messages: [{ recipient: 'owner' }],
      },
    })
    expect(found.leaves[0]).toMatchObject({
      file: 'rules/a.yaml',
      line: 7,
      distance: { difference: 220, share: 1.22222 },
      metrics: [
        {
          source: 'cpa[last_3d]',
          measures: [
            {
              measure: 'spend',
              unit: 'TRY',
              total: 1200,
              rows: [{ at: '2026-03-07', value: 300 }, { value: 400 }, { value: 500 }],
            },
            { measure: 'results', total: 3 },
          ],
        },
      ],
    })
    expect(found.leaves.map(({ path, result }) => [path, result])).toContainEqual(['clear', false])
    const text = explainForPeople(found, { colour: false }).replaceAll('\u00a0', ' ')
    expect(text).toContain('pause-expensive, adset “Women 25-44” (120001), 2026-03-10T12:00:00+03:00  rules/a.yaml:2')
    expect(text).toContain('TRY 400.00  against  TRY 180.00   +TRY 220.00, +122.2%')
    expect(text).toContain('2026-03-07  300.00  400.00  500.00')
    expect(text).toContain('days of 2026-03-01 to 2026-03-10 1 minute old')
    expect(text).toContain('status of adset 120001: ACTIVE → PAUSED, read back 2026-03-10T12:00:01+03:00')
  })

  it('accepts the beginning of an id, and lists the decisions if several match', async () => {
    await fill()
    expect(await explain('aaaa-0002')).toMatchObject({
      outcome: 'hold',
      because: 'guardrail',
      note: 'It is the last delivering ad set of its campaign.',
      carriedOut: null,
    })
    await expect(explain('aaaa')).rejects.toThrow('several decisions begin with aaaa: aaaa-0002, aaaa-0001')
    await expect(explain('nothing')).rejects.toThrow('no decision or rule has the id nothing')
    await expect(explain('pause-expensiv', { entity: 'x' })).rejects.toThrow('did you mean pause-expensive?')
  })

  it('evaluates a rule for an entity and a moment, with its stored state', async () => {
    await fill()
    const cheap = await explain('pause-expensive', { entity: 'men 25-44', at: '2026-03-10 12:30' })
    expect(cheap).toMatchObject({ decision: null, outcome: 'hold', because: 'when', lastDecision: { id: 'aaaa-0002' } })
    expect(cheap.leaves.map(({ path, result }) => [path, result])).toEqual([
      ['when[0]', false],
      ['when[1].not', false],
      ['where', true],
      ['clear', true],
    ])
    const high = await explain('pause-expensive', { entity: '120001' })
    expect(high).toMatchObject({
      outcome: 'fire',
      note: 'It is resting until 2026-03-11T12:00:00+03:00.',
      carriedOut: { progress: 'done' },
    })
    expect(explainForPeople(high, { colour: false })).toContain(
      'the conditions are true. It is resting until 2026-03-11T12:00:00+03:00.',
    )
    await expect(explain('pause-expensive', { entity: 'Women' })).rejects.toThrow('the data has no adset Women')
    await expect(explain('pause-expensive', { entity: '120001', at: 'noon' })).rejects.toThrow('--at noon is not a time')
  })

  it('creates no database if none exists', async () => {
    await expect(explain('pause-expensive', { entity: 'x' })).rejects.toThrow('there is no database yet')
  })

  it('evaluates on an export without a database', async () => {
    const text =
      'date,campaign_name,adset_name,spend,purchases\n2026-03-08,C,A,300,1\n2026-03-09,C,A,300,0\n2026-03-10,C,A,100,0\n'
    const sets = await readRuleSets([], folder)
    const question = { rule: 'pause-expensive', entity: 'A', at: '2026-03-10 18:00' }
    const { explanation } = await explainOnData(sets, { path: 'a.csv', text }, question)
    expect(explanation).toMatchObject({
      outcome: 'unknown',
      data: { kind: 'file', since: '2026-03-08', until: '2026-03-10' },
      state: null,
    })
    expect(explanation!.leaves[0]).toMatchObject({ result: null, because: 'no rows before 2026-03-08' })
    expect(explanation!.leaves[0]!.metrics[0]!.measures[0]!.rows).toEqual([
      { at: '2026-03-07', value: null },
      { at: '2026-03-08', value: 300 },
      { at: '2026-03-09', value: 300 },
    ])
    expect(JSON.parse(explainAsJson(explanation!))).toEqual(JSON.parse(JSON.stringify(explanation)))
    await expect(explainOnData(sets, { path: 'a.csv', text }, { ...question, rule: 'x' })).rejects.toThrow(
      'these files have no rule x',
    )
  })
})
