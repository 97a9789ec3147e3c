/**
 * Keeps the parts of tetik running, each as a separate process: starts them in order, restarts one that dies, and stops them in
 * reverse order. If it is killed itself, the parts stop too, because their channel closes (`child-process.ts`).
 */

import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'

import { printable } from '../../engine/text/printable.js'
import { type PartMessage, PING, PONG } from './child-process.js'

export interface PartSpec {
  readonly name: string
  /** Script and arguments for Node. */
  readonly script: string
  readonly arguments: readonly string[]
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  /** Parts that must be ready before this one is started. */
  readonly after: readonly string[]
  /** How long it may take to stop before it is killed, milliseconds. */
  readonly stopLimit: number
}

export type SupervisorEvent =
  | { readonly kind: 'starting' | 'stopping' | 'stopped'; readonly part: string }
  | { readonly kind: 'ready'; readonly part: string; readonly pid: number; readonly again: boolean }
  | { readonly kind: 'output'; readonly part: string; readonly stream: 'stdout' | 'stderr'; readonly line: string }
  | { readonly kind: 'died'; readonly part: string; readonly how: string; readonly again: number }
  | { readonly kind: 'killed' | 'frozen'; readonly part: string }

/** A part could not be started; its output has been reported. */
export class PartFailedError extends Error {
  override readonly name = 'PartFailedError'

  constructor(
    readonly part: string,
    how: string,
  ) {
    super(`${part} could not be started: it ${how}, ${START_ATTEMPTS} times in a row.`)
  }
}

const START_ATTEMPTS = 3
const FIRST_DELAY = 250
const LONGEST_DELAY = 15_000
/** After a part has run this long, milliseconds, its next restart has the shortest delay again. */
const WELL_AFTER = 30_000

/** How often a part gets a ping, milliseconds; it counts as frozen after `MOST_UNANSWERED` pings without an answer. */
const PING_EVERY = 15_000
const MOST_UNANSWERED = 4

interface Running {
  readonly spec: PartSpec
  child: ChildProcess | null
  /** The process that does the work, once the part has reported it. */
  pid: number | null
  ready: boolean
  wasReady: boolean
  failures: number
  timer: NodeJS.Timeout | null
  /** Pings since the last answer. Counted instead of timed, since the clock goes on while the machine sleeps. */
  unanswered: number
}

export class Supervisor {
  readonly #parts: readonly Running[]
  #stopping = false
  #pings: NodeJS.Timeout | undefined
  #settle: { ready: () => void; fail: (error: Error) => void } | null = null

  constructor(
    specs: readonly PartSpec[],
    readonly tell: (event: SupervisorEvent) => void,
    readonly pingEvery = PING_EVERY,
  ) {
    this.#parts = specs.map((spec) => ({
      spec,
      child: null,
      pid: null,
      ready: false,
      wasReady: false,
      failures: 0,
      timer: null,
      unanswered: 0,
    }))
  }

  /** The current state of all parts. */
  get parts(): { readonly name: string; readonly pid: number | null; readonly ready: boolean }[] {
    return this.#parts.map(({ spec, pid, ready }) => ({ name: spec.name, pid, ready }))
  }

  /**
   * Starts every part; resolves when all are ready.
   * @throws PartFailedError if one fails three times in a row before it was ever ready. The others keep running; call `stop`.
   */
  async start(): Promise<void> {
    this.#pings = setInterval(() => this.#ping(), this.pingEvery)
    this.#pings.unref()
    await new Promise<void>((resolve, reject) => {
      this.#settle = { ready: resolve, fail: reject }
      this.#startWhatCan()
    })
  }

  /** Stops the parts in reverse order, and kills each that exceeds its limit. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#pings)
    for (const part of this.#parts) if (part.timer !== null) clearTimeout(part.timer)
    for (const part of this.#parts.toReversed()) await this.#stopPart(part)
  }

  /** Kills all parts at once. */
  kill(): void {
    this.#stopping = true
    for (const part of this.#parts) killPart(part)
  }

  #startWhatCan(): void {
    const ready = new Set(this.#parts.filter((part) => part.ready).map((part) => part.spec.name))
    for (const part of this.#parts) {
      const waits = part.spec.after.some((name) => !ready.has(name))
      if (part.child === null && part.timer === null && !waits && !this.#stopping) this.#startPart(part)
    }
  }

  #startPart(part: Running): void {
    const { spec } = part
    this.tell({ kind: 'starting', part: spec.name })
    const began = performance.now()
    const child = fork(spec.script, spec.arguments, {
      cwd: spec.folder,
      // Its output goes to a log, where `printable` would turn colour codes into dots.
      env: { ...process.env, NO_COLOR: '1', ...spec.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own process group: Ctrl-C in the terminal then reaches only this process, which stops the parts in order.
      detached: process.platform !== 'win32',
    })
    part.child = child
    for (const stream of ['stdout', 'stderr'] as const) {
      const input = child[stream]
      if (input === null) continue
      createInterface({ input }).on('line', (line) =>
        this.tell({ kind: 'output', part: spec.name, stream, line: printable(line) }),
      )
    }
    child.on('message', (message: PartMessage | typeof PONG) => {
      part.unanswered = 0
      if (message === PONG) return
      part.pid = message.pid
      part.ready = true
      this.tell({ kind: 'ready', part: spec.name, pid: message.pid, again: part.wasReady })
      part.wasReady = true
      if (this.#parts.every((each) => each.ready)) this.#settle?.ready()
      this.#startWhatCan()
    })
    const end = (how: string): void => {
      if (part.child !== child) return
      if (performance.now() - began > WELL_AFTER) part.failures = 0
      this.#ended(part, how)
    }
    child.once('error', (error) => end(`could not be run (${error.message})`))
    child.once('exit', (code, signal) => end(signal === null ? `ended with status ${String(code)}` : `was ended by ${signal}`))
  }

  /** Sends pings, and kills parts that are frozen: they hold a port and work, and are restarted only once they end. */
  #ping(): void {
    for (const part of this.#parts) {
      if (!part.ready || part.child?.connected !== true) continue
      if (part.unanswered >= MOST_UNANSWERED) {
        this.tell({ kind: 'frozen', part: part.spec.name })
        killPart(part)
        continue
      }
      part.unanswered += 1
      part.child.send(PING)
    }
  }

  #ended(part: Running, how: string): void {
    // The process that it started must end too: the next one needs its port.
    killPart(part)
    part.child = null
    part.pid = null
    part.ready = false
    part.unanswered = 0
    if (this.#stopping) return
    part.failures += 1
    if (!part.wasReady && part.failures >= START_ATTEMPTS) {
      this.#settle?.fail(new PartFailedError(part.spec.name, how))
      return
    }
    const delay = Math.min(FIRST_DELAY * 2 ** (part.failures - 1), LONGEST_DELAY)
    this.tell({ kind: 'died', part: part.spec.name, how, again: delay })
    part.timer = setTimeout(() => {
      part.timer = null
      this.#startWhatCan()
    }, delay)
  }

  async #stopPart(part: Running): Promise<void> {
    const { child, spec } = part
    if (child === null) return
    this.tell({ kind: 'stopping', part: spec.name })
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const timer = setTimeout(() => {
      this.tell({ kind: 'killed', part: spec.name })
      killPart(part)
    }, spec.stopLimit)
    await gone
    clearTimeout(timer)
    this.tell({ kind: 'stopped', part: spec.name })
  }
}

function killPart(part: Running): void {
  part.child?.kill('SIGKILL')
  if (part.pid === null || part.pid === part.child?.pid) return
  try {
    process.kill(part.pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}
