/** Events from outside: their senders got a 2xx, so nobody sends them again. */

import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Activities } from '../activities/contracts.js'
import type { EventPlan } from '../activities/tick/contract.js'
import { temporalNames } from '../temporal.config.js'
import { openWorkflowRoom, type WorkflowRoom } from '../test/support/workflow-room.js'
import { accountEvents } from './account-events.js'
import { eventsCame } from './base/contracts.js'

const NAMES = ['planEvents', 'evaluateRules', 'syncStructure', 'composeEventNotice'] as const satisfies (keyof Activities)[]

let room: WorkflowRoom
beforeAll(async () => {
  room = await openWorkflowRoom(NAMES)
})
afterAll(() => room?.stop())

interface Given {
  /** Waiting in the store at first. */
  readonly waiting: string[]
  readonly evaluate?: (event: string, attempt: number) => Error | null
  readonly most?: number
}

function run({ waiting, evaluate = () => null, most = 100 }: Given) {
  const seen = { evaluated: [] as string[], lost: [] as string[], readings: 0 }
  const attempts = new Map<string, number>()
  const done = (event: string): void => void waiting.splice(waiting.indexOf(event), 1)
  room.give({
    planEvents: ({ without }) => {
      const events: EventPlan['events'] = waiting
        .filter((event) => !without.includes(event))
        .slice(0, most)
        .map((event) => ({ event, rules: ['big'] }))
      return Promise.resolve({ events, insights: [], rules: ['big'], forecasts: false })
    },
    syncStructure: () => {
      seen.readings += 1
      return Promise.resolve({ campaigns: 0, adsets: 0, ads: 0 })
    },
    evaluateRules: ({ event }) => {
      const attempt = (attempts.get(event!) ?? 0) + 1
      attempts.set(event!, attempt)
      const failure = evaluate(event!, attempt)
      if (failure !== null) throw failure
      seen.evaluated.push(event!)
      done(event!)
      return Promise.resolve({ evaluated: 1, fired: 0, carryOuts: [], messages: [] })
    },
    composeEventNotice: ({ event }) => {
      seen.lost.push(event)
      done(event)
      return Promise.resolve({ send: null, note: '' })
    },
  })
  const workflowId = `events:${Math.random().toString(36).slice(2)}`
  const start = () =>
    room.client.workflow.signalWithStart(accountEvents, {
      workflowId,
      taskQueue: temporalNames('').queues.main,
      args: [{ account: 'a' }],
      signal: eventsCame,
    })
  return { seen, start, waiting }
}

it('many events share one reading of the account, and are evaluated in the order of their arrival', async () => {
  const events = Array.from({ length: 40 }, (_, index) => `order/${index}`)
  const { seen, start } = run({ waiting: [...events] })
  expect(await (await start()).result()).toMatchObject({ events: 40, evaluated: 40, lost: 0 })
  expect(seen).toEqual({ evaluated: events, lost: [], readings: 1 })
})

it('events that exceed one plan, or arrive meanwhile, get another reading', async () => {
  const { seen, start, waiting } = run({ waiting: ['order/1', 'order/2', 'order/3'], most: 2 })
  const handle = await start()
  waiting.push('order/4')
  await start()
  await handle.result()
  await (await start()).result()
  expect([...seen.evaluated].sort()).toEqual(['order/1', 'order/2', 'order/3', 'order/4'])
})

it('an event whose evaluation fails is retried longer than a scheduled tick is, and delays no other event', async () => {
  const { seen, start } = run({
    waiting: ['order/1', 'order/2'],
    evaluate: (event, attempt) => (event === 'order/1' && attempt <= 4 ? new Error('The disk is full.') : null),
  })
  expect(await (await start()).result()).toMatchObject({ events: 2, lost: 0 })
  expect(seen.evaluated).toEqual(['order/2', 'order/1'])
})

it('an event that cannot be evaluated is given up in the end, and the owner is notified', async () => {
  const { seen, start } = run({
    waiting: ['order/1', 'order/2'],
    evaluate: (event) => (event === 'order/1' ? ApplicationFailure.nonRetryable('The event is broken.', 'broken') : null),
  })
  expect(await (await start()).result()).toMatchObject({ events: 1, lost: 1 })
  expect(seen).toMatchObject({ evaluated: ['order/2'], lost: ['order/1'] })
})
