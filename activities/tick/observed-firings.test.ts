/** A rule that only observes records what it would have done, with amounts, and what the guardrails would have refused. */

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Mode } from '../../engine/rule/rule.js'
import { saveStructure } from '../../store/account/entities.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { entityOf, ruleOf } from '../../test/support/rows.js'
import { evaluateRules } from './evaluate-rules.js'

const HOUR = 3_600_000

let room: ActivityRoom
beforeEach(async () => {
  const settings = { ...SETTINGS, accounts: [{ ...ACCOUNT, guardrails: { ...ACCOUNT.guardrails, ceiling: 500_000 } }] }
  room = await openActivityRoom(settings)
  const campaign = entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1', adsetId: null, dailyBudget: null })
  const adset = entityOf({ id: 's1', adsetId: 's1', campaignId: 'c1', name: 'Kadın 25-44', dailyBudget: 40_000 })
  await saveStructure(room.store, {
    account: ACCOUNT.name,
    levels: ['campaign', 'adset', 'ad'],
    entities: [campaign, adset],
    learnedAt: room.clock.now,
  })
})
afterEach(() => room.store.close())

const load = (mode: Mode, percent: number) => {
  const raise = { kind: 'budget', change: { kind: 'relative', ratio: percent / 100 }, min: null, max: null } as never
  return replaceRules(room.store, {
    rules: [ruleOf({ id: 'raises', mode, then: [raise], cooldown: 24 * HOUR })],
    commitSha: null,
    loadedAt: 1,
  })
}
async function tick(dependencies = room.dependencies): Promise<{ outcome: string; note: string | null; mode: string }[]> {
  room.clock.now += HOUR
  const at = room.clock.now
  await room.run(evaluateRules(dependencies), { account: ACCOUNT.name, at, rules: ['raises'], tick: String(at) })
  return await room.store.db.selectFrom('decisions').select(['outcome', 'note', 'mode']).where('at', '=', at).execute()
}

it('contains the amounts before and after', async () => {
  await load('observe', 15)
  expect(await tick()).toMatchObject([
    { outcome: 'fire', note: 'It would have done this: budget TRY\u00a0400.00 → TRY\u00a0460.00.' },
  ])
})

it('names the guardrail that would have refused it', async () => {
  await load('observe', 40)
  expect((await tick())[0]?.note).toMatch(/budget TRY\s400.00 → TRY\s560.00. A guardrail would refuse it: .*step of 40%/)
})

it('does not make the rule rest once it acts, although an observing rule rests after it', async () => {
  await load('observe', 15)
  expect(await tick()).toHaveLength(1)
  expect(await tick()).toMatchObject([{ outcome: 'hold' }])
  await load('act', 15)
  expect(await tick()).toMatchObject([{ outcome: 'fire', mode: 'act' }])
})

it('takes into account what other observed firings of the tick would have done', async () => {
  const settings = { ...SETTINGS, accounts: [{ ...ACCOUNT, guardrails: { ...ACCOUNT.guardrails, actionsPerHour: 2 } }] }
  const adsets = ['s1', 's2', 's3'].map((id) => entityOf({ id, adsetId: id, campaignId: 'c1', name: id, dailyBudget: 40_000 }))
  const campaign = entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1', adsetId: null, dailyBudget: null })
  const levels = ['campaign', 'adset', 'ad'] as const
  await saveStructure(room.store, { account: ACCOUNT.name, levels, entities: [campaign, ...adsets], learnedAt: room.clock.now })
  await load('observe', -5)
  const decided = await tick({ ...room.dependencies, settings: () => settings })
  expect(decided.map(({ note }) => /A guardrail would refuse it/.test(note ?? '')).sort()).toEqual([false, false, true])
})
