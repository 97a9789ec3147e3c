import { WorkflowFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { CarryOutStep } from '../activities/carry-out/contract.js'
import type { PreparedChange } from '../activities/change/contract.js'
import type { Activities } from '../activities/contracts.js'
import { temporalNames } from '../temporal.config.js'
import { openWorkflowRoom, type WorkflowRoom } from '../test/support/workflow-room.js'
import { ruleStopped } from './base/contracts.js'
import { carryOut } from './carry-out.js'

const NAMES = [
  'openCarryOut',
  'planWait',
  'recordProgress',
  'composeMessage',
  'composeNotice',
  'prepareStep',
  'applyMutation',
  'settleMutation',
  'prepareMessage',
  'sendToWhatsApp',
  'settleMessage',
  'callWebhook',
] as const satisfies (keyof Activities)[]

let room: WorkflowRoom
beforeAll(async () => {
  room = await openWorkflowRoom(NAMES)
})
afterAll(() => room?.stop())

const PAUSE: CarryOutStep = { kind: 'change', action: 'pause', title: 'pause' }
const START: CarryOutStep = { kind: 'change', action: 'start', title: 'start' }
const TELL: CarryOutStep = { kind: 'message', action: 'whatsapp', title: 'whatsapp to owner' }
const CALL: CarryOutStep = { kind: 'webhook', action: 'webhook', title: 'webhook ORDERS_URL' }
const WAIT: CarryOutStep = { kind: 'wait', action: 'wait', title: 'wait' }

interface Given {
  readonly steps: readonly CarryOutStep[]
  readonly onStop?: 'leave' | 'start'
  readonly stopped?: string
  readonly prepared?: PreparedChange
  readonly fails?: ApplicationFailure
  readonly unknown?: boolean
  readonly log?: string[]
  readonly wait?: number
  readonly opening?: ApplicationFailure
  /** At every try of the webhook. */
  readonly calling?: (id: string) => Promise<{ status: number } | { stopped: string }>
  readonly composed?: { stopped: string }
  /** The changes as they were named, oldest first. */
  readonly named?: string[]
  /** The carry-outs to end that recording a failure returns. */
  readonly ends?: readonly string[]
  /** Called when the wait has begun. */
  readonly whileWaiting?: (id: string) => Promise<void>
}

async function run(given: Given) {
  const id = `carry-out:${Math.random().toString(36).slice(2)}`
  const log = given.log ?? []
  const change: PreparedChange = { kind: 'change', summary: 'do it', done: 'paused' }
  room.give({
    openCarryOut: () => {
      if (given.opening !== undefined) throw given.opening
      return Promise.resolve({
        steps: given.steps,
        onStop: given.onStop ?? 'leave',
        asks: false,
        trace: '| cpa | 412 | > | 180 |',
        stopped: given.stopped ?? null,
      })
    },
    callWebhook: () => {
      log.push('call')
      return given.calling?.(id) ?? Promise.resolve({ status: 200 })
    },
    prepareStep: ({ step, mutation }) => {
      log.push(`prepare ${step} ${mutation.endsWith(`/${step}`)}`)
      given.named?.push(mutation)
      return Promise.resolve(given.prepared ?? change)
    },
    applyMutation: ({ mutation }) => {
      if (given.fails !== undefined) throw given.fails
      log.push(`apply ${mutation.split('/').at(-1)}`)
      return Promise.resolve({ outcome: 'confirmed', before: 'ACTIVE', target: 'PAUSED' })
    },
    settleMutation: () => Promise.resolve({ outcome: given.unknown === true ? 'unknown' : 'refused' }),
    composeMessage: ({ step }) => {
      if (given.composed !== undefined) return Promise.resolve(given.composed)
      log.push(`compose ${step}`)
      const message = { message: `${id}-${step}`, account: 'a', recipient: 'owner', waits: { reference: 50, delivery: 50 } }
      return Promise.resolve({ send: { ...message, summary: 'hello' } })
    },
    composeNotice: ({ notice }) => {
      log.push(`notice ${JSON.stringify(notice)}`)
      return Promise.resolve({ send: null, note: '' })
    },
    planWait: () => {
      void given.whileWaiting?.(id)
      return Promise.resolve({ duration: given.wait ?? 100, title: 'Waits' })
    },
    recordProgress: ({ progress }) => {
      log.push(progress)
      const ends = given.ends === undefined ? {} : { ends: { workflows: given.ends, reason: 'The breaker tripped.' } }
      return Promise.resolve({ notice: null, ...(progress === 'failed' ? ends : {}) })
    },
    prepareMessage: () => Promise.resolve({ form: 'text', quietUntil: null, accepted: false }),
  })
  const handle = await room.client.workflow.start(carryOut, {
    workflowId: id,
    taskQueue: temporalNames('').queues.main,
    args: [{ account: 'a', decision: 'd', rule: 'pause-expensive', entity: 'Kış' }],
  })
  const result = await handle.result().catch((error: unknown) => {
    if (error instanceof WorkflowFailedError && error.cause instanceof ApplicationFailure) return error.cause
    throw error
  })
  return { result, log, id }
}

/** The shape that the server accepts and returns; the generated types demand a class for each whole number. */
type Reset = (request: Readonly<Record<string, unknown>>) => Promise<{ readonly runId: string }>

const stop = async (id: string) => {
  await room.client.workflow.getHandle(id).signal(ruleStopped, { reason: 'The file of the rule is gone.' })
}

describe('a carry-out', () => {
  it('takes the steps in order, each change once and under its own number', async () => {
    const { result, log, id } = await run({ steps: [PAUSE, TELL, WAIT, START] })
    expect(log).toEqual(['prepare 0 true', 'apply 0', 'compose 1', 'running', 'prepare 3 true', 'apply 3', 'done'])
    expect(result).toMatchObject({ progress: 'done' })
    // The message has a workflow of its own.
    await expect(room.client.workflow.getHandle(`message:${id}-1`).describe()).resolves.toMatchObject({ type: 'sendMessage' })
  })

  it('names the same change again after a reset in Temporal, so that a budget is not raised a second time', async () => {
    const named: string[] = []
    const { id } = await run({ steps: [PAUSE], named })
    const { workflowService, options } = room.client
    const { runId } = await room.client.workflow.getHandle(id).describe()
    const reset = workflowService.resetWorkflowExecution.bind(workflowService) as unknown as Reset
    const again = await reset({
      namespace: options.namespace,
      workflowExecution: { workflowId: id, runId },
      reason: 'to see what it does',
      workflowTaskFinishEventId: 4,
      requestId: id,
    })
    expect(await room.client.workflow.getHandle(id, again.runId).result()).toMatchObject({ progress: 'done' })
    expect(named).toEqual(['d/0', 'd/0'])
  })

  it('ends at a refusal, so that no message says "paused" about an entity that was not', async () => {
    const { result, log } = await run({
      steps: [PAUSE, TELL],
      prepared: { kind: 'refused', note: 'It is the last delivering ad set of its campaign.', reason: null, tellOwner: false },
    })
    expect(log).toEqual(['prepare 0 true', 'refused'])
    expect(result).toMatchObject({ progress: 'refused', note: expect.stringContaining('last delivering') as string })
  })

  it('continues with the next step if there is nothing to do', async () => {
    const { log } = await run({ steps: [PAUSE, TELL], prepared: { kind: 'nothing', note: 'It is paused already.' } })
    expect(log).toEqual(['prepare 0 true', 'compose 1', 'done'])
  })

  it('whose change Meta refuses fails, is recorded, and the owner is notified', async () => {
    const fails = ApplicationFailure.nonRetryable('The budget is too low.', 'invalid-request')
    const { result, log } = await run({ steps: [PAUSE, TELL], fails })
    expect(result).toMatchObject({ type: 'CarryOutFailed', message: 'pause: The budget is too low.' })
    expect(log).toEqual([
      'prepare 0 true',
      'failed',
      'notice {"kind":"failed","action":"pause","error":"The budget is too low."}',
    ])
  })

  it('whose change a stop prevents before it is sent ends as stopped, not as failed', async () => {
    const fails = ApplicationFailure.nonRetryable('The account’s rules are stopped: DUR (owner).', 'stopped')
    const { result } = await run({ steps: [PAUSE], fails })
    expect(result).toMatchObject({ progress: 'stopped', note: 'The account’s rules are stopped: DUR (owner).' })
  })

  it('reports an unknown outcome as unknown, not as done', async () => {
    const fails = ApplicationFailure.nonRetryable('No answer.', 'unknown-outcome')
    const { result } = await run({ steps: [PAUSE], fails, unknown: true })
    expect(result).toMatchObject({ message: 'pause: It is not known whether Meta took it (No answer.)' })
  })

  it('does not begin if its rule was removed', async () => {
    const { result, log } = await run({ steps: [PAUSE], stopped: 'The rule is no longer loaded.' })
    expect(log[0]).toBe('stopped')
    expect(result).toMatchObject({ progress: 'stopped' })
  })

  it('that waits ends when its rule is stopped, leaves its pause, and the owner is notified', async () => {
    const { result, log } = await run({ steps: [PAUSE, WAIT, START], wait: 3_600_000, whileWaiting: stop })
    expect(log.slice(0, 3)).toEqual(['prepare 0 true', 'apply 0', 'stopped'])
    expect(log[3]).toContain('"kind":"rule-stopped","pause":"left"')
    expect(result).toMatchObject({ note: 'paused. The file of the rule is gone. It stays paused.' })
  })

  it('releases its pause when it is stopped only if the rule says so', async () => {
    const { log } = await run({ steps: [PAUSE, WAIT, START], wait: 3_600_000, onStop: 'start', whileWaiting: stop })
    expect(log.slice(0, 5)).toEqual(['prepare 0 true', 'apply 0', 'prepare release true', 'apply release', 'stopped'])
  })
})

describe('a carry-out that is ended from outside', () => {
  const OUTSIDE = 'notice {"kind":"ended-from-outside"}'

  it('by a cancellation while it waits is recorded as stopped, and the owner is notified', async () => {
    const cancel = async (id: string) => void (await room.client.workflow.getHandle(id).cancel())
    const log: string[] = []
    let id = ''
    const whileWaiting = (its: string) => cancel((id = its))
    await expect(run({ steps: [PAUSE, WAIT, START], wait: 3_600_000, whileWaiting, log })).rejects.toThrow(WorkflowFailedError)
    expect(log).toEqual(['prepare 0 true', 'apply 0', 'stopped', OUTSIDE])
    expect((await room.client.workflow.getHandle(id).describe()).status.name).toBe('CANCELLED')
  })

  it('by a cancellation releases its pause if the rule says so', async () => {
    const cancel = async (id: string) => void (await room.client.workflow.getHandle(id).cancel())
    const log: string[] = []
    const given: Given = { steps: [PAUSE, WAIT, START], onStop: 'start', wait: 3_600_000, whileWaiting: cancel, log }
    await expect(run(given)).rejects.toThrow(WorkflowFailedError)
    expect(log).toEqual(['prepare 0 true', 'apply 0', 'prepare release true', 'apply release', 'stopped', OUTSIDE])
  })

  it('before its first step, because it cannot be opened, is recorded as failed, and the owner is notified', async () => {
    const opening = ApplicationFailure.nonRetryable('The store does not have its rule.', 'unknown-decision')
    const { result, log } = await run({ steps: [], opening })
    expect(log).toEqual(['failed', OUTSIDE])
    expect(result).toMatchObject({ type: 'CarryOutFailed' })
  })

  it('and was settled as lost before it could begin does nothing, and notifies nobody a second time', async () => {
    const opening = ApplicationFailure.nonRetryable('It had ended before: failed.', 'ended-before')
    expect((await run({ steps: [PAUSE], opening })).log).toEqual(['failed'])
  })
})

describe('a carry-out whose rules are stopped', () => {
  it('no longer retries a webhook whose server is down', async () => {
    let calls = 0
    const calling = async (id: string) => {
      if (++calls === 1) await stop(id)
      throw ApplicationFailure.retryable('No answer.', 'unreachable')
    }
    const { result, log } = await run({ steps: [CALL, TELL], calling })
    expect(log.filter((line) => line !== 'call').slice(0, 1)).toEqual(['stopped'])
    expect(result).toMatchObject({ progress: 'stopped', note: 'The file of the rule is gone.' })
  })

  it.each([
    ['webhook', { steps: [CALL, PAUSE], calling: () => Promise.resolve({ stopped: 'Stopped by ana' }) }],
    ['message', { steps: [TELL, PAUSE], composed: { stopped: 'Stopped by ana' } }],
  ])('ends at its %s, which asks whether they are', async (_, given) => {
    const { result, log } = await run(given)
    expect(log.filter((line) => line !== 'call')[0]).toBe('stopped')
    expect(result).toMatchObject({ progress: 'stopped', note: 'Stopped by ana.' })
  })

  it('by the breaker ends while it waits, as with the stop switch', async () => {
    let waiting: (id: string) => void
    const begun = new Promise<string>((resolve) => (waiting = resolve))
    const first = run({ steps: [WAIT, PAUSE], wait: 3_600_000, whileWaiting: (id) => Promise.resolve(waiting(id)) })
    const id = await begun
    const fails = ApplicationFailure.nonRetryable('No.', 'invalid-request')
    await run({ steps: [PAUSE], fails, ends: ['carry-out:long-gone', id] })
    expect((await first).result).toMatchObject({ progress: 'stopped', note: 'The breaker tripped.' })
  })
})
