import { beforeEach, describe, expect, it } from 'vitest'

import { loadRules } from '../../engine/rule/read/load.js'
import { approvalsOfDecision, openApproval } from '../../store/decisions/approvals.js'
import { findDecision } from '../../store/decisions/decisions.js'
import { findMutation, intendMutation } from '../../store/decisions/mutations.js'
import { findMessage } from '../../store/messages/messages.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { openCarryOut } from '../carry-out/open-carry-out.js'
import { evaluateRules } from './evaluate-rules.js'
import { LOST_AFTER } from './lost-carry-outs.js'
import { planTick } from './plan-tick.js'

const RULES = `rules:
  - id: big
    scope: account
    every: 1m
    when: hour >= 0
    then: [ { whatsapp: { to: owner, text: "big" } } ]
    mode: act
    cooldown: 1h
`
let room: ActivityRoom
let asked: string[]
beforeEach(async () => {
  room = await openActivityRoom()
  asked = []
  const { rules } = loadRules([{ path: 'rules/a.yaml', text: RULES }], SETTINGS)
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON })
})

const tick = (id: string) =>
  room.run(evaluateRules(room.dependencies), { account: ACCOUNT.name, at: room.clock.now, rules: ['big'], tick: id })
/** Begins a tick while Temporal gives this answer about every workflow. */
const begin = (says: () => Promise<boolean>) => {
  const isRunning = (id: string) => {
    asked.push(id)
    return says()
  }
  return room.run(planTick({ ...room.dependencies, isRunning }), { account: ACCOUNT.name, at: room.clock.now })
}
const gone = () => Promise.resolve(false)

async function fired(how: 'planned' | 'running') {
  const { decision } = (await tick('t1')).carryOuts[0]!
  if (how === 'running') await room.run(openCarryOut(room.dependencies), { decision, workflow: 'w' })
  return decision
}

describe('a carry-out that is gone from Temporal', () => {
  it.each(['planned', 'running'] as const)(
    '(%s) is settled as failed, the owner is notified once, and its rule fires again',
    async (how) => {
      const decision = await fired(how)
      room.clock.now += LOST_AFTER + 1_000
      const { messages } = await begin(gone)
      expect(asked).toEqual([how === 'running' ? 'w' : expect.stringMatching(/^carry-out:moda-tr:big:/)])
      expect(await findDecision(room.store, decision)).toMatchObject({ progress: 'failed' })
      expect(messages).toMatchObject([{ recipient: 'owner' }])
      expect((await findMessage(room.store, messages![0]!.message))?.text).toContain('Temporal’da sonlandırıldı')

      room.clock.now += 3_600_000
      expect((await begin(gone)).messages).toBeUndefined()
      expect((await tick('t2')).carryOuts).toHaveLength(1)
    },
  )

  it('whose workflow starts late after all finds that it has ended', async () => {
    const decision = await fired('planned')
    room.clock.now += LOST_AFTER + 1_000
    await begin(gone)
    const open = room.run(openCarryOut(room.dependencies), { decision, workflow: 'w' })
    await expect(open).rejects.toMatchObject({ type: 'ended-before' })
  })

  it('leaves no question open, and no unsent change that looks as if it were running', async () => {
    const decision = await fired('running')
    const at = room.clock.now
    await openApproval(room.store, { id: 'a', decision, account: ACCOUNT.name, values: {}, askedAt: at, expiresAt: at + 1 })
    const change = { account: ACCOUNT.name, made_by: 'big', level: 'adset', entity_id: '1', field: 'status' } as const
    await intendMutation(room.store, { id: 'm', decision, ...change, before: 'ACTIVE', target: 'PAUSED', intended_at: at })
    room.clock.now += LOST_AFTER + 1_000
    await begin(gone)
    expect(await approvalsOfDecision(room.store, decision)).toMatchObject([{ state: 'withdrawn' }])
    expect(await findMutation(room.store, 'm')).toMatchObject({ outcome: 'refused' })
  })
})

describe('a carry-out is left alone', () => {
  it.each([
    ['that is running', LOST_AFTER + 1_000, () => Promise.resolve(true)],
    ['about which Temporal does not answer', LOST_AFTER + 1_000, () => Promise.reject(new Error('down'))],
    ['that reported progress a moment ago', LOST_AFTER - 1_000, gone],
  ])('%s', async (_, later, says) => {
    const decision = await fired('running')
    room.clock.now += later
    expect((await begin(says)).messages).toBeUndefined()
    expect(await findDecision(room.store, decision)).toMatchObject({ progress: 'running' })
  })
})
