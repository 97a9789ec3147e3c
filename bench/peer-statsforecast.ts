/** Runs PyPI's statsforecast on the same tasks, in a separate process. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'

import type { Task } from './forecast-tasks.js'
import type { Measurement } from './measure.js'

/** A Python that has statsforecast, preferably in a virtual environment outside of the project. */
const PYTHON = process.env['TETIK_STATSFORECAST_PYTHON']

/** Returns the MASE of each of its models on each set; logs a line and returns nothing if no Python is named. */
export async function statsforecastScores(tasks: readonly Task[]): Promise<Measurement[]> {
  if (PYTHON === undefined) {
    console.log('skipped statsforecast: set TETIK_STATSFORECAST_PYTHON to a Python that has it')
    return []
  }
  const lines = tasks.map((task) => JSON.stringify(task)).join('\n')
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(PYTHON, [join(import.meta.dirname, 'peer-statsforecast.py')], { stdio: ['pipe', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    child.on('error', reject)
    // If the process ends early, its exit status is reported below.
    child.stdin.on('error', () => {})
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`statsforecast ended with ${code}`))))
    child.stdin.end(lines)
  })
  const scores = JSON.parse(output) as { set: string; model: string; mase: number }[]
  return scores.map(({ set, model, mase }) => ({ name: `${set}: MASE of statsforecast ${model}`, value: mase, unit: '' }))
}
