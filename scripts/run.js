/** Runs a program and reads its output line by line. When this process is stopped, so are all programs it runs. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const running = new Set()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endAll)

/** Ends running programs and then this process, until the work is handed to a process that shuts down by itself. */
function endAll() {
  for (const child of running) child.kill('SIGTERM')
  process.exit(130)
}

/** From here on, another process handles the signals. */
export function handOverSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, endAll)
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, timeout?: number, show?: boolean }} [options]
 *   `show` lets the program write to this process's output; otherwise the last lines are kept.
 * @returns {Promise<{ ok: boolean, output: string, status: number | null }>} `output`: the last lines of both streams.
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const kept = []
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: options.show === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      timeout: options.timeout,
      killSignal: 'SIGKILL',
      windowsHide: true,
    })
    running.add(child)
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        kept.push(line)
        if (kept.length > 400) kept.shift()
        options.onLine?.(line)
      })
    }
    const finish = (status, message) => {
      running.delete(child)
      if (message !== undefined) kept.push(message)
      resolve({ ok: status === 0, output: kept.join('\n'), status })
    }
    child.once('error', (error) => finish(null, error.message))
    child.once('close', (status) => finish(status))
  })
}

/**
 * Runs a program of an installed package.
 *
 * @param {string} root the project's folder
 * @param {string} path the program's path below `node_modules`
 * @param {string[]} args
 * @returns {Promise<string | null>} the last lines of its output if it fails; null if it succeeds
 */
export async function tool(root, path, ...args) {
  const { ok, output } = await run(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root })
  return ok ? null : output
}
