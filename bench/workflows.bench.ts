/** Carry-outs per second compared with empty workflows, on the same server and worker, with activities that return at once. */

import { fileURLToPath } from 'node:url'

import { Client, Connection } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker'

import type { Activities } from '../activities/contracts.js'
import { startTemporalServer } from '../service/temporal/temporal-server.js'
import { temporalNames } from '../temporal.config.js'
import { beQuiet } from '../test/support/workflow-room.js'
import { WORKFLOW_TYPES } from '../workflows/base/contracts.js'
import { type Benchmark, median, timed } from './measure.js'

const RUNS = 200
const AT_ONCE = 40
const ROUNDS = 3

/** The four activities of a rule that pauses. */
const ANSWERS: Partial<Activities> = {
  openCarryOut: () =>
    Promise.resolve({
      steps: [{ kind: 'change', action: 'pause', title: 'pause' }],
      onStop: 'leave',
      asks: false,
      trace: '| cpa | 412 |',
      stopped: null,
    }),
  prepareStep: () => Promise.resolve({ kind: 'change', summary: 'pause', done: 'paused' }),
  applyMutation: () => Promise.resolve({ outcome: 'confirmed', before: 'ACTIVE', target: 'PAUSED' }),
  recordProgress: () => Promise.resolve({ notice: null }),
}

export const benchmark: Benchmark = {
  description: `${RUNS} carry-outs of one change each, ${AT_ONCE} at once, compared with as many empty workflows on the same server`,
  run: async () => {
    beQuiet()
    const workflowsPath = fileURLToPath(new URL('./empty-workflow.ts', import.meta.url))
    const [server, workflowBundle] = await Promise.all([
      startTemporalServer(),
      bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') }),
    ])
    const [connection, native] = await Promise.all([
      Connection.connect({ address: server.address }),
      NativeConnection.connect({ address: server.address }),
    ])
    const common = { connection: native, namespace: server.namespace, activities: { ...ANSWERS } }
    const workers = await Promise.all([
      Worker.create({ ...common, taskQueue: temporalNames('').queues.main, workflowBundle }),
      Worker.create({ ...common, taskQueue: temporalNames('').queues.metaReads }),
      Worker.create({ ...common, taskQueue: temporalNames('').queues.metaMutations }),
    ])
    const running = workers.map((worker) => worker.run())
    const client = new Client({ connection, namespace: server.namespace })
    let started = 0
    const execute = (type: string, args: unknown[]): Promise<unknown> =>
      client.workflow.execute(type, { workflowId: `bench-${(started += 1)}`, taskQueue: temporalNames('').queues.main, args })
    const carryOut = { account: 'moda-tr', decision: 'd1', rule: 'pause-expensive', entity: 'Kış' }
    const [ours, empty]: [number[], number[]] = [[], []]
    await inParallel(AT_ONCE, AT_ONCE, () => execute('empty', []))
    for (let round = 0; round < ROUNDS; round += 1) {
      empty.push(await timed(() => inParallel(RUNS, AT_ONCE, () => execute('empty', []))))
      ours.push(await timed(() => inParallel(RUNS, AT_ONCE, () => execute(WORKFLOW_TYPES.carryOut, [carryOut]))))
    }
    for (const worker of workers) worker.shutdown()
    await Promise.all(running)
    await native.close()
    await connection.close()
    await server.stop()
    const perSecond = (milliseconds: readonly number[]): number => (RUNS * 1_000) / median(milliseconds)
    return [
      { name: 'carry-outs of one change', value: perSecond(ours), unit: 'per second' },
      { name: 'empty workflows', value: perSecond(empty), unit: 'per second' },
      { name: 'carry-outs', value: perSecond(ours) / perSecond(empty), unit: 'of empty workflows' },
    ]
  },
}

/** Does the work `count` times, at most `most` at once. */
async function inParallel(count: number, most: number, work: () => Promise<unknown>): Promise<void> {
  let left = count
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: Math.min(count, most) }, lane))
}
