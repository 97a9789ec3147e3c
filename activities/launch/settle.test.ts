import { afterEach, beforeEach, expect, it } from 'vitest'

import { recordTick } from '../../store/decisions/decisions.js'
import { openLaunchRun, setLaunchState } from '../../store/launches/launch-runs.js'
import { storeLaunch } from '../../store/launches/launches.js'
import { replaceRules } from '../../store/rules/rules.js'
import { type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { decisionRow, ruleOf } from '../../test/support/rows.js'
import { composeLaunchNotice } from './settle.js'

const account = 'moda-tr'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  const spec = { key: 'summer', version: 'v1', account, publish: 'paused', file: 'specs/summer.yaml' }
  await storeLaunch(room.store, { spec, text: '' } as never, NOON)
  await replaceRules(room.store, { rules: [ruleOf({})], commitSha: null, loadedAt: NOON })
})
afterEach(() => room.store.close())

async function refused(run: string) {
  await recordTick(room.store, { states: [], decisions: [decisionRow({ id: run })] })
  const options = { publish: 'paused', rollback: false, overwriteDrift: false, madeBy: 'pause-expensive', decision: run, step: 0 }
  await openLaunchRun(room.store, { id: run, account, launch: 'summer', version: 'v1', kind: 'apply', ...options } as never, NOON)
  await setLaunchState(room.store, run, { state: 'refused', note: 'It is above the ceiling.', at: NOON })
  return await room.run(composeLaunchNotice(room.dependencies), { account, run, end: 'refused', left: 'nothing' })
}

it('the owner is notified once a day if a launch by a rule is refused', async () => {
  const first = await refused('d1')
  expect(first).toMatchObject({ send: { recipient: 'owner' } })
  const messages = () => room.store.db.selectFrom('messages').select('text').execute()
  expect(await messages()).toEqual([{ text: expect.stringContaining('It is above the ceiling.') as string }])
  await room.store.db.updateTable('messages').set({ status: 'accepted' }).execute()
  expect(await refused('d2')).toMatchObject({ send: null })
  room.clock.now += 24 * 3_600_000
  expect(await refused('d3')).toMatchObject({ send: { recipient: 'owner' } })
  expect(await messages()).toHaveLength(2)
})
