/** The Temporal workers of one process, one for each task queue, on one connection. */

import { hostname } from 'node:os'

import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'

import {
  forecastActivities,
  mainActivities,
  metaMutationActivities,
  metaReadActivities,
  webhookActivities,
  whatsAppActivities,
} from '../../activities/activities.js'
import type { ActivityDependencies } from '../../activities/base/dependencies.js'
import { TASK_QUEUE_RATES, type TaskQueue, type TemporalNames } from '../../temporal.config.js'
import { openForecastPool } from '../forecast/forecast-pool.js'

export interface Workers {
  /** Resolves when all are done after `shutdown`; rejects if one of them fails. */
  readonly done: Promise<void>
  /** Takes no new work, and lets work in progress finish within the grace time. */
  shutdown(): void
}

export interface WorkersOptions {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly names: TemporalNames
  readonly dependencies: ActivityDependencies
  readonly code: Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'>
}

/** Shorter than the time that `tetik up` gives a worker to stop. */
const SHUTDOWN = { shutdownGraceTime: '20s', shutdownForceTime: '27s' } as const

/** Creates the workers; they are polling when it returns. */
export async function startWorkers({ connection, namespace, names, dependencies, code }: WorkersOptions): Promise<Workers> {
  const common = { connection, namespace, ...SHUTDOWN, identity: `tetik@${hostname()}#${process.pid}` }
  const queue = (name: TaskQueue): Pick<WorkerOptions, 'taskQueue' | 'maxTaskQueueActivitiesPerSecond'> => {
    const rate = TASK_QUEUE_RATES[name]
    return { taskQueue: names.queues[name], ...(rate === null ? {} : { maxTaskQueueActivitiesPerSecond: rate }) }
  }
  const pool = openForecastPool()
  const workers = await Promise.all([
    Worker.create({
      ...common,
      ...queue('main'),
      ...code,
      activities: { ...mainActivities(dependencies), ...webhookActivities(dependencies) },
    }),
    Worker.create({ ...common, ...queue('metaReads'), activities: { ...metaReadActivities(dependencies) } }),
    Worker.create({ ...common, ...queue('metaMutations'), activities: { ...metaMutationActivities(dependencies) } }),
    Worker.create({ ...common, ...queue('whatsapp'), activities: { ...whatsAppActivities(dependencies) } }),
    Worker.create({ ...common, ...queue('forecasts'), activities: { ...forecastActivities(dependencies, pool) } }),
  ])
  const shutdown = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  }
  const runs = workers.map((worker) => worker.run())
  const done = Promise.all(runs).then(
    () => pool.close(),
    async (error: unknown) => {
      // If one fails, all are stopped, and the process is restarted as a whole.
      shutdown()
      await Promise.allSettled([...runs, pool.close()])
      throw error
    },
  )
  return { done, shutdown }
}
