/** `tetik up`: claims the project, checks the ports, runs the parts, and stops them on request. */

import { signInLink } from './api/access/session.js'
import { type LogTrouble, openLogs } from './process/logs.js'
import { outliveOutput } from './process/output.js'
import { freePortFrom, type TakenPort, takenPorts, type WantedPort } from './process/ports.js'
import { askInstance, claimInstance, type InstanceState } from './process/single-instance-lock.js'
import { type PartSpec, Supervisor, type SupervisorEvent } from './process/supervisor.js'
import { apiToken } from './settings/api-token.js'
import { keepStatePrivate } from './settings/private-state.js'
import { loadServiceSettings, type ServiceSettings, SettingsError } from './settings/settings.js'
import { findTemporal } from './temporal/temporal-binary.js'
import { TemporalNotFoundError } from './temporal/temporal-server.js'

export type UpEvent =
  | SupervisorEvent
  | LogTrouble
  | { readonly kind: 'up'; readonly seconds: number; readonly links: Links; readonly sandbox: boolean; readonly logs: string }
  | { readonly kind: 'already'; readonly state: InstanceState }
  | { readonly kind: 'ports'; readonly taken: readonly TakenPort[]; readonly example: string }
  | { readonly kind: 'broken'; readonly message: string }
  /** Lines that could not be written to standard output are missing before this one. */
  | { readonly kind: 'output-back'; readonly lost: number; readonly code: string }
  | { readonly kind: 'told'; readonly forced: boolean }
  | { readonly kind: 'down'; readonly seconds: number }

/** Addresses for people: `panel` signs the browser in. */
interface Links {
  readonly panel: string
  readonly temporal?: string
  readonly sandbox?: string
}

export interface UpOptions {
  /** The command's own script: parts are started as `<script> worker` and so on. */
  readonly script: string
  readonly tell: (event: UpEvent) => void
  /** When the user started the command, epoch milliseconds. */
  readonly beganAt?: number
}

/** The terminal and npm often both send a signal for one Ctrl-C; within this time, milliseconds, they count as one. */
const SAME_SIGNAL = 1_000
/** Milliseconds. The worker may be making a change at Meta, whose outcome it should record. */
const STOP_LIMITS = { worker: 30_000, api: 10_000, sandbox: 5_000, temporal: 15_000 }
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs until it is stopped.
 * @returns the exit status: 0 for a requested stop, or if it is already running; 1 for a fault; 2 for invalid settings or ports in use; 130 if forced
 */
export async function runUp({ script, tell, beganAt = Date.now() - process.uptime() * 1_000 }: UpOptions): Promise<number> {
  // With a full disk or a closed terminal, output is lost, but the parts keep running and are stopped in order.
  outliveOutput()
  let settings: ServiceSettings
  try {
    settings = loadServiceSettings()
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    tell({ kind: 'broken', message: error.message })
    return 2
  }
  const links = linksOf(settings)
  const startedAt = new Date().toISOString()
  let ready = false
  let supervisor: Supervisor | null = null
  const describe = (): InstanceState => ({
    // A new panel link each time, since a link is valid for an hour.
    ...{ pid: process.pid, startedAt, ready, links: { ...linksOf(settings) } },
    parts: supervisor?.parts ?? [],
  })
  const instance = await claimInstance(settings.stateFolder, describe)
  if (instance === null) return alreadyRuns(settings, tell)

  try {
    const refusal = await refuse(settings)
    if (refusal !== null) {
      tell(refusal)
      return 2
    }
    keepStatePrivate(settings.stateFolder)
    const logs = openLogs(settings.stateFolder, tell)
    supervisor = new Supervisor(partsOf(settings, script), (event) => {
      logs.write(event)
      tell(event)
    })
    const stopRequested = untilStopRequested(supervisor, tell)
    const broke = supervisor.start().then(
      () => {
        ready = true
        const seconds = (Date.now() - beganAt) / 1_000
        tell({ kind: 'up', seconds, links, sandbox: settings.sandbox.enabled, logs: logs.folder })
        return stopRequested
      },
      (error: Error) => error,
    )
    const fault = await Promise.race([stopRequested, broke])
    const stoppingAt = Date.now()
    await supervisor.stop()
    await logs.close()
    if (fault === undefined) {
      tell({ kind: 'down', seconds: (Date.now() - stoppingAt) / 1_000 })
      return 0
    }
    tell({ kind: 'broken', message: fault.message })
    return 1
  } finally {
    instance.close()
  }
}

async function alreadyRuns(settings: ServiceSettings, tell: UpOptions['tell']): Promise<number> {
  const state = await askInstance(settings.stateFolder)
  if (state === null) {
    tell({ kind: 'broken', message: 'Another `tetik up` of this project is starting or stopping; try again in a moment.' })
    return 1
  }
  tell({ kind: 'already', state })
  return 0
}

/** Checks before the start. @returns why it cannot start, or null */
async function refuse(settings: ServiceSettings): Promise<UpEvent | null> {
  if (!settings.temporal.external && findTemporal() === null) {
    return { kind: 'broken', message: new TemporalNotFoundError().message }
  }
  const taken = await takenPorts(wantedPorts(settings))
  return taken.length === 0 ? null : { kind: 'ports', taken, example: await exampleOf(taken, settings) }
}

export function wantedPorts(settings: ServiceSettings): WantedPort[] {
  return [
    { port: settings.port, purpose: 'API and panel', variable: 'TETIK_PORT' },
    ...(settings.sandbox.enabled ? [{ port: settings.sandbox.port, purpose: 'sandbox', variable: 'TETIK_SANDBOX_PORT' }] : []),
    ...(settings.temporal.external
      ? []
      : [
          { port: settings.temporal.port, purpose: 'Temporal', variable: 'TETIK_TEMPORAL_PORT' },
          ...(settings.temporal.uiPort === null
            ? []
            : [{ port: settings.temporal.uiPort, purpose: 'Temporal’s web UI', variable: 'TETIK_TEMPORAL_UI_PORT' }]),
        ]),
  ]
}

/** Returns `TETIK_PORT=7080 TETIK_SANDBOX_PORT=7081`, with free ports in place of those in use. */
async function exampleOf(taken: readonly TakenPort[], settings: ServiceSettings): Promise<string> {
  const used = new Set(wantedPorts(settings).map(({ port }) => port))
  const words: string[] = []
  for (const { variable, port } of taken) {
    const free = await freePortFrom(port + 10, used)
    used.add(free)
    words.push(`${variable}=${free}`)
  }
  return words.join(' ')
}

function partsOf(settings: ServiceSettings, script: string): PartSpec[] {
  const ownTemporal = !settings.temporal.external
  const part = (name: keyof typeof STOP_LIMITS, after: readonly string[]): PartSpec => {
    return { name, script, arguments: [name], folder: settings.folder, after, stopLimit: STOP_LIMITS[name] }
  }
  // Parts are stopped in reverse order, so that the worker finishes while everything it needs is still running.
  return [
    ...(ownTemporal ? [part('temporal', [])] : []),
    ...(settings.sandbox.enabled ? [part('sandbox', [])] : []),
    part('api', ownTemporal ? ['temporal'] : []),
    part('worker', [...(ownTemporal ? ['temporal'] : []), ...(settings.sandbox.enabled ? ['sandbox'] : [])]),
  ]
}

function linksOf(settings: ServiceSettings): Links {
  const { uiUrl, namespace } = settings.temporal
  return {
    panel: signInLink(settings.apiUrl, apiToken(settings), Date.now()),
    ...(uiUrl === null ? {} : { temporal: `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows` }),
    ...(settings.sandbox.enabled ? { sandbox: `${settings.sandbox.url}/` } : {}),
  }
}

/** Resolves at the first signal; a second one, more than a second later, kills everything at once. */
async function untilStopRequested(supervisor: Supervisor, tell: UpOptions['tell']): Promise<undefined> {
  return new Promise((resolve) => {
    let first: number | null = null
    const hear = (): void => {
      if (first === null) {
        first = performance.now()
        tell({ kind: 'told', forced: false })
        resolve(undefined)
      } else if (performance.now() - first > SAME_SIGNAL) {
        tell({ kind: 'told', forced: true })
        supervisor.kill()
        process.exit(130)
      }
    }
    for (const signal of SIGNALS) process.on(signal, hear)
  })
}
