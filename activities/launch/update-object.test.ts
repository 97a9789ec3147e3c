/** Changes of existing objects by a launch, on the sandbox: a budget that rules and people change too. */

import { afterEach, beforeEach, expect, it } from 'vitest'

import { findMutation } from '../../store/decisions/mutations.js'
import { requestChange } from '../../store/decisions/requested-changes.js'
import { intendObject, markStanding } from '../../store/launches/launch-objects.js'
import { openLaunchRun } from '../../store/launches/launch-runs.js'
import { storeLaunch } from '../../store/launches/launches.js'
import { requestRow } from '../../test/support/rows.js'
import { ADSET, openSandboxRoom, type SandboxRoom } from '../../test/support/sandbox-room.js'
import { applyMutation } from '../change/apply-mutation.js'
import { prepareChange } from '../change/prepare-change.js'
import { updateLaunchObject } from './update-object.js'

const AT = Date.parse('2026-03-10T12:00:00Z')
const ROW = 'run-1/adset/men/daily_budget'
const OBJECT = {
  ...{ key: 'adset/men', kind: 'adset', name: 'Erkek', parent: null },
  fields: { name: 'Erkek', daily_budget: '60000' },
}
const LOST = { name: 'lost', kind: 'connection-reset', when: 'after', match: { method: 'POST', times: 1 } }

let room: SandboxRoom
beforeEach(async () => {
  room = await openSandboxRoom()
  await room.inAdsManager({ daily_budget: 50_000, name: 'Erkek, eski' })
  const spec = { key: 'summer', version: 'v1', account: 'moda-tr', publish: 'paused', file: 'specs/summer.yaml' }
  await storeLaunch(room.store, { spec, text: '' } as never, AT)
  const options = { publish: 'paused', rollback: false, overwriteDrift: false, madeBy: 'api:token', decision: null, step: null }
  const run = { account: 'moda-tr', launch: 'summer', version: 'v1', kind: 'apply', ...options }
  for (const id of ['run-0', 'run-1']) await openLaunchRun(room.store, { id, ...run } as never, AT)
  const row = await intendObject(room.store, {
    ...{ account: 'moda-tr', launch: 'summer', run: 'run-0', at: AT },
    object: { ...OBJECT, fields: { name: 'Erkek, eski', daily_budget: '50000' } } as never,
  })
  await markStanding(room.store, row, { metaId: ADSET, readBack: null, at: AT })
  const changes = [
    { field: 'daily_budget', before: '50000', after: '60000' },
    { field: 'name', before: 'Erkek, eski', after: 'Erkek' },
  ]
  const plan = { objects: [{ object: OBJECT, action: 'update', changes, drift: [], because: null }], leftAlone: [], publish: [] }
  await room.store.db
    .updateTable('launch_runs')
    .set({ plan_json: JSON.stringify(plan), media_json: '[]' })
    .execute()
  // Meta's dates have whole seconds: wait for the next one, so that the changes above count as older.
  await new Promise((resolve) => setTimeout(resolve, 1_100 - (Date.now() % 1_000)))
})
afterEach(() => room.close())

const update = () => room.run(updateLaunchObject(room.dependencies), { account: 'moda-tr', run: 'run-1', key: OBJECT.key })
const lose = async () => {
  await room.faults(LOST)
  await expect(update()).rejects.toMatchObject({ type: 'unknown-outcome', nonRetryable: false })
  await room.faults()
}
const budgets = () => room.written('daily_budget')

/** A person's change of the budget, as the API makes it. */
async function change(target: string): Promise<void> {
  const row = requestRow({ id: 'person', entity_id: ADSET, target, known: null, requested_at: room.dependencies.now() })
  await requestChange(room.store, { ...row, field: 'daily_budget', level: 'adset' })
  await room.run(prepareChange(room.dependencies), { mutation: 'person' })
  await room.run(applyMutation(room.dependencies), { mutation: 'person' })
}

it('a budget goes through the ledger, and the other fields are sent with it', async () => {
  expect(await update()).toEqual({ id: ADSET, outcome: 'changed' })
  expect(await findMutation(room.store, ROW)).toMatchObject({ outcome: 'confirmed', before: '50000', target: '60000' })
  expect(await room.atMeta('name')).toBe('Erkek')
  const sent = (await room.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith(ADSET))
  expect(sent).toHaveLength(2)
})

it('a change whose answer was lost is not sent again and ends as confirmed', async () => {
  await lose()
  await update()
  expect(await findMutation(room.store, ROW)).toMatchObject({ outcome: 'confirmed' })
  expect(await budgets()).toEqual([50_000, 60_000])
})

it('a change whose answer was lost does not overwrite what somebody set back in Ads Manager', async () => {
  await lose()
  await room.inAdsManager({ daily_budget: 50_000 })
  await expect(update()).rejects.toMatchObject({ type: 'changed-meanwhile', nonRetryable: true })
  expect(await room.atMeta('daily_budget')).toBe('50000')
})

it('a change whose answer was lost does not overwrite a later change by a person', async () => {
  await lose()
  await change('70100')
  await update()
  expect(await room.atMeta('daily_budget')).toBe('70100')
  expect(await findMutation(room.store, ROW)).toMatchObject({ outcome: 'confirmed' })
  expect(await budgets()).toEqual([50_000, 60_000, 70_100])
})

it('the other fields are sent if the budget already has its value', async () => {
  await room.inAdsManager({ daily_budget: 60_000 })
  expect(await update()).toEqual({ id: ADSET, outcome: 'changed' })
  expect(await room.atMeta('name')).toBe('Erkek')
})
