/**
 * The life of one process of tetik (worker, API, sandbox, Temporal's server), alike for all: it starts, says that it is
 * ready, and stops cleanly on a signal, or when the `tetik up` that started it is gone, however that ended.
 */

import { outliveOutput } from './output.js'

export interface Part {
  /**
   * Stops cleanly: finishes what is in hand, closes what is open.
   *
   * @param wished whether somebody wanted it to stop, rather than that it broke or `tetik up` is gone
   */
  stop(wished?: boolean): Promise<void>
  /** Settles when the part ends of itself, which is always a fault; a part that cannot leaves it out. */
  readonly ended?: Promise<Error>
}

/** What a part reports to `tetik up` over the channel between them. */
export interface PartMessage {
  readonly part: string
  readonly state: 'ready'
  /** Process that does the work, where it is another. */
  readonly pid: number
}

/** Asked by `tetik up` again and again; a part whose event loop runs answers at once. */
export const PING = 'ping'
export const PONG = 'pong'

/** How long stopping may take before the process ends regardless; `tetik up` waits less long than this. */
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
  // Nothing is in hand yet while it starts, and starting may wait for long.
  void stopRequested.then(() => started || process.exit(0))
  // Whatever a part writes, it writes for its owner: databases, logs, the token.
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
    // Later signals are heard and not acted on: the terminal and npm often both send one.
    for (const signal of SIGNALS) process.on(signal, () => resolve('signal'))
    if (process.connected) process.once('disconnect', () => resolve('abandoned'))
    // `tetik up` forked us and died while we were being loaded: the event was before anybody listened.
    else if (process.send !== undefined) resolve('abandoned')
  })
}
