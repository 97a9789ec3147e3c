/** What a stop prevents in the middle of a carry-out, and what it does not. */

import { beforeEach, describe, expect, it } from 'vitest'

import { encodeValue } from '../../engine/change/ledger-value.js'
import type { Rule } from '../../engine/rule/rule.js'
import { saveStructure } from '../../store/account/entities.js'
import { recordTick, setProgress } from '../../store/decisions/decisions.js'
import { intendMutation } from '../../store/decisions/mutations.js'
import { holdPause } from '../../store/decisions/pause-holds.js'
import { replaceRules } from '../../store/rules/rules.js'
import { stopRules } from '../../store/rules/stops.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { decisionRow, ruleOf } from '../../test/support/rows.js'
import { askApproval } from '../carry-out/ask-approval.js'
import { callWebhook } from '../carry-out/call-webhook.js'
import { composeMessage } from '../carry-out/compose-message.js'
import { composeNotice } from '../carry-out/compose-notice.js'
import { recordProgress } from '../carry-out/record-progress.js'
import { applyMutation } from '../change/apply-mutation.js'
import { prepareStep } from '../change/prepare-step.js'
import { copyMark } from '../ledger/copy-target.js'
import { entityOf } from '../sync/sync-structure.js'

const THEN: Rule['then'] = [
  { kind: 'pause' },
  { kind: 'webhook', urlVariable: 'ORDERS_URL', body: null },
  { kind: 'whatsapp', to: 'owner', text: [{ kind: 'text', text: 'paused' }] },
  { kind: 'ask', to: 'owner', text: [{ kind: 'text', text: 'sure?' }], within: 3_600_000 },
]

let room: ActivityRoom
let calls: number
beforeEach(async () => {
  calls = 0
  const one = await openActivityRoom()
  const call = () => Promise.resolve({ status: 200, tries: ++calls })
  const webhooks = { call, close: () => Promise.resolve() }
  room = { ...one, dependencies: { ...one.dependencies, webhooks, variables: { ORDERS_URL: 'http://127.0.0.1:1' } } }
  const nodes = [campaign(), adset({ id: 's1', name: 's1', status: 'PAUSED' }), adset({ id: 's2', name: 's2' })]
  for (const node of nodes) room.meta.nodes.set(node.id, node)
  const { store } = room
  const levels = ['campaign', 'adset', 'ad'] as const
  await saveStructure(store, {
    account: ACCOUNT.name,
    levels: [...levels],
    entities: nodes.map(entityOf),
    learnedAt: NOON - 60_000,
  })
  await replaceRules(store, { rules: [ruleOf({ then: THEN, onStop: 'start' })], commitSha: null, loadedAt: NOON - 60_000 })
  const rows = ['s1', 's2'].map((id) => decisionRow({ id, entity_key: id, entity_id: id, entity_name: id, progress: 'running' }))
  await recordTick(store, { states: [], decisions: rows })
  await holdPause(store, { account: ACCOUNT.name, entityId: 's1', holder: 'pause-expensive', decision: 's1', since: NOON })
})

const stop = (stoppedBy = 'command line: ana') =>
  stopRules(room.store, { account: ACCOUNT.name, reason: 'the shop is down', stoppedBy, since: NOON })
const WHY = 'The account’s rules are stopped: the shop is down (command line: ana)'

describe('while an account’s rules are stopped', () => {
  it('no webhook is called, no message composed and nobody is asked', async () => {
    await stop()
    const { run, dependencies } = room
    expect(await run(callWebhook(dependencies), { decision: 's2', step: 1 })).toEqual({ stopped: WHY })
    expect(await run(composeMessage(dependencies), { decision: 's2', step: 2 })).toEqual({ stopped: WHY })
    expect(await run(askApproval(dependencies), { decision: 's2', step: 3 })).toEqual({ stopped: WHY })
    expect(calls).toBe(0)
    expect(await room.store.db.selectFrom('messages').select('id').execute()).toEqual([])
  })

  it('a change ends as stopped rather than refused, so that the rule releases its pause if it says so', async () => {
    await stop()
    const prepared = await room.run(prepareStep(room.dependencies), { decision: 's2', step: 0, mutation: 's2/0' })
    expect(prepared).toMatchObject({ kind: 'stopped' })
  })

  it.each(['command line: ana', 'breaker'])('(by %s) a rule still releases its own pause', async (by) => {
    await stop(by)
    const release = { decision: 's1', step: 'release', mutation: 's1/release' } as const
    expect(await room.run(prepareStep(room.dependencies), release)).toMatchObject({ kind: 'change' })
  })

  const intendCopy = (level: 'adset' | 'campaign', source: string) =>
    intendMutation(room.store, {
      ...{ id: 's1/2', decision: 's1', account: ACCOUNT.name, made_by: 'pause-expensive', level, entity_id: source },
      ...{
        field: 'copy',
        before: '',
        target: encodeValue({ kind: 'copy', mark: copyMark('s1/2'), name: null }),
        intended_at: NOON - 1,
      },
    })
  const copies = () => room.meta.writes.filter((write) => write.endsWith('copied'))

  it('a copy that was already in the ledger is not made', async () => {
    await intendCopy('adset', 's1')
    await stop()
    await expect(room.run(applyMutation(room.dependencies), { mutation: 's1/2' })).rejects.toMatchObject({ type: 'stopped' })
    expect(copies()).toEqual([])
  })

  it('a copy that is being made gets no further children, and the note says so', async () => {
    await intendCopy('campaign', 'c1')
    let stopping: Promise<unknown> | undefined
    room.meta.afterWrite = () => void (stopping ??= stop())
    const message = expect.stringContaining('rules are stopped') as string
    await expect(room.run(applyMutation(room.dependencies), { mutation: 's1/2' })).rejects.toMatchObject({ message })
    await stopping
    expect(copies()).toEqual(['c1 copied'])
  })

  it('the owner, who was notified of the stop, is notified of a pause that was released, and not of one that stays', async () => {
    await stop()
    const tell = (pause: 'let-go' | 'left') =>
      room.run(composeNotice(room.dependencies), {
        decision: 's1',
        notice: { kind: 'rule-stopped', pause },
      })
    expect(await tell('left')).toMatchObject({ send: null })
    expect(await tell('let-go')).toMatchObject({ send: { recipient: 'owner' } })
  })
})

it('ending a carry-out in Temporal does not start what it paused', async () => {
  const release = { decision: 's1', step: 'release', mutation: 's1/release' } as const
  expect(await room.run(prepareStep(room.dependencies), release)).toMatchObject({ kind: 'refused' })
  await replaceRules(room.store, { rules: [], commitSha: null, loadedAt: NOON })
  expect(await room.run(prepareStep(room.dependencies), release)).toMatchObject({ kind: 'change' })
})

it('a breaker that trips returns the running carry-outs, so that they end at once', async () => {
  await setProgress(room.store, 's2', { progress: 'waiting', carriedOutBy: { workflow: 'w2', run: null }, at: NOON })
  const failed = ['f1', 'f2', 'f3', 'f4', 'f5']
  await recordTick(room.store, { states: [], decisions: failed.map((id) => decisionRow({ id, progress: 'running' })) })
  const recorded = []
  for (const decision of failed) {
    recorded.push(await room.run(recordProgress(room.dependencies), { decision, progress: 'failed', note: 'No.' }))
  }
  expect(recorded.map((one) => one?.ends?.workflows)).toEqual([undefined, undefined, undefined, undefined, ['w2']])
})
