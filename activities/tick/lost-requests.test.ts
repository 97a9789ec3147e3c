/** People's changes and answers whose process or workflow was ended in between are settled by the account's next tick. */

import { beforeEach, expect, it } from 'vitest'

import { answerApproval, openApproval } from '../../store/decisions/approvals.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { findMutation, intendMutation, markSent } from '../../store/decisions/mutations.js'
import { findRequest, requestChange } from '../../store/decisions/requested-changes.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { decisionRow, requestRow } from '../../test/support/rows.js'
import { LOST_AFTER } from './lost-carry-outs.js'
import { planTick } from './plan-tick.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

/** Begins a tick while Temporal gives this answer about every workflow. */
const begin = (isRunning: () => Promise<boolean>) =>
  room.run(planTick({ ...room.dependencies, isRunning }), { account: ACCOUNT.name, at: room.clock.now })
const gone = () => Promise.resolve(false)

async function ask(id: string, isPrepared: boolean, isSent = false): Promise<void> {
  await requestChange(room.store, requestRow({ id, entity_id: id, requested_at: room.clock.now }))
  if (!isPrepared) return
  const of = { account: ACCOUNT.name, made_by: 'api:token', level: 'adset', entity_id: id, field: 'daily_budget' } as const
  await intendMutation(room.store, { id, ...of, before: '50000', target: '57500', intended_at: room.clock.now })
  if (isSent) await markSent(room.store, id, { at: room.clock.now, before: '50000', edited: 1 })
}

it('a change whose workflow is gone is refused if it was not sent, and otherwise settled by readings', async () => {
  await ask('asked', false)
  await ask('prepared', true)
  await ask('sent', true, true)
  room.clock.now += LOST_AFTER + 1_000
  await ask('young', false)
  await begin(gone)
  expect((await findRequest(room.store, 'asked'))?.refusal).toContain('ended from outside')
  expect(await findMutation(room.store, 'prepared')).toMatchObject({ outcome: 'refused' })
  expect(await findMutation(room.store, 'sent')).toMatchObject({ outcome: 'unknown', error_json: expect.any(String) as string })
  expect((await findRequest(room.store, 'young'))?.refusal).toBeNull()
})

it.each([
  ['is running', () => Promise.resolve(true)],
  ['is unknown, because Temporal does not answer', () => Promise.reject(new Error('away'))],
])('a change whose workflow %s stays as it is', async (_, says) => {
  await ask('asked', false)
  room.clock.now += LOST_AFTER + 1_000
  await begin(says)
  expect((await findRequest(room.store, 'asked'))?.refusal).toBeNull()
})

it('an answer that was never signalled to its workflow is returned to the tick, which signals it', async () => {
  const waiting = decisionRow({ id: 'd', progress: 'waiting', workflow_id: 'carry-out:d', updated_at: NOON })
  await recordTick(room.store, { states: [], decisions: [waiting] })
  const of = { decision: 'd', account: ACCOUNT.name, values: {}, askedAt: NOON, expiresAt: NOON + 1e9 }
  await openApproval(room.store, { id: 'd-rule', ...of })
  const running = () => Promise.resolve(true)
  expect((await begin(running)).answered).toBeUndefined()
  await answerApproval(room.store, 'd-rule', { state: 'approved', by: 'owner', at: room.clock.now })
  expect((await begin(running)).answered).toBeUndefined()
  room.clock.now += 20_000
  expect((await begin(running)).answered).toEqual([{ workflow: 'carry-out:d', approval: 'd-rule' }])
})
