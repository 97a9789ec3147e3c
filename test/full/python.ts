/** Python with the packages of a requirements file, in a virtual environment in the user's cache folder. */

import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const HERE = import.meta.dirname
/** The oldest Python that the packages support. */
const LEAST = [3, 10] as const

export interface Python {
  readonly executable: string
  /** Runs a script of this folder until it exits. @throws Error with its output if it fails */
  run(script: string, ...args: string[]): Promise<string>
}

/**
 * Returns the environment for `requirements-<name>.txt`, and creates it if needed.
 * @returns or the reason why it is not available, as text
 */
export async function pythonWith(name: string): Promise<Python | string> {
  const found = await findPython(name)
  if (typeof found === 'string') process.stderr.write(`Skipped, because Python with ${name} is not available: ${found}\n`)
  return found
}

async function findPython(name: string): Promise<Python | string> {
  const requirements = join(HERE, `requirements-${name}.txt`)
  const version = await versionOf('python3')
  if (version === null) return 'there is no python3 on this machine'
  if (version[0] < LEAST[0] || (version[0] === LEAST[0] && version[1] < LEAST[1])) {
    return `python3 is ${version.join('.')}, and the packages need ${LEAST.join('.')}`
  }
  const hash = createHash('sha256').update(readFileSync(requirements)).update(version.join('.')).digest('hex').slice(0, 12)
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tetik', 'python', `${name}-${hash}`)
  if (!existsSync(folder)) {
    const fault = await install(folder, requirements)
    if (fault !== null) return fault
  }
  const executable = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  return { executable, run: (script, ...args) => runScript(executable, join(HERE, script), args) }
}

async function versionOf(python: string): Promise<readonly [number, number] | null> {
  try {
    const { stdout } = await run(python, ['-c', 'import sys; print(*sys.version_info[:2])'])
    const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number)
    return [major, minor]
  } catch {
    return null
  }
}

/** A virtual environment contains its own path, so it is created in place, and deleted if the installation fails. */
async function install(folder: string, requirements: string): Promise<string | null> {
  mkdirSync(dirname(folder), { recursive: true })
  const pip = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  try {
    await run('python3', ['-m', 'venv', folder])
    await run(pip, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], {
      timeout: 600_000,
      maxBuffer: 2 ** 26,
    })
    return null
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    const { stderr = '' } = error as { stderr?: string }
    const [last = String(error)] = stderr.trim().split('\n').slice(-1)
    return `its packages could not be installed: ${last}`
  }
}

function runScript(python: string, script: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONUTF8: '1' },
    })
    const text = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (piece: string) => (text[name] += piece))
    }
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(text.stdout)
      else reject(new Error(`${script} ended with ${code}:\n${text.stdout.slice(-4000)}\n${text.stderr.slice(-8000)}`))
    })
  })
}
