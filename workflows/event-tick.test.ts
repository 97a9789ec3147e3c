/** A tick that an event from outside set off: its sender was told that it was taken, so nobody sends it again. */

import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Activities } from '../activities/contracts.js'
import { TASK_QUEUES } from '../temporal.config.js'
import { openWorkflowRoom } from '../test/support/workflow-room.js'
import type { WorkflowRoom } from '../test/support/workflow-room.js'
import { watchAccount } from './watch-account.js'

const NAMES = ['planTick', 'evaluateRules', 'syncStructure', 'composeEventNotice'] as const satisfies (keyof Activities)[]

let room: WorkflowRoom
beforeAll(async () => {
  room = await openWorkflowRoom(NAMES)
})
afterAll(() => room?.stop())

function run(event: string | undefined, evaluate: (attempt: number) => Error | null) {
  const told: unknown[] = []
  let attempts = 0
  room.give({
    planTick: () => Promise.resolve({ due: ['big'], insights: [], history: [] }),
    syncStructure: () => Promise.resolve({ campaigns: 0, adsets: 0, ads: 0 }),
    evaluateRules: () => {
      const failure = evaluate(++attempts)
      if (failure !== null) throw failure
      return Promise.resolve({ evaluated: 1, fired: 0, carryOuts: [], messages: [] })
    },
    composeEventNotice: (input) => {
      told.push(input)
      return Promise.resolve({ send: null, note: '' })
    },
  })
  const workflowId = `watch:${Math.random().toString(36).slice(2)}`
  const input = { account: 'a', ...(event === undefined ? {} : { event }) }
  const result = room.client.workflow.execute(watchAccount, { workflowId, taskQueue: TASK_QUEUES.main, args: [input] })
  return { result, told, attempts: () => attempts }
}

it('is evaluated again for as long as it fails, beyond the tries of a scheduled tick', async () => {
  const { result, attempts, told } = run('order/1', (attempt) => (attempt <= 3 ? new Error('The disk is full.') : null))
  expect(await result).toMatchObject({ evaluated: 1 })
  expect([attempts(), told]).toEqual([4, []])
})

it('that cannot be evaluated for good fails, and the owner is told of the event', async () => {
  const { result, told } = run('order/1', () => ApplicationFailure.nonRetryable('The event is broken.', 'broken'))
  await expect(result).rejects.toThrow()
  expect(told).toEqual([{ account: 'a', event: 'order/1', error: { type: 'broken', message: 'The event is broken.' } }])
})

it('which a clock set off is told of by nobody: the next one is the next try', async () => {
  const { result, told } = run(undefined, () => ApplicationFailure.nonRetryable('The disk is full.', 'full'))
  await expect(result).rejects.toThrow()
  expect(told).toEqual([])
})
