/** A rule that acted and rests holds back rules of lower priority, whichever of them are due. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { loadRules } from '../../engine/rule/read/load.js'
import { saveStructure } from '../../store/account/entities.js'
import { intendMutation, settleMutation } from '../../store/decisions/mutations.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { entityOf } from '../../test/support/rows.js'
import { recordProgress } from '../carry-out/record-progress.js'
import { evaluateRules } from './evaluate-rules.js'

const MINUTE = 60_000
const guardrails = { ...ACCOUNT.guardrails, ceiling: 500_000, hands_off: 0, lastAdset: false as const }

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom({ ...SETTINGS, accounts: [{ ...ACCOUNT, guardrails }] })
  await structure('ACTIVE')
})
afterEach(() => room.store.close())

/** Two ad sets, the first with this status. */
async function structure(status: 'ACTIVE' | 'PAUSED'): Promise<void> {
  const campaign = entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1', adsetId: null, dailyBudget: null, name: 'Kış' })
  const adset = (id: string, status: 'ACTIVE' | 'PAUSED') =>
    entityOf({ id, adsetId: id, campaignId: 'c1', name: id, dailyBudget: 40_000, status, effectiveStatus: status })
  await saveStructure(room.store, {
    account: ACCOUNT.name,
    levels: ['campaign', 'adset', 'ad'],
    entities: [campaign, adset('s1', status), adset('s2', 'ACTIVE')],
    learnedAt: room.clock.now,
  })
}

const LOW = `{ id: low, scope: adset, where: 'name = "s1"', every: 1m, priority: 1, when: daily_budget > 0 TRY, then: [{ budget: -10% }], mode: act }`
const highOf = (parts: string): string =>
  `{ id: high, scope: adset, every: 30m, priority: 10, then: [{ budget: +10% }], ${parts} }`

async function load(high: string): Promise<void> {
  const { rules, diagnostics } = loadRules([{ path: 'a.yaml', text: `rules:\n  - ${highOf(high)}\n  - ${LOW}\n` }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: 1 })
}

/** Runs a tick a minute later. Returns each rule's outcome for the first ad set, if it changed, and the ids of the carry-outs. */
async function tick(...rules: string[]) {
  room.clock.now += MINUTE
  const at = room.clock.now
  const { carryOuts } = await room.run(evaluateRules(room.dependencies), { account: ACCOUNT.name, at, rules, tick: String(at) })
  const rows = await room.store.db
    .selectFrom('decisions')
    .selectAll()
    .where('at', '=', at)
    .where('entity_id', '=', 's1')
    .execute()
  const outcomes = Object.fromEntries(rows.map(({ rule, outcome, because }) => [rule, because ?? outcome]))
  return { outcomes, notes: rows.map(({ note }) => note), carryOuts: carryOuts.map(({ decision }) => decision) }
}

/** Ends the carry-outs, with their changes made or not. */
async function end(
  decisions: readonly string[],
  progress: 'done' | 'refused' | 'failed',
  outcome: 'confirmed' | 'refused' = 'confirmed',
): Promise<void> {
  for (const decision of decisions) {
    const at = room.clock.now
    await room.run(recordProgress(room.dependencies), { decision, progress: 'running', note: '' })
    const intention = { account: ACCOUNT.name, made_by: 'high', level: 'adset' as const, entity_id: 's1', field: 'daily_budget' }
    await intendMutation(room.store, {
      id: `${decision}/0`,
      decision,
      ...intention,
      before: '40000',
      target: '44000',
      intended_at: at,
    })
    await settleMutation(room.store, `${decision}/0`, { outcome, at })
    await room.run(recordProgress(room.dependencies), { decision, progress, note: '' })
  }
}

const ALWAYS = 'when: daily_budget > 0 TRY, where: \'name = "s1"\', mode: act'

describe('after a rule of higher priority acted', () => {
  it('one of lower priority is held in the same tick, during the carry-out, and while the first one rests', async () => {
    await load(ALWAYS)
    const first = await tick('high', 'low')
    expect(first.outcomes).toEqual({ high: 'fire', low: 'priority' })
    // The same outcome as before makes no new decision: there is none of `low` here, and above all no firing.
    expect((await tick('low')).carryOuts).toEqual([])
    await end(first.carryOuts, 'done')
    expect((await tick('low')).carryOuts).toEqual([])
    expect((await tick('high', 'low')).outcomes).toEqual({ high: 'cooldown' })
  })

  it('it is released if the condition of the higher one is false at that time, although that one is not due', async () => {
    await load('when: hour = 12, where: \'name = "s1"\', mode: act')
    const first = await tick('high', 'low')
    await end(first.carryOuts, 'done')
    room.clock.now += 30 * MINUTE
    expect((await tick('low')).carryOuts).toEqual([])
    room.clock.now += 30 * MINUTE
    expect((await tick('low')).outcomes).toEqual({ low: 'fire' })
  })

  it('it is held although the higher one’s own change is the reason why `where` no longer selects the ad set', async () => {
    await load('when: daily_budget > 0 TRY, where: [delivering, \'name = "s1"\'], mode: act')
    const first = await tick('high', 'low')
    await end(first.carryOuts, 'done')
    await structure('PAUSED')
    expect((await tick('high', 'low')).carryOuts).toEqual([])
    expect((await tick('low')).carryOuts).toEqual([])
  })

  it('it is not held if that was refused, failed before it changed anything, or only observed', async () => {
    await load(ALWAYS)
    const refused = await tick('high', 'low')
    await end(refused.carryOuts, 'refused', 'refused')
    expect((await tick('low')).outcomes).toEqual({ low: 'fire' })
  })

  it('it is not held by a failed carry-out', async () => {
    await load(ALWAYS)
    const failed = await tick('high', 'low')
    await end(failed.carryOuts, 'failed', 'refused')
    expect((await tick('low')).outcomes).toEqual({ low: 'fire' })
  })

  it('it is not held by an observer', async () => {
    await load(ALWAYS.replace('act', 'observe'))
    expect((await tick('high', 'low')).outcomes).toEqual({ high: 'fire', low: 'fire' })
  })

  it('it is held once the higher one has asked for an approval', async () => {
    await load(ALWAYS.replace('act', 'ask'))
    const first = await tick('high', 'low')
    expect(first.outcomes).toEqual({ high: 'fire', low: 'priority' })
    expect((await tick('low')).carryOuts).toEqual([])
  })
})
