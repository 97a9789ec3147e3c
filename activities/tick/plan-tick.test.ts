import { beforeEach, describe, expect, it } from 'vitest'

import type { Rule } from '../../engine/rule/rule.js'
import { healthReports } from '../../store/account/health.js'
import { requestEvaluation } from '../../store/rules/evaluation-requests.js'
import { lastEvaluations } from '../../store/rules/rule-states.js'
import { replaceRules } from '../../store/rules/rules.js'
import { type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { ruleOf } from '../../test/support/rows.js'
import { recordSync } from '../sync/record-sync.js'
import { evaluateRules } from './evaluate-rules.js'
import { planTick } from './plan-tick.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

const MINUTE = 60_000
const load = (rule: Rule) => replaceRules(room.store, { rules: [rule], commitSha: null, loadedAt: NOON - 24 * 60 * MINUTE })
const due = async (at: number) => (await room.run(planTick(room.dependencies), { account: 'moda-tr', at })).due
const evaluate = (at: number) =>
  room.run(evaluateRules(room.dependencies), { account: 'moda-tr', at, rules: ['daily'], tick: String(at) })

it('a rule whose evaluation someone requested is evaluated once, although the tick evaluates a time before the request', async () => {
  await load(ruleOf({ id: 'daily', cadence: { kind: 'at', times: ['03:00'], timezone: null } }))
  await requestEvaluation(room.store, 'moda-tr', 'daily', NOON)
  room.clock.now = NOON + 500
  expect(await due(NOON - 400)).toEqual(['daily'])
  await evaluate(NOON - 400)
  expect(await due(NOON + MINUTE)).toEqual([])
})

describe('a rule for noon that selects nothing', () => {
  it('has its turn once a day, not at every tick of the hour after noon', async () => {
    await load(ruleOf({ id: 'daily', cadence: { kind: 'at', times: ['12:00'], timezone: null } }))
    expect(await due(NOON)).toEqual(['daily'])
    expect(await evaluate(NOON)).toMatchObject({ evaluated: 0, fired: 0 })
    expect(await lastEvaluations(room.store, 'moda-tr')).toEqual(new Map([['daily', NOON]]))
    expect(await due(NOON + MINUTE)).toEqual([])
    expect(await due(NOON + 24 * 60 * MINUTE)).toEqual(['daily'])
  })

  it('keeps its turn if the evaluation failed before it was recorded', async () => {
    await load(ruleOf({ id: 'daily', cadence: { kind: 'at', times: ['12:00'], timezone: null } }))
    await expect(
      room.run(evaluateRules({ ...room.dependencies, settings: () => ({ ...room.dependencies.settings(), accounts: [] }) }), {
        account: 'moda-tr',
        at: NOON,
        rules: ['daily'],
        tick: 'broken',
      }),
    ).rejects.toThrow('no account')
    expect(await due(NOON + MINUTE)).toEqual(['daily'])
  })
})

describe('an account without a due rule', () => {
  const plan = async (at: number) => {
    room.clock.now = at
    return await room.run(planTick(room.dependencies), { account: 'moda-tr', at })
  }
  const read = (at: number) =>
    recordSync(
      { ...room.dependencies, now: () => at },
      { account: 'moda-tr', kind: 'structure', since: null, until: null, startedAt: at },
    )

  it('is still read, every half hour', async () => {
    expect((await plan(NOON)).insights.length).toBeGreaterThan(0)
    await read(NOON)
    expect((await plan(NOON + 20 * MINUTE)).insights).toEqual([])
    const later = await plan(NOON + 30 * MINUTE)
    expect([later.due, later.insights.length > 0]).toEqual([[], true])
  })
})

describe('a tick counts as done', () => {
  const reported = async () => (await healthReports(room.store)).get('tick:moda-tr')?.at ?? null
  const everyMinute = ruleOf({ id: 'daily', cadence: { kind: 'every', interval: MINUTE } })

  it('once its rules are evaluated, and not before', async () => {
    await load(everyMinute)
    expect(await due(NOON)).toEqual(['daily'])
    expect(await reported()).toBeNull()
    await evaluate(NOON)
    expect(await reported()).toBeGreaterThanOrEqual(NOON)
  })

  it('not if its evaluation fails, however often it begins', async () => {
    await load(everyMinute)
    const broken = { ...room.dependencies, settings: () => ({ ...room.dependencies.settings(), accounts: [] }) }
    for (const at of [NOON, NOON + MINUTE]) {
      expect(await due(at)).toEqual(['daily'])
      const input = { account: 'moda-tr', at, rules: ['daily'], tick: String(at) }
      await expect(room.run(evaluateRules(broken), input)).rejects.toThrow()
    }
    expect(await reported()).toBeNull()
  })

  it('at once if no rule is due, because nothing can fail then', async () => {
    expect(await due(NOON)).toEqual([])
    expect(await reported()).toBeGreaterThanOrEqual(NOON)
  })

  it('not after an event’s evaluation, which does not show that scheduled ticks run', async () => {
    await load(everyMinute)
    const input = { account: 'moda-tr', at: NOON, rules: ['daily'], tick: 'event', event: 'order/1' }
    await room.run(evaluateRules(room.dependencies), input)
    expect(await reported()).toBeNull()
  })
})
