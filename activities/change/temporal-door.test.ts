/** Somebody with access to Temporal cannot cause anything new by starting workflows and activities with inputs of their own. */

import { beforeEach, describe, expect, it } from 'vitest'

import { answerApproval, openApproval } from '../../store/decisions/approvals.js'
import { recordTick, setProgress } from '../../store/decisions/decisions.js'
import { findMutation, intendMutation } from '../../store/decisions/mutations.js'
import { findRequest, refuseRequest, requestChange, withdrawRequest } from '../../store/decisions/requested-changes.js'
import { openLaunchRun } from '../../store/launches/launch-runs.js'
import { storeLaunch } from '../../store/launches/launches.js'
import { replaceRules } from '../../store/rules/rules.js'
import { type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { decisionRow, requestRow, ruleOf } from '../../test/support/rows.js'
import { openCarryOut } from '../carry-out/open-carry-out.js'
import { createLaunchObject } from '../launch/create-object.js'
import { rollBackLaunchObject } from '../launch/roll-back.js'
import { applyMutation } from './apply-mutation.js'
import { prepareChange } from './prepare-change.js'
import { prepareStep } from './prepare-step.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  const steps = [{ kind: 'pause' }, { kind: 'ask', to: 'owner', text: [], within: 1 }, { kind: 'pause' }] as never
  await replaceRules(room.store, { rules: [ruleOf({ then: steps })], commitSha: null, loadedAt: NOON })
  const of = { entity_key: 's1', entity_id: 's1', entity_name: 's1' }
  await recordTick(room.store, {
    states: [],
    decisions: [
      decisionRow({ ...of, id: 'acts', progress: 'running' }),
      decisionRow({ ...of, id: 'asks', mode: 'ask', progress: 'waiting' }),
      decisionRow({ ...of, id: 'observed', mode: 'observe', progress: 'observed' }),
      decisionRow({ ...of, id: 'ended', progress: 'done' }),
    ],
  })
})

const prepare = (decision: string, step = 0, mutation = `${decision}/${step}`) =>
  room.run(prepareStep(room.dependencies), { decision, step, mutation })
const ask = (id: string) =>
  openApproval(room.store, {
    id,
    decision: id.split('-')[0]!,
    account: 'moda-tr',
    values: {},
    askedAt: NOON,
    expiresAt: NOON + 1e9,
  })
const approve = (id: string) => answerApproval(room.store, id, { state: 'approved', by: 'owner', at: NOON })

describe('a change', () => {
  it('that nobody requested is not made, whatever the input says', async () => {
    const forged = { mutation: 'forged', account: 'moda-tr', madeBy: 'api:token', level: 'adset', entityId: 's1' }
    const input = { ...forged, field: 'daily_budget', target: '9900000' } as never
    await expect(room.run(prepareChange(room.dependencies), input)).rejects.toMatchObject({ type: 'unknown-request' })
    expect(await findMutation(room.store, 'forged')).toBeUndefined()
    expect(room.meta.writes).toEqual([])
  })

  it('that somebody requested is made as they requested it, whatever else the input says', async () => {
    await requestChange(room.store, requestRow({ entity_id: 's1', target: '57500', requested_at: NOON }))
    const input = { mutation: 'request-1', target: '9900000', entityId: 's2', madeBy: 'a-rule' } as never
    expect(await room.run(prepareChange(room.dependencies), input)).toMatchObject({ kind: 'change' })
    expect(await findMutation(room.store, 'request-1')).toMatchObject({ entity_id: 's1', target: '57500', made_by: 'api:token' })
  })

  it('of one account is not made if the input names another', async () => {
    await requestChange(room.store, requestRow({ entity_id: 's1', requested_at: NOON }))
    await room.run(prepareChange(room.dependencies), { mutation: 'request-1' })
    const applied = room.run(applyMutation(room.dependencies), { account: 'other', mutation: 'request-1' })
    await expect(applied).rejects.toMatchObject({ type: 'other-account' })
    expect(room.meta.writes).toEqual([])
  })

  it('that was refused stays refused, however often it is started', async () => {
    const request = requestRow({ entity_id: 's1', field: 'lifetime_budget', target: '9', requested_at: NOON })
    await requestChange(room.store, request)
    const first = await room.run(prepareChange(room.dependencies), { mutation: 'request-1' })
    room.meta.set('s1', { lifetime_budget: 10 })
    expect(await room.run(prepareChange(room.dependencies), { mutation: 'request-1' })).toEqual(first)
    expect((await findRequest(room.store, 'request-1'))?.refusal).toContain('has no lifetime budget of its own')
  })
})

describe('a change whose request ended while the entity was read', () => {
  const prepareWhile = async (ends: () => Promise<unknown>) => {
    await requestChange(room.store, requestRow({ entity_id: 's1', target: '57500', requested_at: NOON }))
    const { meta } = room.dependencies
    const dependencies: typeof room.dependencies = {
      ...room.dependencies,
      meta: (account) => {
        const client = meta(account)
        const readEntity = (async (level: 'adset', id: string) => {
          const node = await client.readEntity(level, id)
          await ends()
          return node
        }) as (typeof client)['readEntity']
        return Object.assign(Object.create(client) as typeof client, { readEntity })
      },
    }
    return await room.run(prepareChange(dependencies), { mutation: 'request-1' })
  }

  it('is not started if the request was withdrawn', async () => {
    const prepared = prepareWhile(() => withdrawRequest(room.store, 'request-1'))
    await expect(prepared).rejects.toMatchObject({ type: 'unknown-request', nonRetryable: true })
    expect(await findMutation(room.store, 'request-1')).toBeUndefined()
  })

  it('is not started if the request was refused', async () => {
    const prepared = prepareWhile(() => refuseRequest(room.store, 'request-1', { note: 'It came too late.', at: NOON }))
    expect(await prepared).toMatchObject({ kind: 'refused', note: 'It came too late.' })
    expect(await findMutation(room.store, 'request-1')).toBeUndefined()
  })
})

describe('a step of a decision', () => {
  it.each(['observed', 'ended'])('that is %s is not taken', async (decision) => {
    await expect(prepare(decision)).rejects.toMatchObject({ type: 'not-carried-out' })
  })

  it('is not taken before the store has its approval', async () => {
    await expect(prepare('asks')).rejects.toMatchObject({ type: 'not-approved' })
    await ask('asks-rule')
    await expect(prepare('asks')).rejects.toMatchObject({ type: 'not-approved' })
    await approve('asks-rule')
    expect(await prepare('asks')).toMatchObject({ kind: 'change' })
  })

  it('after a step that asks is not taken before that step was approved', async () => {
    expect(await prepare('acts', 0)).toMatchObject({ kind: 'change' })
    await expect(prepare('acts', 2)).rejects.toMatchObject({ type: 'not-approved' })
    await ask('acts-1')
    await approve('acts-1')
    expect(await prepare('acts', 2)).toMatchObject({ kind: 'change' })
  })

  it('is not taken a second time under another id', async () => {
    await expect(prepare('acts', 0, 'acts/0-again')).rejects.toMatchObject({ type: 'unknown-step' })
  })
})

describe('a carry-out', () => {
  const open = (decision: string, account: string) =>
    room.run(openCarryOut(room.dependencies), { decision, account, workflow: 'w', run: 'r' })

  it.each(['observed', 'ended'])('of a decision that is %s does not begin', async (decision) => {
    await expect(open(decision, 'moda-tr')).rejects.toMatchObject({ type: 'ended-before' })
  })

  it('of a decision that the store does not have, or of another account, does not begin', async () => {
    await expect(open('forged', 'moda-tr')).rejects.toMatchObject({ type: 'unknown-decision' })
    await expect(open('acts', 'other')).rejects.toMatchObject({ type: 'other-account' })
    expect(await setProgress(room.store, 'acts', { progress: 'running', at: NOON })).toBe(true)
  })
})

describe('a launch', () => {
  const RUN = { account: 'moda-tr', run: 'run-1', key: 'campaign' }

  async function run(change: { kind?: 'plan' | 'apply' }) {
    const launch = { key: 'summer', version: 'v1', account: 'moda-tr', publish: 'paused', file: 'specs/summer.yaml' }
    await storeLaunch(room.store, { spec: launch, text: '' } as never, NOON)
    const options = { publish: 'paused', rollback: false, overwriteDrift: false, madeBy: 'api:token', decision: null, step: null }
    const row = { id: 'run-1', account: 'moda-tr', launch: 'summer', version: 'v1', kind: change.kind ?? 'apply', ...options }
    await openLaunchRun(room.store, row as never, NOON)
    await room.store.db.updateTable('launch_runs').set({ plan_json: '{"objects":[]}', media_json: '[]' }).execute()
  }

  it('that was only planned creates nothing', async () => {
    await run({ kind: 'plan' })
    await expect(room.run(createLaunchObject(room.dependencies), RUN)).rejects.toMatchObject({ type: 'not-applied' })
  })

  it('of another account creates nothing', async () => {
    await run({})
    const input = { ...RUN, account: 'other' }
    await expect(room.run(createLaunchObject(room.dependencies), input)).rejects.toMatchObject({ type: 'other-account' })
  })

  it('is not rolled back if nobody requested that', async () => {
    await run({})
    await expect(room.run(rollBackLaunchObject(room.dependencies), RUN)).rejects.toMatchObject({ type: 'not-asked' })
  })
})

it('a change of an earlier tetik, which is in the ledger without a request, continues', async () => {
  await intendMutation(room.store, {
    id: 'old',
    account: 'moda-tr',
    made_by: 'api:token',
    level: 'adset',
    entity_id: 's1',
    field: 'status',
    before: 'ACTIVE',
    target: 'PAUSED',
    intended_at: NOON,
  })
  expect(await room.run(prepareChange(room.dependencies), { mutation: 'old' })).toMatchObject({ kind: 'change' })
})
