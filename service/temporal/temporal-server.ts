/** Starts a Temporal server of our own: for `tetik up` with its state on disk, for tests in memory. */

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { integrityFaults } from '../../store/base/integrity.js'
import { DEFAULT_NAMESPACE, SEARCH_ATTRIBUTES } from '../../temporal.config.js'
import { findTemporal, GO_PACKAGE } from './temporal-binary.js'
import { temporalServes } from './temporal-health.js'

export interface TemporalServerOptions {
  /** Program to run; by default the one on the PATH, else the cached one. */
  readonly program?: string
  /** By default any free port. */
  readonly port?: number
  /** Port of the web UI; null (the default) for none. */
  readonly uiPort?: number | null
  /** SQLite file with all its state; null (the default) keeps it in memory. */
  readonly databaseFile?: string | null
  readonly namespace?: string
  /** Receives what the server prints; by default only its last lines are kept, for the error. */
  readonly onOutput?: (text: string) => void
}

export interface TemporalServer {
  readonly pid: number
  readonly port: number
  /** `127.0.0.1:port` */
  readonly address: string
  readonly namespace: string
  readonly uiUrl: string | null
  /** Settles when the server has exited, for whatever reason. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** Asks it to stop, and after ten seconds makes it. */
  stop(): Promise<void>
}

/** There is no `temporal` program. */
export class TemporalNotFoundError extends Error {
  override readonly name = 'TemporalNotFoundError'

  constructor() {
    super(
      'No Temporal server was found: TEMPORAL_ADDRESS is not set, and there is no `temporal` on the PATH or in the cache.\n' +
        `Run \`npm start\`, which installs one; or \`go install ${GO_PACKAGE}\` with the result on the PATH;\n` +
        'or set TEMPORAL_ADDRESS to a server that runs.',
    )
  }
}

/** The server ended, or did not serve in time, while it was starting. */
export class TemporalServerError extends Error {
  override readonly name = 'TemporalServerError'
}

const START_LIMIT = 60_000
const STOP_LIMIT = 10_000
/** Characters of the beginning, which says why a server that fell over did, and of the end. */
const KEPT_OUTPUT = 2_000

/**
 * Starts the server and waits until it serves, its search attributes registered.
 * @throws TemporalNotFoundError, TemporalServerError (with the server's first and last words).
 */
export async function startTemporalServer(options: TemporalServerOptions = {}): Promise<TemporalServer> {
  try {
    return await startOnce(options)
  } catch (error) {
    // The server looks for free ports for its inner parts, as we do for its own, and anybody may take one before it does. Nobody
    // asked for this port, so that another is as good.
    if (options.port !== undefined || !(error instanceof TemporalServerError)) throw error
    return await startOnce(options)
  }
}

async function startOnce(options: TemporalServerOptions): Promise<TemporalServer> {
  const program = options.program ?? findTemporal()
  if (program === null) throw new TemporalNotFoundError()
  const port = options.port ?? (await freePort())
  const namespace = options.namespace ?? DEFAULT_NAMESPACE
  const uiPort = options.uiPort ?? null
  const databaseFile = options.databaseFile ?? null
  if (databaseFile !== null) mkdirSync(dirname(databaseFile), { recursive: true })

  const child = spawn(program, serverArguments({ port, uiPort, databaseFile, namespace }), {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  // Nothing that uses this function may leave a server behind.
  const killWithUs = (): boolean => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  let output = ''
  const hear = (text: string): void => {
    output = shortened(output + text)
    options.onOutput?.(text)
  }
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', (error) => {
      hear(error.message)
      resolve({ code: null, signal: null })
    })
    child.once('exit', (code, signal) => resolve({ code, signal }))
  }).finally(() => process.off('exit', killWithUs))

  await untilServing(child, exited, port, () => output).catch((error: unknown) => {
    throw (databaseFile === null ? null : damageOf(databaseFile)) ?? error
  })
  return {
    pid: child.pid ?? 0,
    port,
    address: `127.0.0.1:${port}`,
    namespace,
    uiUrl: uiPort === null ? null : `http://127.0.0.1:${uiPort}`,
    exited,
    stop: () => stop(child, exited),
  }
}

/** Why a server that could not start did not, where its file says so better than its log. */
function damageOf(file: string): TemporalServerError | null {
  let faults: readonly string[]
  try {
    faults = existsSync(file) ? integrityFaults(file) : []
  } catch (error) {
    faults = [(error as Error).message]
  }
  if (faults.length === 0) return null
  return new TemporalServerError(
    `Temporal's server cannot use ${file}, which is damaged: ${faults.join('; ')}\n` +
      'What was decided, changed and sent is in the store and is not affected; only workflows that were waiting are in this file.\n' +
      `To go on without them, move it away and start again: mv ${file} ${file}.damaged`,
  )
}

function serverArguments(server: {
  readonly port: number
  readonly uiPort: number | null
  readonly databaseFile: string | null
  readonly namespace: string
}): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(server.port), '--log-level', 'warn'],
    ...(server.uiPort === null ? ['--headless'] : ['--ui-port', String(server.uiPort)]),
    ...(server.databaseFile === null ? [] : ['--db-filename', server.databaseFile]),
    ...['--namespace', server.namespace],
    ...Object.values(SEARCH_ATTRIBUTES).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
  ]
}

async function untilServing(child: ChildProcess, exited: Promise<unknown>, port: number, output: () => string): Promise<void> {
  const began = performance.now()
  let gone = false
  void exited.then(() => (gone = true))
  // An exit that was not seen yet must not be taken for another server on the same port.
  while (!(await temporalServes(port)) || gone || child.exitCode !== null) {
    if (gone || child.exitCode !== null) throw new TemporalServerError(`Temporal's server ended at once. ${said(output())}`)
    if (performance.now() - began > START_LIMIT) {
      child.kill('SIGKILL')
      throw new TemporalServerError(`Temporal's server did not serve on port ${port} within a minute. ${said(output())}`)
    }
    await sleep(25)
  }
}

function shortened(output: string): string {
  if (output.length <= 2 * KEPT_OUTPUT) return output
  return `${output.slice(0, KEPT_OUTPUT).trimEnd()}\n…\n${output.slice(-KEPT_OUTPUT)}`
}

const said = (output: string): string => (output.trim() === '' ? 'It said nothing.' : `It said:\n${output.trim()}`)

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT)
  await exited
  clearTimeout(timer)
}

/** A port of 127.0.0.1 on which nothing listens now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
