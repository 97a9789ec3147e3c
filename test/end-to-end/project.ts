/** A project in its own folder, with free ports and real processes, for end-to-end tests. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { askInstance, type InstanceState } from '../../service/process/single-instance-lock.js'
import { apiToken } from '../../service/settings/api-token.js'
import { loadServiceSettings, type ServiceSettings } from '../../service/settings/settings.js'
import { freePort } from '../../service/temporal/temporal-server.js'
import { expectNothingSwallowedIn } from '../support/swallowed.js'

/** The built command. */
export const TETIK = fileURLToPath(new URL('../../bin/tetik.js', import.meta.url))

/** One line of `tetik up --json`. */
export interface UpLine {
  readonly kind: string
  readonly [field: string]: unknown
}

export interface Up {
  readonly child: ChildProcess
  readonly lines: readonly UpLine[]
  /** Resolves to the first matching line, past or future; rejects if the process ends before. */
  said(fits: (line: UpLine) => boolean): Promise<UpLine>
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** Sends SIGINT, as Ctrl-C does. */
  interrupt(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

export class Project {
  private constructor(
    readonly folder: string,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  readonly #started: Up[] = []

  static async create(files: Readonly<Record<string, string>> = {}): Promise<Project> {
    const folder = mkdtempSync(join(tmpdir(), 'tetik-e2e-'))
    const ports = await distinctPorts(4)
    const environment = {
      TETIK_PORT: String(ports[0]),
      TETIK_SANDBOX_PORT: String(ports[1]),
      TETIK_TEMPORAL_PORT: String(ports[2]),
      TETIK_TEMPORAL_UI_PORT: String(ports[3]),
    }
    const project = new Project(folder, environment)
    for (const [path, content] of Object.entries(files)) project.write(path, content)
    return project
  }

  get settings(): ServiceSettings {
    return loadServiceSettings(this.#environment(), this.folder)
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), content)
  }

  remove(path: string): void {
    rmSync(join(this.folder, path))
  }

  /** Starts `tetik up`, or another script that does the same, without waiting. */
  start(script: readonly string[] = [TETIK, 'up']): Up {
    const up = startUp(this.folder, this.#environment(), script)
    this.#started.push(up)
    return up
  }

  /** Starts `tetik up` and waits until it is up. */
  async up(): Promise<Up> {
    const up = this.start()
    await up.said(({ kind }) => kind === 'up')
    return up
  }

  /** Runs a subcommand until it exits. */
  async run(...args: string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
    const child = spawn(process.execPath, [TETIK, ...args], { cwd: this.folder, env: this.#environment() })
    const text = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (piece: string) => (text[name] += piece))
    }
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, ...text }
  }

  async state(): Promise<InstanceState> {
    const state = await askInstance(this.settings.stateFolder)
    if (state === null) throw new Error('tetik up is not running')
    return state
  }

  /** Kills a part with -9 and returns its process id. */
  async kill(name: string): Promise<number> {
    const pid = (await this.state()).parts.find((part) => part.name === name)?.pid
    if (pid === undefined || pid === null) throw new Error(`${name} is not running`)
    process.kill(pid, 'SIGKILL')
    return pid
  }

  /** Calls the API. */
  async api<T = unknown>(path: string, init: RequestInit = {}): Promise<T> {
    const headers = { authorization: `Bearer ${apiToken(this.settings)}`, ...(init.headers as Record<string, string>) }
    return json<T>(`${this.settings.apiUrl}${path}`, { ...init, headers })
  }

  /** Calls the sandbox. */
  async sandbox<T = unknown>(path: string, init: RequestInit = {}): Promise<T> {
    return json<T>(`${this.settings.sandbox.url}${path}`, init)
  }

  /** Stops what is still running and removes the folder. Fails if the sandbox received something that Meta would silently ignore. */
  async dispose(): Promise<void> {
    try {
      for (const up of this.#started) {
        if (up.child.exitCode === null && up.child.signalCode === null) await up.interrupt()
      }
      expectNothingSwallowedIn(join(this.settings.stateFolder, 'sandbox.db'))
    } finally {
      rmSync(this.folder, { recursive: true, force: true })
    }
  }

  #environment(): Record<string, string> {
    const { PATH, HOME, XDG_CACHE_HOME, TMPDIR } = process.env
    const inherited = { PATH, HOME, XDG_CACHE_HOME, TMPDIR, TEMPORAL_CONFIG_FILE: join(this.folder, 'no-temporal.toml') }
    const given = Object.entries(inherited).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return { ...Object.fromEntries(given), ...this.environment }
  }
}

function startUp(folder: string, env: Record<string, string>, script: readonly string[]): Up {
  const child = spawn(process.execPath, [...script, '--json'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: UpLine[] = []
  const wakers = new Set<() => void>()
  const wake = (): void => wakers.forEach((waker) => waker())
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece))
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as UpLine)
    wake()
  })
  let ended = false
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      ended = true
      resolve({ code, signal })
      wake()
    })
  })
  return {
    child,
    lines,
    exited,
    said: async (fits) => {
      for (;;) {
        const found = lines.find(fits)
        if (found !== undefined) return found
        if (ended) throw new Error(`tetik up ended without the expected line. It printed:\n${transcript(lines)}\n${stderr}`)
        await new Promise<void>((resolve) => {
          const waker = (): void => {
            wakers.delete(waker)
            resolve()
          }
          wakers.add(waker)
        })
      }
    },
    interrupt: () => {
      child.kill('SIGINT')
      return exited
    },
  }
}

function transcript(lines: readonly UpLine[]): string {
  return lines
    .map((line) => (line.kind === 'output' ? `${String(line['part'])}: ${String(line['line'])}` : JSON.stringify(line)))
    .join('\n')
}

async function distinctPorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}

async function json<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  const text = await response.text()
  if (!response.ok)
    throw new Error(`${init.method ?? 'GET'} ${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 500)}`)
  return JSON.parse(text) as T
}

/** Polls until the answer fits; the test's timeout ends it. */
export async function until<T>(ask: () => Promise<T> | T, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
