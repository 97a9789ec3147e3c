/** Forecasts in rules: the activity computes them once, the evaluation looks them up, and the trace has model and band. */

import { beforeEach, describe, expect, it } from 'vitest'

import { addDays } from '../../engine/clock/zone.js'
import { forecast } from '../../engine/forecast/forecast.js'
import type { ForecastTask } from '../../engine/forecast/task.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { replaceRules } from '../../store/rules/rules.js'
import { type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { insightOf } from '../../test/support/rows.js'
import { entityOf } from '../sync/sync-structure.js'
import { evaluateRules } from './evaluate-rules.js'
import { planTick } from './plan-tick.js'
import { prepareForecasts } from './prepare-forecasts.js'

const TODAY = '2026-03-10'
const RULES = `
rules:
  - { id: too-much, account: moda-tr, scope: account, every: 30m, when: "forecast(spend, this_month) > 5000 TRY", then: [{ whatsapp: { to: owner, text: x } }] }
  - { id: week, account: moda-tr, scope: adset, every: 30m, when: "forecast(cpa, 7d) < 1000 TRY", then: [{ whatsapp: { to: owner, text: y } }] }
  - { id: plain, account: moda-tr, scope: adset, every: 30m, when: "spend[today] > 1 TRY", then: [pause] }
`

let room: ActivityRoom
let tasks: ForecastTask[]
const runner = {
  run: (task: ForecastTask) => {
    tasks.push(task)
    return Promise.resolve(forecast(task.history, { horizon: task.horizon, fit: null }))
  },
}

async function days(count: number): Promise<void> {
  const nodes = [campaign(), adset({ id: 's1', name: 's1' })]
  const common = { account: 'moda-tr', learnedAt: NOON - 60_000 }
  await saveStructure(room.store, { ...common, levels: ['campaign', 'adset', 'ad'], entities: nodes.map(entityOf) })
  const since = addDays(TODAY, -count)
  const rows = Array.from({ length: count }, (_, index) => index + 1).map((back) =>
    insightOf({
      entityId: 's1',
      day: addDays(TODAY, -back),
      spend: 20_000 + 500 * (back % 7),
      measures: { purchases: 3 + (back % 2) },
    }),
  )
  await saveInsights(room.store, { ...common, level: 'adset', since, until: TODAY, resolution: 'day', rows })
  const sync = await beginSync(room.store, { account: 'moda-tr', kind: 'days', since, until: TODAY, startedAt: NOON - 60_000 })
  await finishSync(room.store, sync, NOON - 59_000)
}

beforeEach(async () => {
  tasks = []
  room = await openActivityRoom()
  const { rules, diagnostics } = loadRules([{ path: 'r.yaml', text: RULES }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON - 3_600_000 })
})

const RULES_DUE = ['too-much', 'week', 'plain']
const prepare = () => room.run(prepareForecasts(room.dependencies, runner), { account: 'moda-tr', at: NOON, rules: RULES_DUE })

async function outcomes(tick: string) {
  await room.run(evaluateRules(room.dependencies), { account: 'moda-tr', at: NOON, rules: RULES_DUE, tick })
  const rows = await room.store.db.selectFrom('decisions').selectAll().orderBy('rule').execute()
  return new Map(rows.map((row) => [row.rule, { outcome: row.outcome, trace: row.trace_json }]))
}

describe('rules that need forecasts', () => {
  it('make a tick compute forecasts first, and only such rules do', async () => {
    room.clock.now = NOON
    const plan = await room.run(planTick(room.dependencies), { account: 'moda-tr', at: NOON })
    expect([plan.due.length, plan.forecasts]).toEqual([3, true])
    const { rules } = loadRules([{ path: 'r.yaml', text: `rules:${RULES.split('\n').at(-2)!.replace(/^/, '\n')}` }], SETTINGS)
    await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON - 3_600_000 })
    expect((await room.run(planTick(room.dependencies), { account: 'moda-tr', at: NOON })).forecasts).toBeUndefined()
  })

  it('are evaluated with them, with model and band in the trace; each series is computed once', async () => {
    await days(60)
    expect((await prepare()).made).toBeGreaterThan(0)
    const made = tasks.length
    expect(await prepare()).toEqual({ made: 0 })
    expect(tasks).toHaveLength(made)
    const found = await outcomes('with')
    // Nine days of 215 TRY are over, and twenty-two are to come.
    expect(found.get('too-much')?.outcome).toBe('fire')
    expect(found.get('week')?.outcome).toBe('fire')
    const [leaf] = JSON.parse(found.get('too-much')!.trace) as { estimates: { detail: { model: string; bands: unknown[] } }[] }[]
    expect(leaf?.estimates[0]?.detail.model).toMatch(/%/)
    expect(leaf?.estimates[0]?.detail.bands).toHaveLength(2)
  })

  it('also find what their texts need, if they fire', async () => {
    await days(60)
    const text = `rules:
  - { id: fires, account: moda-tr, scope: account, every: 30m, when: "spend[yesterday] > 1 TRY", then: [{ whatsapp: { to: owner, text: "{forecast(results, 7d)}" } }] }
  - { id: event, account: moda-tr, scope: account, on: order, when: "payload.total > 1", then: [{ whatsapp: { to: owner, text: "{forecast(impressions, 7d)}" } }] }
  - { id: holds, account: moda-tr, scope: account, every: 30m, when: "spend[yesterday] < 1 TRY", then: [{ whatsapp: { to: owner, text: "{forecast(clicks, 7d)}" } }] }
`
    const { rules } = loadRules([{ path: 'r.yaml', text }], SETTINGS)
    await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON - 3_600_000 })
    const made = async (id: string) =>
      (await room.run(prepareForecasts(room.dependencies, runner), { account: 'moda-tr', at: NOON, rules: [id] })).made
    // The event's payload is known only when the rule is evaluated.
    expect(await made('event')).toBeGreaterThan(0)
    expect([await made('holds'), (await made('fires')) > 0, await made('fires')]).toEqual([0, true, 0])
  })

  it('are unknown if there is too little history', async () => {
    await days(10)
    await prepare()
    const short = await outcomes('short')
    expect(short.get('too-much')?.outcome).toBe('unknown')
    expect(short.get('too-much')?.trace).toMatch(/not enough history: 10 of at least 14 points/)
  })

  it('are unknown if the forecasts were not computed', async () => {
    await days(60)
    const none = await outcomes('none')
    expect(none.get('week')?.outcome).toBe('unknown')
    expect(none.get('week')?.trace).toMatch(/has not been worked out yet/)
  })

  it('do not store a forecast that timed out, so that the next tick tries again', async () => {
    await days(60)
    const slow = { run: () => Promise.resolve({ kind: 'timed-out', reason: 'it took longer than 5 s' } as const) }
    const late = prepareForecasts(room.dependencies, slow)
    expect(await room.run(late, { account: 'moda-tr', at: NOON, rules: RULES_DUE })).toEqual({ made: 0 })
    expect((await prepare()).made).toBeGreaterThan(0)
  })
})
