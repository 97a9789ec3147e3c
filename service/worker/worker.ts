/** The worker process: polls the task queues, reloads rules when their files change, and starts the first ticks. */

import { ScheduleNotFoundError } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'

import { activitySignal } from '../../activities/base/activity-signal.js'
import type { ActivityDependencies } from '../../activities/base/dependencies.js'
import { countCall } from '../../activities/tick/count-calls.js'
import type { Settings } from '../../engine/account/account.js'
import { reportHealth } from '../../store/account/health.js'
import { installationId } from '../../store/base/installation.js'
import { MESSAGE_WAITS, REPEAT } from '../../temporal.config.js'
import { openClients } from '../clients/clients.js'
import { openProjectStore } from '../operations/project-store.js'
import type { Part } from '../process/child-process.js'
import { mediaFiles } from '../rules/media-files.js'
import { watchRules } from '../rules/rule-watch.js'
import { reloadRules, resumeRules, type RuleReload, type RulesContext } from '../rules/rules.js'
import type { ServiceSettings } from '../settings/settings.js'
import { connectClient, reach, registerSearchAttributes, type TetikClient } from '../temporal/connection.js'
import { isRunning } from '../temporal/is-workflow-running.js'
import { triggerWatch } from '../temporal/schedules.js'
import { workflowCode } from '../temporal/workflow-code.js'
import { startWatchdog } from './watchdog.js'
import { startWorkers, type Workers } from './workers.js'

/** The worker's reports to the process that runs it. */
export interface WorkerReports {
  /** A line about something that was done, with its numbers. */
  readonly announce: (line: string) => void
  /** The loaded rules changed, or the files have errors and nothing changed. */
  readonly rules: (reload: RuleReload) => void
  /** Something that a person should look at. */
  readonly warn: (line: string) => void
}

/** How long after a failure the rules are loaded again, milliseconds. */
const AGAIN = 10_000

/**
 * Starts the worker; resolves when it polls and the first ticks are triggered. If `tetik.yaml` has errors at the start, it polls only
 * once they are fixed: waiting workflows must not fail because their account or recipient is unknown.
 *
 * @throws TemporalUnavailableError, StoreError
 */
export async function startWorker(settings: ServiceSettings, reports: WorkerReports): Promise<Part> {
  installRuntime(reports)
  const store = await openProjectStore(settings)
  let active: Settings | null = null
  const nameOf = (id: string): string => active?.accounts.find((account) => account.id === id)?.name ?? id
  // Calls are aborted with their activity, when it is cancelled or the worker stops.
  const clients = openClients(settings, activitySignal, (id, call) => countCall(store, nameOf(id), call, Date.now()))
  const temporal = await connectClient(settings.temporal, await installationId(store))
  const connection = await reach(settings.temporal, () => NativeConnection.connect(settings.temporal.connectionOptions))
  const { namespace } = settings.temporal
  await registerSearchAttributes(temporal.connection, namespace)

  const context: RulesContext = { store, temporal, folder: settings.folder, now: Date.now }
  let workers: Workers | null = null
  let again: NodeJS.Timeout | undefined
  let broke: (error: Error) => void
  const ended = new Promise<Error>((resolve) => (broke = resolve))

  const poll = async (first: Settings): Promise<void> => {
    const dependencies: ActivityDependencies = {
      store,
      settings: () => active ?? first,
      meta: clients.meta,
      whatsapp: clients.whatsapp,
      webhooks: clients.webhooks,
      media: mediaFiles(settings.folder),
      variables: settings.variables,
      now: Date.now,
      announce: reports.announce,
      messageWaits: MESSAGE_WAITS,
      repeat: REPEAT,
      workflowIds: temporal.names.ids,
      isRunning: (id) => isRunning(temporal, id),
    }
    workers = await startWorkers({ connection, namespace, names: temporal.names, dependencies, code: workflowCode() })
    workers.done.catch((error: unknown) => broke(error instanceof Error ? error : new Error(String(error))))
    await triggerAll(temporal, first, reports)
  }
  const load = async (): Promise<void> => {
    try {
      const reload = await reloadRules(context)
      await reportHealth(store, 'rules', Date.now(), firstFault(reload))
      if (isNews(reload)) reports.rules(reload)
      if ((reload.schedules?.refused.length ?? 0) > 0) reports.warn(firstFault(reload) ?? '')
      if (reload.loaded !== null) active = reload.settings
      if (workers !== null && reload.loaded !== null && reload.settings !== null) {
        // New and changed rules are evaluated at once, not at the next tick.
        const { added, changed } = reload.loaded
        if (added.length + changed.length > 0) await triggerAll(temporal, reload.settings, reports)
      }
      if (workers !== null || reload.settings === null) return
      // Only the rule files have errors: the rules in the store stay active.
      if (reload.loaded === null) await resumeRules(context, reload.settings)
      active = reload.settings
      await poll(reload.settings)
    } catch (error) {
      reports.warn(`Could not load the rules: ${messageOf(error)} Retrying in ${AGAIN / 1_000} s.`)
      again = setTimeout(() => void load(), AGAIN)
    }
  }
  const files = watchRules(settings.folder, load, reports.warn)
  await files.ready
  const watchdog = await startWatchdog({ store, temporal, settings: () => active, now: Date.now, warn: reports.warn })
  return {
    ended,
    stop: async (wished = true) => {
      clearTimeout(again)
      await files.close()
      await watchdog.stop(wished)
      workers?.shutdown()
      await workers?.done.catch(() => undefined)
      await Promise.all([clients.close(), connection.close(), temporal.connection.close()])
      await store.close()
    },
  }
}

/** Returns why an account is not watched, or the first error that kept the files from being loaded; else null. */
function firstFault({ loaded, diagnostics, schedules }: RuleReload): string | null {
  const [refused] = schedules?.refused ?? []
  if (refused !== undefined) {
    return `${refused.account} is already watched by another installation on this Temporal namespace (schedule ${refused.watchedBy}), so this one does not act on it: stop the other one, delete its schedule, or use another namespace.`
  }
  if (loaded !== null) return null
  const fault = diagnostics.find(({ severity }) => severity === 'error')
  return fault === undefined ? null : `${fault.file}:${fault.line}: ${fault.message}`
}

/** Whether a reload changed something or found errors or warnings. */
function isNews({ loaded, launches, diagnostics }: RuleReload): boolean {
  const changes = [loaded, launches].map((set) => (set === null ? 0 : set.added.length + set.changed.length + set.removed.length))
  return loaded === null || diagnostics.length > 0 || changes.some((count) => count > 0)
}

/** Starts a tick now for every watched account, unless one is running. */
async function triggerAll(temporal: TetikClient, { accounts }: Settings, reports: WorkerReports): Promise<void> {
  const trigger = async ({ name }: Settings['accounts'][number]): Promise<void> => {
    try {
      await triggerWatch(temporal, name)
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return
      reports.warn(`The first tick of ${name} could not be started: ${messageOf(error)}`)
    }
  }
  await Promise.all(accounts.map(trigger))
}

/** Returns a log line with the first line of the error and the activity it happened in; Temporal has the whole error. */
function logLine(message: string, meta: Readonly<Record<string, unknown>>): string {
  const error = meta['error']
  const reason = error instanceof Error ? error.message.split('\n', 1)[0]! : null
  if (message === 'Activity failed' && reason !== null)
    return `${String(meta['activityType'])}, attempt ${String(meta['attempt'])}: ${reason}`
  return reason === null ? message : `${message}: ${reason}`
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Forwards warnings and errors of Temporal's log, and leaves signals to `runPart`. */
function installRuntime(reports: WorkerReports): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ message, meta }) => {
      // Only one of the task queues has workflows; the SDK warns about the others.
      if (message.startsWith('No workflows registered')) return
      reports.warn(logLine(message, meta ?? {}))
    }),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
  })
}
