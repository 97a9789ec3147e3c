/**
 * Python for the tests that drive the sandbox with clients of others: a virtual environment with what they need, made once and
 * kept for the next run.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MINUTES = 60_000

/**
 * Path of a Python that can import the packages; null where there is no Python 3 or they cannot be had, which the log says.
 *
 * @param requirements as pip takes them: `pywa==4.5.0`
 */
export function pythonWith(requirements: string[]): string | null {
  const key = createHash('sha256').update(requirements.join('\n')).digest('hex').slice(0, 12)
  const folder = join(tmpdir(), `tetik-python-${key}`)
  const python = join(folder, 'bin', 'python')
  if (existsSync(python)) return python
  const building = `${folder}.${process.pid}`
  try {
    run('python3', ['-m', 'venv', building], 2 * MINUTES)
    run(
      join(building, 'bin', 'python'),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements],
      10 * MINUTES,
    )
    renameSync(building, folder)
    return python
  } catch (error) {
    process.stderr.write(`Skipped, for want of Python with ${requirements.join(', ')}: ${String(error)}\n`)
    return null
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
}

/** @throws Error with the last of what the program wrote */
function run(command: string, parameters: string[], timeout: number): void {
  const { status, error, stderr } = spawnSync(command, parameters, { encoding: 'utf8', timeout })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-400)}`)
}
