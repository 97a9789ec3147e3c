/** Who holds a pause if a change is confirmed late: later changes of the status keep their effect. */

import { beforeEach, expect, it } from 'vitest'

import { findMutation, intendMutation, markSent, settleMutation } from '../../store/decisions/mutations.js'
import { holdPause, pauseHolders } from '../../store/decisions/pause-holds.js'
import { type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { settleMade, settleSuperseded } from './supersede.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

async function intend(id: string, madeBy: string, target: 'ACTIVE' | 'PAUSED'): Promise<void> {
  const before = target === 'ACTIVE' ? 'PAUSED' : 'ACTIVE'
  const of = { account: 'moda-tr', made_by: madeBy, level: 'adset', entity_id: 's1', field: 'status' } as const
  await intendMutation(room.store, { id, ...of, before, target, intended_at: NOON })
  await markSent(room.store, id, { at: NOON, before, edited: 1 })
}
const hold = (holder: string) =>
  holdPause(room.store, { account: 'moda-tr', entityId: 's1', holder, decision: null, since: NOON })
const holders = async () => (await pauseHolders(room.store, 'moda-tr', 's1')).map(({ holder }) => holder)
const found = async (id: string) => (await findMutation(room.store, id))!
const SUPERSEDED = { type: 'superseded', message: 'A later change took its place.' }

it('a start that is confirmed after another rule paused it again releases only the holds from before it', async () => {
  await hold('a-rule')
  await intend('start', 'a-rule', 'ACTIVE')
  await intend('pause', 'b-rule', 'PAUSED')
  await settleMutation(room.store, 'pause', { outcome: 'confirmed', at: NOON })
  await hold('b-rule')
  await settleMade(room.store, await found('start'), NOON + 1, null)
  expect(await holders()).toEqual(['b-rule'])
})

it('a pause that is confirmed after somebody started it again is held by nobody', async () => {
  await intend('pause', 'a-rule', 'PAUSED')
  await intend('start', 'api:token', 'ACTIVE')
  await settleMutation(room.store, 'start', { outcome: 'confirmed', at: NOON })
  await settleMade(room.store, await found('pause'), NOON + 1, null)
  expect(await holders()).toEqual([])
})

it('a start that was superseded releases its own hold, since its rule will not start it again; other holds stay', async () => {
  await hold('a-rule')
  await hold('b-rule')
  await intend('start', 'a-rule', 'ACTIVE')
  await intend('pause', 'b-rule', 'PAUSED')
  await settleSuperseded(room.store, await found('start'), { error: SUPERSEDED, found: null, at: NOON })
  expect(await holders()).toEqual(['b-rule'])
})

it('a pause that a person undid leaves no hold at all', async () => {
  await hold('b-rule')
  await intend('pause', 'a-rule', 'PAUSED')
  await settleSuperseded(room.store, await found('pause'), { error: SUPERSEDED, found: 'ACTIVE', at: NOON })
  expect(await holders()).toEqual([])
})
