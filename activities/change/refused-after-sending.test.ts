/** A message or a webhook cannot be undone: a carry-out that is refused after one counts as a firing, and the rule rests. */

import { beforeEach, describe, expect, it } from 'vitest'

import { loadRules } from '../../engine/rule/read/load.js'
import { countFirings } from '../../store/decisions/decisions.js'
import { intendMutation, settleMutation } from '../../store/decisions/mutations.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { callWebhook } from '../carry-out/call-webhook.js'
import { composeMessage } from '../carry-out/compose-message.js'
import { openCarryOut } from '../carry-out/open-carry-out.js'
import { recordProgress } from '../carry-out/record-progress.js'
import { evaluateRules } from '../tick/evaluate-rules.js'

const rule = (steps: string) => `rules:
  - id: big
    scope: account
    every: 1m
    when: hour >= 0
    then: ${steps}
    mode: act
    clear: hour < 0
    cooldown: 24h
    limit: 5 per day
`

let room: ActivityRoom
let dependencies: ActivityDependencies
let calls: number
beforeEach(async () => {
  room = await openActivityRoom()
  calls = 0
  const call = () => Promise.resolve({ status: 200, tries: ++calls })
  dependencies = {
    ...room.dependencies,
    variables: { ...room.dependencies.variables, ORDERS_URL: 'http://127.0.0.1:1' },
    webhooks: { call, close: () => Promise.resolve() },
  }
})

async function load(steps: string) {
  const { rules } = loadRules([{ path: 'rules/a.yaml', text: rule(steps) }], SETTINGS)
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON })
}

/** Runs three ticks a minute apart; each firing takes its first step and is then refused. */
async function refuseThreeTimes(firstStep: (decision: string) => Promise<unknown>, beside = false) {
  let fired = 0
  for (const tick of ['t1', 't2', 't3']) {
    const at = room.clock.now
    const { carryOuts } = await room.run(evaluateRules(dependencies), { account: ACCOUNT.name, at, rules: ['big'], tick })
    for (const { decision } of carryOuts) {
      fired += 1
      await room.run(openCarryOut(dependencies), { decision, workflow: 'w' })
      await firstStep(decision)
      await room.run(recordProgress(dependencies), { decision, progress: 'refused', note: 'No ceiling.', beside })
    }
    room.clock.now += 60_000
  }
  return { fired, counted: await countFirings(room.store, { account: ACCOUNT.name, rule: 'big', since: 0, observedToo: true }) }
}

describe('a carry-out that is refused', () => {
  it('after its webhook makes the rule rest, so that the webhook is not called at every tick', async () => {
    await load('[ { webhook: { url: $ORDERS_URL } } ]')
    const called = await refuseThreeTimes((decision) => room.run(callWebhook(dependencies), { decision, step: 0 }))
    expect(called).toEqual({ fired: 1, counted: 1 })
    expect(calls).toBe(1)
  })

  it('after its message makes the rule rest', async () => {
    await load('[ { whatsapp: { to: owner, text: "big" } } ]')
    const sent = await refuseThreeTimes((decision) => room.run(composeMessage(dependencies), { decision, step: 0 }))
    expect(sent).toEqual({ fired: 1, counted: 1 })
  })

  it('before anything was done is tried again at the next tick', async () => {
    await load('[ { webhook: { url: $ORDERS_URL } } ]')
    expect(await refuseThreeTimes(() => Promise.resolve())).toEqual({ fired: 3, counted: 0 })
  })

  it('because an earlier one is still running does not change the state', async () => {
    await load('[ { webhook: { url: $ORDERS_URL } } ]')
    const { fired } = await refuseThreeTimes(() => Promise.resolve(), true)
    expect(fired).toBe(1)
    const state = await room.store.db.selectFrom('rule_states').selectAll().executeTakeFirstOrThrow()
    expect(state).toMatchObject({ cleared: 0, resting_until: expect.any(Number) as number })
  })
})

describe('a carry-out that fails', () => {
  const mutation = { id: 'm', account: ACCOUNT.name, made_by: 'big', level: 'adset', entity_id: 's1' } as const
  const change = { field: 'status', before: 'ACTIVE', target: 'PAUSED', intended_at: NOON } as const

  /** Returns how many hours the rule rests after its one change ended this way. */
  async function restAfter(outcome: 'refused' | 'unknown', type: string): Promise<number> {
    await load('[ { webhook: { url: $ORDERS_URL } } ]')
    const tick = { account: ACCOUNT.name, at: room.clock.now, rules: ['big'], tick: 't1' }
    const [firing] = (await room.run(evaluateRules(dependencies), tick)).carryOuts
    const { decision } = firing!
    await room.run(openCarryOut(dependencies), { decision, workflow: 'w' })
    await intendMutation(room.store, { ...mutation, ...change, decision })
    await settleMutation(room.store, 'm', { outcome, error: { type, message: 'No.' }, at: NOON })
    await room.run(recordProgress(dependencies), { decision, progress: 'failed', note: 'No.' })
    const state = await room.store.db.selectFrom('rule_states').selectAll().executeTakeFirstOrThrow()
    expect(state.cleared).toBe(outcome === 'refused' && type !== 'changed-meanwhile' ? 1 : 0)
    return Math.round((state.resting_until! - room.clock.now) / 3_600_000)
  }

  it('before it changed or sent anything is tried again in an hour, not after its whole cooldown', async () => {
    expect(await restAfter('refused', 'rate-limited')).toBe(1)
  })

  it('and may have changed something rests for the whole cooldown', async () => {
    expect(await restAfter('unknown', 'timed-out')).toBe(24)
  })

  it('because somebody changed the entity meanwhile also rests for the whole cooldown', async () => {
    expect(await restAfter('refused', 'changed-meanwhile')).toBe(24)
  })
})
