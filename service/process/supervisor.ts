/**
 * Keeps the parts of tetik running, each a process of its own: starts them in order, starts one again that dies, and stops
 * them in the opposite order. Killed with -9 itself, it leaves none behind: each part sees its channel close (`part.ts`).
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

/** A part could not be started; its output was reported before. */
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
/** A part that ran this long is taken to be well, and its next delay is the first one again. */
const WELL_AFTER = 30_000

/** A part is asked this often whether it is alive, milliseconds; after so many questions without an answer it is frozen. */
const PING_EVERY = 15_000
const MOST_UNANSWERED = 4

interface Running {
  readonly spec: PartSpec
  child: ChildProcess | null
  /** The process that does the work, where the part has said so. */
  pid: number | null
  ready: boolean
  wasReady: boolean
  failures: number
  timer: NodeJS.Timeout | null
  /** Questions since the last answer. Counted, since a clock goes on while the whole machine sleeps. */
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

  /** What runs now. */
  get parts(): { readonly name: string; readonly pid: number | null; readonly ready: boolean }[] {
    return this.#parts.map(({ spec, pid, ready }) => ({ name: spec.name, pid, ready }))
  }

  /**
   * Starts every part; resolves when all are ready.
   * @throws PartFailedError where one fails three times in a row before it was ever ready. Those that run go on; call `stop`.
   */
  async start(): Promise<void> {
    this.#pings = setInterval(() => this.#ping(), this.pingEvery)
    this.#pings.unref()
    await new Promise<void>((resolve, reject) => {
      this.#settle = { ready: resolve, fail: reject }
      this.#startWhatCan()
    })
  }

  /** Stops the parts, the last one first. Each gets its time, then it is killed. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#pings)
    for (const part of this.#parts) if (part.timer !== null) clearTimeout(part.timer)
    for (const part of this.#parts.toReversed()) await this.#stopPart(part)
  }

  /** Ends every part at once, without mercy. */
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
      // What it prints goes into a log, and `printable` would show colours as dots.
      env: { ...process.env, NO_COLOR: '1', ...spec.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own process group: Ctrl-C in the terminal reaches us alone, and we stop the parts in order.
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

  /** Kills what is frozen: it holds a port and work that another process would do, and only its end starts that one. */
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
    // What it started to do the work must not outlive it: the next one needs the port.
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
    // It is gone already.
  }
}
