import { WorkflowFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Activities } from '../../activities/contracts.js'
import type { LaunchStep, PlannedLaunch, PreparedPublish } from '../../activities/launch/contract.js'
import { temporalNames } from '../../temporal.config.js'
import { openWorkflowRoom, type WorkflowRoom } from '../../test/support/workflow-room.js'
import { launch } from './launch.js'

const NAMES = [
  'planLaunch',
  'uploadLaunchMedia',
  'awaitLaunchVideo',
  'createLaunchObject',
  'updateLaunchObject',
  'preparePublish',
  'prepareRepause',
  'planRollback',
  'rollBackLaunchObject',
  'settleLaunch',
  'composeLaunchNotice',
  'applyMutation',
  'settleMutation',
] as const satisfies (keyof Activities)[]

let room: WorkflowRoom
beforeAll(async () => {
  room = await openWorkflowRoom(NAMES)
})
afterAll(() => room?.stop())

const step = (key: string, kind: LaunchStep['kind'], action: LaunchStep['action'] = 'create'): LaunchStep => ({
  key,
  kind,
  action,
  title: `${action} ${key}`,
})
const ALL = [
  step('video/a.mp4', 'video'),
  step('campaign', 'campaign'),
  step('adset/women', 'adset', 'update'),
  step('ad/a', 'ad'),
]
const PUBLISH: PreparedPublish = {
  kind: 'publish',
  changes: ['ad/a', 'campaign'].map((key) => ({ mutation: `p/${key}`, summary: `activate ${key}` })),
}

interface Given {
  readonly planned?: PlannedLaunch
  readonly publishes?: number
  readonly rollback?: boolean
  readonly prepared?: PreparedPublish
  /** The call that fails, by the line that it would log. */
  readonly fails?: string
  readonly alsoFails?: string
  /** The outcome in the ledger of a change that fails. */
  readonly outcome?: 'refused' | 'superseded'
  readonly type?: string
}

async function run({
  planned,
  publishes = 0,
  rollback = false,
  prepared = PUBLISH,
  fails,
  alsoFails,
  outcome = 'refused',
  type = 'invalid-request',
}: Given) {
  const log: string[] = []
  const did = <T>(line: string, answer: T): Promise<T> => {
    if (line === fails || line === alsoFails) throw ApplicationFailure.nonRetryable('Meta said no', type)
    log.push(line)
    return Promise.resolve(answer)
  }
  room.give({
    planLaunch: () =>
      Promise.resolve(planned ?? { kind: 'plan', title: 'summer', steps: ALL, publishes, rollback, isPlanOnly: false }),
    uploadLaunchMedia: ({ key }) => did(`upload ${key}`, { id: '1', outcome: 'created' }),
    awaitLaunchVideo: ({ key }) => did(`await ${key}`, undefined),
    createLaunchObject: ({ key }) => did(`create ${key}`, { id: '2', outcome: 'created' }),
    updateLaunchObject: ({ key }) => did(`update ${key}`, { id: '3', outcome: 'changed' }),
    preparePublish: () => did('prepare', prepared),
    applyMutation: ({ mutation }) => did(mutation, { outcome: 'confirmed', before: 'PAUSED', target: 'ACTIVE' }),
    settleMutation: () => Promise.resolve({ outcome }),
    prepareRepause: () => {
      const changes = log.includes('p/ad/a') ? [{ mutation: 'p/ad/a/back', summary: 'pause ad/a' }] : []
      return did('repause', { changes })
    },
    planRollback: () => Promise.resolve({ keys: ['ad/a', 'campaign'] }),
    rollBackLaunchObject: ({ key }) => did(`delete ${key}`, { outcome: 'deleted' }),
    settleLaunch: ({ end, note }) => did(`${end}: ${note}`, undefined),
    composeLaunchNotice: ({ end, left }) => did(`tell ${end} ${left}`, { send: null, note: '' }),
  })
  const handle = await room.client.workflow.start(launch, {
    workflowId: `launch:${Math.random().toString(36).slice(2)}`,
    taskQueue: temporalNames('').queues.main,
    args: [{ account: 'a', launch: 'summer', run: 'r' }],
  })
  const result = await handle.result().catch((error: unknown) => {
    if (error instanceof WorkflowFailedError && error.cause instanceof ApplicationFailure) return error.cause
    throw error
  })
  return { result, log }
}

const MADE = ['upload video/a.mp4', 'await video/a.mp4', 'create campaign', 'update adset/women', 'create ad/a']

describe('a launch', () => {
  it('creates the objects of the plan in its order, and sets nothing active that is to stay paused', async () => {
    const { result, log } = await run({})
    expect(log).toEqual([...MADE, 'done: 2 made, 1 changed.'])
    expect(result).toEqual({ end: 'done', note: '2 made, 1 changed.' })
  })

  it('sets its objects active once all of them exist, in the prepared order', async () => {
    const { log } = await run({ publishes: 2 })
    expect(log).toEqual([...MADE, 'prepare', 'p/ad/a', 'p/campaign', 'done: 2 made, 1 changed, 2 set active.'])
  })

  it('creates nothing more after a failure, leaves everything paused, and notifies the owner', async () => {
    const { result, log } = await run({ publishes: 2, fails: 'create ad/a' })
    expect(log).toEqual([...MADE.slice(0, 4), 'repause', 'failed: Meta said no. 1 made, 1 changed.', 'tell failed paused'])
    expect(result).toMatchObject({ type: 'LaunchFailed' })
  })

  it('pauses what it has already set active if it cannot set all of it active', async () => {
    const { log } = await run({ publishes: 2, fails: 'p/campaign' })
    expect(log.slice(5, 9)).toEqual(['prepare', 'p/ad/a', 'repause', 'p/ad/a/back'])
    expect(log.slice(9)).toEqual(['failed: activate campaign: Meta said no. 2 made, 1 changed.', 'tell failed paused'])
  })

  it('reports if it cannot be sure that everything is paused', async () => {
    const { log } = await run({ publishes: 2, fails: 'repause', prepared: { kind: 'refused', note: 'Frozen.', reason: null } })
    expect(log.slice(-2)).toEqual([
      'refused: Frozen. 2 made, 1 changed. Something may be active that should be paused: Meta said no.',
      'tell refused unsure',
    ])
  })

  it('says which object could not be paused again, and why', async () => {
    const { log } = await run({ publishes: 2, fails: 'p/campaign', alsoFails: 'p/ad/a/back' })
    expect(log.slice(-2)).toEqual([
      'failed: activate campaign: Meta said no. 2 made, 1 changed, 1 set active. Something may be active that should be paused: pause ad/a: Meta said no.',
      'tell failed unsure',
    ])
  })

  it('leaves an object alone that a later change set, and does not report it as possibly active', async () => {
    const { log } = await run({ publishes: 2, fails: 'p/campaign', alsoFails: 'p/ad/a/back', outcome: 'superseded' })
    expect(log.slice(-2)).toEqual([
      'failed: activate campaign: Meta said no. 2 made, 1 changed, 1 set active. Not paused again, because it was changed since: pause ad/a: Meta said no.',
      'tell failed changed-since',
    ])
  })

  it('deletes what it created, the last object first, if the run asks for a rollback', async () => {
    const { log } = await run({ publishes: 2, rollback: true, prepared: { kind: 'refused', note: 'Frozen.', reason: null } })
    expect(log.slice(6)).toEqual([
      'repause',
      'delete ad/a',
      'delete campaign',
      'rolled-back: Frozen. 2 made, 1 changed. 2 deleted again.',
      'tell rolled-back nothing',
    ])
  })

  it('deletes the rest if one object cannot be deleted, and names that object', async () => {
    const { log } = await run({
      rollback: true,
      fails: 'delete ad/a',
      publishes: 2,
      prepared: { stopped: 'Stopped' },
    })
    expect(log.slice(-2)).toEqual([
      'stopped: Stopped. 2 made, 1 changed. 1 deleted again. ad/a could not be deleted: Meta said no.',
      'tell stopped paused',
    ])
  })

  it('that a person started sends no message if it is refused before anything is created', async () => {
    const { result, log } = await run({ planned: { kind: 'refused', note: 'Above the ceiling.', reason: null } })
    expect(log).toEqual(['refused: Above the ceiling.'])
    expect(result).toMatchObject({ end: 'refused' })
  })

  it('creates nothing if the run only plans', async () => {
    const planned: PlannedLaunch = { kind: 'plan', title: 'summer', steps: ALL, publishes: 2, rollback: false, isPlanOnly: true }
    const { result, log } = await run({ planned })
    expect([result, log]).toEqual([{ end: 'planned', note: 'summer' }, ['done: summer']])
  })

  it('ends as stopped if the rules are stopped in the middle', async () => {
    const { result } = await run({ fails: 'create ad/a', type: 'stopped' })
    expect(result).toMatchObject({ end: 'stopped' })
  })
})
