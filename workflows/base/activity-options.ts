/**
 * How each kind of work is timed and tried again, in one place. The numbers follow from what is at stake: a reading may be
 * repeated at will, a change only because it sets an absolute value and reads first, a message never blindly.
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

/** Activities of another queue than the workflow's own; which one that is, only a running workflow knows. */
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
  // What happened must be written down, even if the disk is full for an hour.
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '500ms', maximumInterval: '1m' },
}

/** Our own store, on the workflow's own task queue. */
export const main = proxyActivities<MainActivities>(MAIN)

/** An evaluation that fails three times will fail again: the next tick is the next try. */
export const evaluation = proxyActivities<Pick<MainActivities, 'planTick' | 'evaluateRules'>>({
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumAttempts: 3 },
})

/**
 * The same for an event from outside: its sender was told that it was taken and sends it no second time, so there is no next
 * tick. What broke is mended within half a day, or the owner is told.
 */
export const eventEvaluation = proxyActivities<Pick<MainActivities, 'planEvents' | 'evaluateRules'>>({
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '12h',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
})

/** Good to have, and no tick waits long for it: the next tick looks again. */
export const lookingAround = proxyActivities<Pick<MainActivities, 'findAnomalies' | 'makeSuggestions'>>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '2s', maximumAttempts: 2 },
})

/** What is not there in time is unknown to this tick's rules, and the next one tries again. */
export const forecasting = on<ForecastActivities>('forecasts', {
  startToCloseTimeout: '3m',
  scheduleToCloseTimeout: '4m',
  // A worker that was killed in the middle is noticed by its silence.
  heartbeatTimeout: '12s',
  retry: { initialInterval: '1s', maximumAttempts: 2 },
})

/** Readings of a tick: tried for a few minutes, then the tick goes on without them and the next one tries again. */
export const reads = on<MetaReadActivities>('metaReads', {
  startToCloseTimeout: '3m',
  scheduleToCloseTimeout: '5m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '2s', maximumInterval: '1m', maximumAttempts: 4 },
})

/** A report is polled by an activity that fails until it is ready; its tries are no events of the history. */
export const reports = on<Pick<MetaReadActivities, 'storeInsightsReport'>>('metaReads', {
  startToCloseTimeout: '3m',
  scheduleToCloseTimeout: '30m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 1.5, maximumInterval: '30s' },
})

/** The fresh reading before a change: the change waits for it, but not for ever, since its reason grows old. */
export const preparation = on<Pick<MetaReadActivities, 'prepareStep' | 'prepareChange' | 'recheckApproval' | 'checkKept'>>(
  'metaReads',
  {
    // Where no tick came for a while, all of the account's structure is read as well.
    startToCloseTimeout: '4m',
    scheduleToCloseTimeout: '15m',
    heartbeatTimeout: '12s',
    retry: { initialInterval: '2s', maximumInterval: '1m' },
  },
)

/** Setting an absolute value; every try reads first. The first pause is longer than a late write takes to become visible. */
export const mutations = on<MetaMutationActivities>('metaMutations', {
  startToCloseTimeout: '4m',
  // A worker that was killed in the middle is noticed by its silence.
  heartbeatTimeout: '12s',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '3s', maximumInterval: '1m' },
})

/** Of a launch, our own store. */
export const launchStore = proxyActivities<LaunchStoreActivities>(MAIN)

/** Reading all that stands of a launch; what its first try may have made is waited for until it shows. */
export const launchReads = on<Omit<LaunchReadActivities, 'awaitLaunchVideo'>>('metaReads', {
  startToCloseTimeout: '10m',
  scheduleToCloseTimeout: '30m',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '2s', maximumInterval: '1m' },
})

/** Meta takes minutes for a long video; each look is one try, and no event of the history. */
export const launchVideos = on<Pick<LaunchReadActivities, 'awaitLaunchVideo'>>('metaReads', {
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '2h',
  retry: { initialInterval: '2s', backoffCoefficient: 1.5, maximumInterval: '30s' },
})

/** A large file over a slow line. What was sent of it is kept, and a next try goes on from there. */
export const launchUploads = on<Pick<LaunchMutationActivities, 'uploadLaunchMedia'>>('metaMutations', {
  startToCloseTimeout: '2h',
  scheduleToCloseTimeout: '6h',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '3s', maximumInterval: '1m' },
})

/** Making, changing and deleting: every try first finds out what an earlier one did. */
export const launchMutations = on<Omit<LaunchMutationActivities, 'uploadLaunchMedia'>>('metaMutations', {
  startToCloseTimeout: '4m',
  heartbeatTimeout: '12s',
  scheduleToCloseTimeout: '30m',
  retry: { initialInterval: '3s', maximumInterval: '1m' },
})

/** One try: whether to send again is decided in `sendMessage`, where everybody can see it. */
export const whatsapp = on<WhatsAppActivities>('whatsapp', {
  startToCloseTimeout: '2m',
  heartbeatTimeout: '12s',
  retry: { maximumAttempts: 1 },
  priority: { priorityKey: 1 },
})

/** An address of the user's own may be away for hours; what it refuses for good ends at once. */
export const webhooks = proxyActivities<WebhookActivities>({
  startToCloseTimeout: '1m',
  heartbeatTimeout: '12s',
  scheduleToCloseTimeout: '6h',
  retry: { initialInterval: '5s', maximumInterval: '10m' },
})
