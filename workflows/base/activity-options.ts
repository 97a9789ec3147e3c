/**
 * Timeouts and retries of every activity. They follow from what is at stake: a reading can be repeated freely; a change only
 * because it sets an absolute value and reads first; a message is never repeated blindly.
 */

import { type ActivityOptions, proxyActivities, workflowInfo } from '@temporalio/workflow'

import type {
  ForecastActivities,
  MainActivities,
  MetaMutationActivities,
  MetaReadActivities,
  WebhookActivities,
  WhatsAppActivities,
} from '../../activities/contracts.js'
import type { LaunchMutationActivities, LaunchReadActivities, LaunchStoreActivities } from '../../activities/launch/contract.js'
import { namesOfQueue, type TaskQueue } from '../../temporal.config.js'

/** Activities on a task queue other than the workflow's. The queue's name is derived from the running workflow's own queue. */
function on<A>(queue: TaskQueue, options: ActivityOptions): ReturnType<typeof proxyActivities<A>> {
  type Activities = ReturnType<typeof proxyActivities<A>>
  return new Proxy({} as Activities & object, {
    get: (_, name) => {
      const taskQueue = namesOfQueue(workflowInfo().taskQueue).queues[queue]
      return proxyActivities<A>({ ...options, taskQueue })[name as keyof Activities]
    },
  })
}

const MAIN: ActivityOptions = {
  startToCloseTimeout: '30s',
  // What happened must be recorded, even if the disk is full for an hour.
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '500ms', maximumInterval: '1m' },
}

/** Reads and writes the store, on the workflow's own task queue. */
export const main = proxyActivities<MainActivities>(MAIN)

/** An evaluation that failed three times would fail again; the next tick is the next try. */
export const evaluation = proxyActivities<Pick<MainActivities, 'planTick' | 'evaluateRules'>>({
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumAttempts: 3 },
})

/**
 * The same for an event from outside. Its sender got a 2xx and will not send it again, so there is no next tick. It is retried
 * for half a day, then the owner is notified.
 */
export const eventEvaluation = proxyActivities<Pick<MainActivities, 'planEvents' | 'evaluateRules'>>({
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '12h',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
})

/** Optional work: it is given up early, because the next tick looks again. */
export const analysis = proxyActivities<Pick<MainActivities, 'findAnomalies' | 'makeSuggestions'>>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '2s', maximumAttempts: 2 },
})

/** A forecast that is late is unknown to this tick's rules; the next tick tries again. */
export const forecasting = on<ForecastActivities>('forecasts', {
  startToCloseTimeout: '3m',
  scheduleToCloseTimeout: '4m',
  // Missing heartbeats reveal a worker that was killed.
  heartbeatTimeout: '12s',
  retry: { initialInterval: '1s', maximumAttempts: 2 },
})

/** A tick's readings from Meta: retried for a few minutes, then the tick continues without them and the next one tries again. */
export const reads = on<MetaReadActivities>('metaReads', {
  startToCloseTimeout: '3m',
  scheduleToCloseTimeout: '5m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '2s', maximumInterval: '1m', maximumAttempts: 4 },
})

/** Polls a report: the activity fails until the report is ready, because retries add no events to the history. */
export const reports = on<Pick<MetaReadActivities, 'storeInsightsReport'>>('metaReads', {
  startToCloseTimeout: '3m',
  scheduleToCloseTimeout: '30m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 1.5, maximumInterval: '30s' },
})

/** The fresh reading before a change. The change waits for it, but not forever: its reason would be out of date. */
export const preparation = on<Pick<MetaReadActivities, 'prepareStep' | 'prepareChange' | 'recheckApproval' | 'checkKept'>>(
  'metaReads',
  {
    // If there was no tick for a while, it reads all of the account's structure as well.
    startToCloseTimeout: '4m',
    scheduleToCloseTimeout: '15m',
    heartbeatTimeout: '12s',
    retry: { initialInterval: '2s', maximumInterval: '1m' },
  },
)

/** Sets an absolute value; every try reads first. The first retry waits longer than a late write takes to become visible. */
export const mutations = on<MetaMutationActivities>('metaMutations', {
  startToCloseTimeout: '4m',
  // Missing heartbeats reveal a worker that was killed.
  heartbeatTimeout: '12s',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '3s', maximumInterval: '1m' },
})

/** Reads and writes a launch in the store. */
export const launchStore = proxyActivities<LaunchStoreActivities>(MAIN)

/** Reads all existing objects of a launch, and waits until what an earlier try may have created becomes visible. */
export const launchReads = on<Omit<LaunchReadActivities, 'awaitLaunchVideo'>>('metaReads', {
  startToCloseTimeout: '10m',
  scheduleToCloseTimeout: '30m',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '2s', maximumInterval: '1m' },
})

/** Meta takes minutes to process a long video; each poll is a retry, which adds no event to the history. */
export const launchVideos = on<Pick<LaunchReadActivities, 'awaitLaunchVideo'>>('metaReads', {
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '2h',
  retry: { initialInterval: '2s', backoffCoefficient: 1.5, maximumInterval: '30s' },
})

/** Uploads a file, which may be large and the line slow. A retry continues after the part that was already sent. */
export const launchUploads = on<Pick<LaunchMutationActivities, 'uploadLaunchMedia'>>('metaMutations', {
  startToCloseTimeout: '2h',
  scheduleToCloseTimeout: '6h',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '3s', maximumInterval: '1m' },
})

/** Creates, changes and deletes; every try first finds out what an earlier one did. */
export const launchMutations = on<Omit<LaunchMutationActivities, 'uploadLaunchMedia'>>('metaMutations', {
  startToCloseTimeout: '4m',
  heartbeatTimeout: '12s',
  scheduleToCloseTimeout: '30m',
  retry: { initialInterval: '3s', maximumInterval: '1m' },
})

/** A single try: `sendMessage` decides whether to send again, so that the workflow's history shows it. */
export const whatsapp = on<WhatsAppActivities>('whatsapp', {
  startToCloseTimeout: '2m',
  heartbeatTimeout: '12s',
  retry: { maximumAttempts: 1 },
  priority: { priorityKey: 1 },
})

/** The user's own server may be down for hours. A permanent refusal is not retried. */
export const webhooks = proxyActivities<WebhookActivities>({
  startToCloseTimeout: '1m',
  heartbeatTimeout: '12s',
  scheduleToCloseTimeout: '6h',
  retry: { initialInterval: '5s', maximumInterval: '10m' },
})
