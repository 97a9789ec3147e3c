/**
 * Runs one process of tetik (worker, API, sandbox, Temporal's server): starts it, reports that it is ready, and stops it cleanly on a
 * signal or when the `tetik up` that started it is gone.
 */

import { outliveOutput } from './output.js'

export interface Part {
  /**
   * Stops cleanly: finishes work in progress and closes what is open.
   *
   * @param wished true if the stop was requested, false if the process broke or `tetik up` is gone
   */
  stop(wished?: boolean): Promise<void>
  /** Resolves if the part ends by itself, which is always a fault. Absent if that cannot happen. */
  readonly ended?: Promise<Error>
}

/** A part's message to `tetik up`, over the IPC channel. */
export interface PartMessage {
  readonly part: string
  readonly state: 'ready'
  /** The process that does the work, if it is another one. */
  readonly pid: number
}

/** `tetik up` sends a ping at intervals; a part whose event loop runs answers at once. */
export const PING = 'ping'
export const PONG = 'pong'

/** How long stopping may take before the process exits anyway, milliseconds; longer than `tetik up` waits. */
const STOP_LIMIT = 60_000

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a part until it is stopped, and ends the process: status 0 for a requested stop, 1 if it could not start or broke.
 * @param name `worker`, `api`, `sandbox` or `temporal`.
 * @param start Starts it; resolves when it does its work.
 */
export async function runPart(name: string, start: () => Promise<Part & { readonly pid?: number }>): Promise<void> {
  outliveOutput()
  const stopRequested = untilStopRequested()
  let started = false
  // While it starts, which may take long, there is no work in progress: exit at once.
  void stopRequested.then(() => started || process.exit(0))
  // Databases, logs and the token are readable only by their owner.
  process.umask(0o077)
  let part: Part & { readonly pid?: number }
  try {
    part = await start()
  } catch (error) {
    process.stderr.write(`tetik ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
  started = true
  process.on('message', (message) => {
    if (message === PING && process.connected) process.send?.(PONG)
  })
  const message: PartMessage = { part: name, state: 'ready', pid: part.pid ?? process.pid }
  if (process.connected) process.send?.(message)

  const fault = await Promise.race([stopRequested, part.ended ?? stopRequested])
  if (fault instanceof Error) process.stderr.write(`tetik ${name}: ${fault.message}\n`)
  setTimeout(() => process.exit(1), STOP_LIMIT).unref()
  let status = fault instanceof Error ? 1 : 0
  try {
    await part.stop(fault === 'signal')
  } catch (error) {
    process.stderr.write(`tetik ${name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}\n`)
    status = 1
  }
  process.exit(status)
}

/** Resolves at the first signal, or when the channel to the process that started this one closes. */
async function untilStopRequested(): Promise<'signal' | 'abandoned'> {
  return new Promise((resolve) => {
    // Later signals are caught and ignored: the terminal and npm often both send one.
    for (const signal of SIGNALS) process.on(signal, () => resolve('signal'))
    if (process.connected) process.once('disconnect', () => resolve('abandoned'))
    // `tetik up` forked this process and died while it was loading, before anything listened for `disconnect`.
    else if (process.send !== undefined) resolve('abandoned')
  })
}
