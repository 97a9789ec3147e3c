import type { WorkflowHandle } from '@temporalio/client'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { AskingStep, CarryOutStep, SettledApproval } from '../../activities/carry-out/contract.js'
import type { Activities } from '../../activities/contracts.js'
import { reasonOf } from '../../engine/message/reason.js'
import { temporalNames } from '../../temporal.config.js'
import { openWorkflowRoom, type WorkflowRoom } from '../../test/support/workflow-room.js'
import { approvalAnswered, ruleStopped } from '../base/contracts.js'
import { carryOut } from '../carry-out.js'

const NAMES = [
  'openCarryOut',
  'recordProgress',
  'composeNotice',
  'prepareStep',
  'applyMutation',
  'askApproval',
  'settleApproval',
  'recheckApproval',
  'planCheck',
  'evaluateCheck',
  'syncStructure',
  'callWebhook',
] as const satisfies (keyof Activities)[]

let room: WorkflowRoom
beforeAll(async () => {
  room = await openWorkflowRoom(NAMES)
})
afterAll(() => room?.stop())

const PAUSE: CarryOutStep = { kind: 'change', action: 'pause', title: 'pause' }
const ASK: CarryOutStep = { kind: 'ask', action: 'ask', title: 'ask owner' }
const CHECK: CarryOutStep = { kind: 'check', action: 'check', title: 'check' }
const COPY: CarryOutStep = { kind: 'change', action: 'duplicate', title: 'duplicate', activates: true }

/** The answer in the store. */
const answers = new Map<string, SettledApproval>()
/** How often a workflow read it. */
let looks = 0

interface Given {
  readonly steps: readonly CarryOutStep[]
  readonly asks?: boolean
  /** Milliseconds until the approval expires. */
  readonly within?: number
  readonly outdated?: boolean
  readonly truth?: 'true' | 'false' | 'unknown'
  readonly nobody?: boolean
  readonly meanwhile?: (handle: WorkflowHandle, approval: string) => Promise<void>
}

async function run(given: Given) {
  const id = `approval:${Math.random().toString(36).slice(2)}`
  const log: string[] = []
  let asked: (approval: string) => void = () => {}
  const asking = new Promise<string>((resolve) => (asked = resolve))
  room.give({
    openCarryOut: () =>
      Promise.resolve({ steps: given.steps, onStop: 'leave', asks: given.asks ?? false, trace: '', stopped: null }),
    askApproval: ({ step }: { step: AskingStep }) => {
      if (given.nobody === true) return Promise.resolve({ approval: null, note: 'Nobody can approve it' })
      const approval = `${id}-${step}`
      setTimeout(() => asked(approval), 50)
      return Promise.resolve({ approval, until: Date.now() + (given.within ?? 60_000), title: 'Waits', messages: [] })
    },
    settleApproval: ({ approval, answer }) => {
      if (!answers.has(approval) && answer !== null) answers.set(approval, { answer, by: null })
      const settled = answers.get(approval) ?? { answer: 'waiting', by: null }
      log.push(`settle ${settled.answer} ${settled.by ?? null}`)
      looks += 1
      return Promise.resolve(settled)
    },
    planCheck: () => Promise.resolve({ insights: [] }),
    syncStructure: () => Promise.resolve({ campaigns: 1, adsets: 1, ads: 1 }),
    recheckApproval: () =>
      Promise.resolve({
        outdated:
          given.outdated === true
            ? reasonOf('approval-outdated', { what: { kind: 'text', value: 'status ACTIVE → PAUSED' } })
            : null,
      }),
    evaluateCheck: ({ step }) => {
      log.push(`check ${step}`)
      return Promise.resolve({ truth: given.truth ?? 'true', note: `cpa is ${given.truth ?? 'true'}` })
    },
    prepareStep: ({ step, mutation, copy }) => {
      log.push(`prepare ${step}${copy === undefined ? '' : ' the copy'}`)
      return Promise.resolve({ kind: 'change', summary: mutation.slice(-5), done: copy === undefined ? 'done' : 'copy started' })
    },
    applyMutation: ({ mutation }) => {
      log.push(`apply ${mutation.split('/').slice(1).join('/')}`)
      return Promise.resolve({ outcome: 'confirmed', before: 'ACTIVE', target: 'PAUSED' })
    },
    composeNotice: ({ notice }) => {
      log.push(`notice ${notice.kind}`)
      return Promise.resolve({ send: null, note: '' })
    },
  })
  const handle = await room.client.workflow.start(carryOut, {
    taskQueue: temporalNames('').queues.main,
    workflowId: id,
    args: [{ account: 'a', decision: 'd', rule: 'r', entity: 'Kış' }],
  })
  if (given.meanwhile !== undefined) await given.meanwhile(handle, await asking)
  return { result: await handle.result(), log }
}

const word =
  (answer: 'approved' | 'rejected', by = 'owner') =>
  (handle: WorkflowHandle, approval: string) =>
    handle.signal(approvalAnswered, { approval: write(approval, answer, by) })

/** Stores an answer as an authenticated person's: the first one counts. */
function write(approval: string, answer: 'approved' | 'rejected', by: string): string {
  if (!answers.has(approval)) answers.set(approval, { answer, by })
  return approval
}

it('a rule that asks takes its steps after the approval, and none before', async () => {
  const { result, log } = await run({ steps: [PAUSE], asks: true, meanwhile: word('approved') })
  expect(result).toEqual({ progress: 'done', note: 'Approved by owner. done.' })
  expect(log).toEqual(['settle approved owner', 'prepare 0', 'apply 0'])
})

it('of several answers the first one counts', async () => {
  const { result, log } = await run({
    steps: [PAUSE],
    asks: true,
    meanwhile: async (handle, approval) => {
      await word('approved')(handle, approval)
      await word('approved', 'api:token')(handle, approval).catch(() => undefined)
      await word('rejected')(handle, approval).catch(() => undefined)
    },
  })
  expect(result.progress).toBe('done')
  expect(log.filter((line) => line.startsWith('apply'))).toEqual(['apply 0'])
})

it('an answer to another approval is ignored', async () => {
  const { result } = await run({
    steps: [PAUSE],
    asks: true,
    within: 1_500,
    meanwhile: (handle) => handle.signal(approvalAnswered, { approval: 'of-another' }),
  })
  expect(result).toEqual({ progress: 'refused', note: 'Nobody approved it in time.' })
})

it('a signal without an answer in the store approves nothing, and the question stays open', async () => {
  const { result, log } = await run({
    steps: [PAUSE],
    asks: true,
    meanwhile: async (handle, approval) => {
      const forged = { approval, answer: 'approved', by: 'owner' }
      looks = 0
      await handle.signal(approvalAnswered, forged)
      await expect.poll(() => looks).toBeGreaterThan(0)
      await word('rejected')(handle, approval)
    },
  })
  expect(result).toEqual({ progress: 'refused', note: 'Rejected by owner.' })
  expect(log).toEqual(['settle waiting null', 'settle rejected owner'])
})

it('after a rejection nothing is done, and the person who rejected it gets no notice', async () => {
  const { result, log } = await run({ steps: [PAUSE], asks: true, meanwhile: word('rejected') })
  expect([result, log]).toEqual([{ progress: 'refused', note: 'Rejected by owner.' }, ['settle rejected owner']])
})

it('without an answer in time nothing is done, and the owner is notified', async () => {
  const { log } = await run({ steps: [PAUSE], asks: true, within: 200 })
  expect(log).toEqual(['settle expired null', 'notice expired'])
})

it('a step whose facts have changed since the question is not taken, and the owner is notified', async () => {
  const { result, log } = await run({ steps: [PAUSE], asks: true, outdated: true, meanwhile: word('approved') })
  expect(result.note).toBe('Approved by owner. Approved, but what was asked about has changed since: status ACTIVE → PAUSED.')
  expect(log).toEqual(['settle approved owner', 'notice outdated'])
})

it('if nobody may approve, nothing waits and nothing is done', async () => {
  const { result } = await run({ steps: [PAUSE], asks: true, nobody: true })
  expect(result).toEqual({ progress: 'refused', note: 'Nobody can approve it.' })
})

it('a rule that is stopped while its question is open withdraws it', async () => {
  const { result, log } = await run({
    steps: [PAUSE],
    asks: true,
    meanwhile: (handle) => handle.signal(ruleStopped, { reason: 'r is no longer loaded' }),
  })
  expect(result).toEqual({ progress: 'stopped', note: 'r is no longer loaded.' })
  expect(log).toEqual(['settle withdrawn null', 'notice rule-stopped'])
})

it('a step that asks delays the steps after it, and only those', async () => {
  const { log } = await run({ steps: [PAUSE, ASK, PAUSE], meanwhile: word('rejected') })
  expect(log).toEqual(['prepare 0', 'apply 0', 'settle rejected owner'])
})

it.each([
  ['true', ['check 0', 'prepare 1', 'apply 1']],
  ['false', ['check 0']],
  ['unknown', ['check 0']],
] as const)('a check that is %s lets what follows it be done, or not', async (truth, expected) => {
  const { result, log } = await run({ steps: [CHECK, PAUSE], truth })
  expect(log).toEqual(expected)
  expect(result.progress).toBe('done')
  if (truth !== 'true') expect(result.note).toBe(`It ended at its check: cpa is ${truth}.`)
})

it('a copy that is to run is started by a separate change, after it was made', async () => {
  const { result, log } = await run({ steps: [COPY] })
  expect(log).toEqual(['prepare 0', 'apply 0', 'prepare 0 the copy', 'apply 0/start'])
  expect(result.note).toBe('done. copy started.')
})
