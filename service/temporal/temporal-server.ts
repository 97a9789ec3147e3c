/** Starts Temporal's development server: with its state on disk for `tetik up`, in memory for tests. */

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
  /** The program to run; by default the one on the PATH, else the cached one. */
  readonly program?: string
  /** Any free port by default. */
  readonly port?: number
  /** Port of the web UI; null (the default) for none. */
  readonly uiPort?: number | null
  /** SQLite file for its state; null (the default) keeps it in memory. */
  readonly databaseFile?: string | null
  readonly namespace?: string
  /** Called with the server's output, the start and end of which are also kept for errors. */
  readonly onOutput?: (text: string) => void
}

export interface TemporalServer {
  readonly pid: number
  readonly port: number
  /** `127.0.0.1:port` */
  readonly address: string
  readonly namespace: string
  readonly uiUrl: string | null
  /** Resolves when the server has exited, for whatever reason. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** Stops it, and kills it after ten seconds. */
  stop(): Promise<void>
}

/** There is no `temporal` program. */
export class TemporalNotFoundError extends Error {
  override readonly name = 'TemporalNotFoundError'

  constructor() {
    super(
      'No Temporal server was found: TEMPORAL_ADDRESS is not set, and there is no `temporal` on the PATH or in the cache.\n' +
        `Run \`npm start\`, which installs one; or \`go install ${GO_PACKAGE}\` with the result on the PATH;\n` +
        'or set TEMPORAL_ADDRESS to a running server.',
    )
  }
}

/** The server ended while it was starting, or did not serve in time. */
export class TemporalServerError extends Error {
  override readonly name = 'TemporalServerError'
}

const START_LIMIT = 60_000
const STOP_LIMIT = 10_000
/** Characters of output kept from the start, where the cause of a crash is, and from the end. */
const KEPT_OUTPUT = 2_000

/**
 * Starts the server and waits until it is serving, with its search attributes registered.
 * @throws TemporalNotFoundError, TemporalServerError (with the first and last of the server's output)
 */
export async function startTemporalServer(options: TemporalServerOptions = {}): Promise<TemporalServer> {
  try {
    return await startOnce(options)
  } catch (error) {
    // Another process may have taken a port between the search for a free one and its use. If the caller did not choose the port,
    // another one will do.
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
  // The server must not outlive this process.
  const killWithUs = (): boolean => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  let output = ''
  const onOutput = (text: string): void => {
    output = shortened(output + text)
    options.onOutput?.(text)
  }
  child.stdout.setEncoding('utf8').on('data', onOutput)
  child.stderr.setEncoding('utf8').on('data', onOutput)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', (error) => {
      onOutput(error.message)
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

/** Returns an error about the server's file if it is damaged, which explains a failed start better than the log. */
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
      'Decisions, changes and messages are in the store and are not affected; this file only has waiting workflows.\n' +
      `To continue without them, move it away and start again: mv ${file} ${file}.damaged`,
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
  // If this server has already exited, a server that answers on the port is another one.
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

const said = (output: string): string => (output.trim() === '' ? 'It printed nothing.' : `It printed:\n${output.trim()}`)

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT)
  await exited
  clearTimeout(timer)
}

/** Returns a port of 127.0.0.1 that is free now. */
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
