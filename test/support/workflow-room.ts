/** Workflows on a real Temporal server with activities from the test, for cases that real activities produce too rarely. */

import { fileURLToPath } from 'node:url'

import { Connection } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'

import type { Activities } from '../../activities/contracts.js'
import { TetikClient } from '../../service/temporal/connection.js'
import { startTemporalServer } from '../../service/temporal/temporal-server.js'
import { temporalNames } from '../../temporal.config.js'

/** The activities of a run; all others return nothing. */
export type GivenActivities = Partial<Activities>

export interface WorkflowRoom {
  readonly client: TetikClient
  /** Sets the activities until the next call. */
  give(activities: GivenActivities): void
  stop(): Promise<void>
}

const logger = new DefaultLogger('ERROR')

/** Logs only errors. Call once per process, before the worker is used. */
export const beQuiet = (): void =>
  void Runtime.install({
    logger,
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
  })

export const bundleWorkflows = () =>
  bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('../../workflows/bundle.ts', import.meta.url)), logger })

/** @param identity of worker and client, in the histories; by default process and host */
export async function openWorkflowRoom(names: readonly (keyof Activities)[], identity?: string): Promise<WorkflowRoom> {
  beQuiet()
  const [server, workflowBundle] = await Promise.all([startTemporalServer(), bundleWorkflows()])
  const [connection, native] = await Promise.all([
    Connection.connect({ address: server.address }),
    NativeConnection.connect({ address: server.address }),
  ])
  let given: GivenActivities = {}
  const activities = Object.fromEntries(
    names.map((name) => [
      name,
      async (input: never) => {
        const activity = given[name] as ((input: never) => Promise<unknown>) | undefined
        return await activity?.(input)
      },
    ]),
  )
  const who = identity === undefined ? {} : { identity }
  const common = { connection: native, namespace: server.namespace, activities, ...who }
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue: temporalNames('').queues.main, workflowBundle }),
    ...[
      temporalNames('').queues.metaReads,
      temporalNames('').queues.metaMutations,
      temporalNames('').queues.whatsapp,
      temporalNames('').queues.forecasts,
    ].map((taskQueue) => Worker.create({ ...common, taskQueue })),
  ])
  const runs = workers.map((worker) => worker.run())
  return {
    client: new TetikClient({ connection, namespace: server.namespace, ...who }, ''),
    give: (next) => void (given = next),
    stop: async () => {
      for (const worker of workers) worker.shutdown()
      await Promise.all(runs)
      await native.close()
      await connection.close()
      await server.stop()
    },
  }
}
