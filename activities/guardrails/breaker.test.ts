import { beforeEach, describe, expect, it } from 'vitest'

import { findDecision, recordTick } from '../../store/decisions/decisions.js'
import { findMessage, settleMessage } from '../../store/messages/messages.js'
import { replaceRules } from '../../store/rules/rules.js'
import { resumeRules, standingStop } from '../../store/rules/stops.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { decisionRow, ruleOf } from '../../test/support/rows.js'
import { recordProgress } from '../carry-out/record-progress.js'
import { evaluateRules } from '../tick/evaluate-rules.js'

let room: ActivityRoom
let failed: number
beforeEach(async () => {
  room = await openActivityRoom()
  failed = 0
  await replaceRules(room.store, { rules: [ruleOf()], commitSha: null, loadedAt: room.clock.now })
})

const HOUR = 3_600_000
const record = (decision: string) =>
  room.run(recordProgress(room.dependencies), { decision, progress: 'failed', note: 'Meta said no.' })
const stop = () => standingStop(room.store, 'moda-tr')

/** Lets carry-outs fail one after the other, and returns the result of the last. */
async function fail(count: number) {
  let last
  for (let each = 0; each < count; each++) {
    const id = `d${++failed}`
    await recordTick(room.store, { states: [], decisions: [decisionRow({ id, progress: 'running' })] })
    last = await record(id)
  }
  return last
}

describe('the breaker', () => {
  it('stops the account’s rules at the fifth failure within an hour, and notifies the owner once', async () => {
    expect(await fail(4)).toEqual({ notice: null })
    expect(await stop()).toBeUndefined()
    const fifth = await fail(1)
    expect(await stop()).toMatchObject({ account: 'moda-tr', stopped_by: 'breaker', reason: '5 actions failed within an hour' })
    expect(fifth?.notice).toMatchObject({ recipient: 'owner' })
    const { message } = fifth!.notice!
    expect((await findMessage(room.store, message))?.text).toContain('bir saat içinde 5 işlem başarısız oldu')
    // A retry after a crash and a tick return the notice again until it was sent.
    expect((await record('d5'))?.notice?.message).toBe(message)
    await settleMessage(room.store, { kind: 'id', id: message }, { status: 'accepted', at: room.clock.now })
    expect(await record('d5')).toEqual({ notice: null })
    expect(await fail(1)).toEqual({ notice: null })
  })

  it('keeps the rules stopped until somebody resumes them, however long that takes, and then counts from zero', async () => {
    await fail(5)
    room.clock.now += 3 * HOUR
    expect(await stop()).toMatchObject({ stopped_by: 'breaker' })
    await resumeRules(room.store, 'moda-tr', room.clock.now)
    await fail(4)
    expect(await stop()).toBeUndefined()
    await resumeRules(room.store, 'moda-tr', room.clock.now)
    await fail(1)
    expect((await stop())?.stopped_by).toBe('breaker')
  })

  it('does not count failures from before the last resume', async () => {
    await fail(5)
    await resumeRules(room.store, 'moda-tr', (room.clock.now += 1))
    expect(await fail(1)).toEqual({ notice: null })
    expect(await stop()).toBeUndefined()
  })

  it('does not count failures that are more than an hour apart', async () => {
    await fail(4)
    room.clock.now += HOUR + 1
    await fail(4)
    expect(await stop()).toBeUndefined()
  })

  it('holds the firings of a tick, and the decision gives the reason', async () => {
    await fail(5)
    const tick = { account: 'moda-tr', at: room.clock.now, rules: ['pause-expensive'], tick: 't' }
    const result = await room.run(evaluateRules(room.dependencies), tick)
    expect(result.carryOuts).toEqual([])
    expect(result.messages.map(({ recipient }) => recipient)).toEqual(['owner'])
    expect((await findDecision(room.store, 'd5'))?.progress).toBe('failed')
  })
})
