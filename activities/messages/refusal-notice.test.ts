/** The account's owner is notified of refusals by guardrails once a day for each rule and reason, not at every tick. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DAY, HOUR, MINUTE } from '../../engine/clock/zone.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { saveStructure } from '../../store/account/entities.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { intendMutation, settleMutation } from '../../store/decisions/mutations.js'
import { loadedRules, replaceRules } from '../../store/rules/rules.js'
import { stopRules } from '../../store/rules/stops.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { decisionRow, entityOf } from '../../test/support/rows.js'
import { composeNotice } from '../carry-out/compose-notice.js'
import { evaluateRules } from '../tick/evaluate-rules.js'

let room: ActivityRoom
beforeEach(async () => {
  const account = { ...ACCOUNT, guardrails: { ...ACCOUNT.guardrails, ceiling: 500_000 } }
  const recipients = SETTINGS.recipients.map((one) => ({ ...one, language: 'en' as const }))
  room = await openActivityRoom({ ...SETTINGS, accounts: [account], recipients })
  const campaign = entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1', adsetId: null, dailyBudget: null })
  const adset = (id: string) => entityOf({ id, adsetId: id, campaignId: 'c1', name: id, dailyBudget: 40_000 })
  await saveStructure(room.store, {
    account: ACCOUNT.name,
    levels: ['campaign', 'adset', 'ad'],
    entities: [campaign, adset('s1'), adset('s2')],
    learnedAt: room.clock.now,
  })
})
afterEach(() => room.store.close())

async function load(...rules: string[]): Promise<void> {
  const text = `rules:\n${rules.map((rule) => `  - { scope: adset, every: 1m, ${rule}${rule.includes('mode:') ? '' : ', mode: act'} }\n`).join('')}`
  const { rules: found, diagnostics } = loadRules([{ path: 'a.yaml', text }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules: found, commitSha: null, loadedAt: 1 })
}

/** Runs a tick this much later and returns its messages to the owner, which are then marked as sent. */
async function notices(later: number, ...rules: string[]): Promise<string[]> {
  room.clock.now += later
  const at = room.clock.now
  const { messages } = await room.run(evaluateRules(room.dependencies), { account: ACCOUNT.name, at, rules, tick: String(at) })
  return await sent(messages.map(({ message }) => message))
}

async function sent(ids: readonly string[]): Promise<string[]> {
  const rows = await room.store.db.selectFrom('messages').selectAll().where('id', 'in', ids).orderBy('id').execute()
  await room.store.db.updateTable('messages').set({ status: 'sent' }).where('id', 'in', ids).execute()
  return rows.map(({ text }) => text.replaceAll('\u00a0', ' '))
}

const BACK = `id: back, where: 'name = "s1"', when: daily_budget > 100 TRY, then: [{ budget: 100 TRY }]`
const STEP = 'From TRY 400.00 to TRY 100.00 is a step of 75%, and the largest allowed is 20%.'

describe('a guardrail that refuses', () => {
  it('is reported to the owner once a day, although the rule fires at every tick', async () => {
    await load(BACK)
    const text = `back: “s1” was left as it is (changing the budget was refused). ${STEP}`
    expect(await notices(MINUTE, 'back')).toEqual([text])
    expect(await notices(MINUTE, 'back')).toEqual([])
    expect(await notices(HOUR, 'back')).toEqual([])
    expect(await notices(DAY, 'back')).toEqual([text])
  })

  it('is reported once for each rule and reason, whatever the number of entities', async () => {
    await load(BACK.replace(`where: 'name = "s1"', `, ''), 'id: more, when: daily_budget > 0 TRY, then: [{ budget: +50% }]')
    const texts = await notices(MINUTE, 'back', 'more')
    expect(texts).toEqual([
      expect.stringContaining('back: “s1” and 1 more were left as they are') as string,
      expect.stringMatching(/^more: .* step of 50%/) as string,
    ])
  })

  it('is not reported for a rule that only observes', async () => {
    await load(`${BACK}, mode: observe`)
    expect(await notices(MINUTE, 'back')).toEqual([])
  })

  it('is not reported if everything was stopped, because the stop was reported', async () => {
    await load(BACK)
    await stopRules(room.store, {
      account: ACCOUNT.name,
      reason: 'Enough.',
      stoppedBy: 'command line: ana',
      since: room.clock.now,
    })
    expect(await notices(MINUTE, 'back')).toEqual([])
  })

  it('is reported by a carry-out too, if it was not reported yet', async () => {
    await load(BACK)
    const { version } = (await loadedRules(room.store))[0]!.rule
    const decision = { rule: 'back', version, entity_key: 's1', entity_id: 's1', entity_name: 's1', progress: 'running' as const }
    await recordTick(room.store, { states: [], decisions: ['d1', 'd2', 'd3'].map((id) => decisionRow({ id, ...decision })) })
    const facts = { limit: { kind: 'percentage', value: 0.5 } } as const
    const notice = { kind: 'refused', action: 'budget', reason: { code: 'daily-change', facts } } as never
    const compose = async (decision: string) =>
      (await room.run(composeNotice(room.dependencies), { decision, notice })).send?.message
    const first = await compose('d1')
    expect(await sent([first!])).toHaveLength(1)
    expect(await compose('d2')).toBeUndefined()
    // A carry-out that has already changed something is reported each time.
    const change = { account: ACCOUNT.name, made_by: 'back', level: 'adset' as const, entity_id: 's1', field: 'status' }
    await intendMutation(room.store, {
      id: 'd3/0',
      decision: 'd3',
      ...change,
      before: 'ACTIVE',
      target: 'PAUSED',
      intended_at: 1,
    })
    await settleMutation(room.store, 'd3/0', { outcome: 'confirmed', at: 2 })
    expect(await compose('d3')).toBe('d3-refused')
  })
})
