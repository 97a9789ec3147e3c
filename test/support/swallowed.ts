/** Meta accepts unknown parameters and ignores them, so only the sandbox's log shows such a mistake. */

import { existsSync } from 'node:fs'

import { expect } from 'vitest'

import { openDatabase } from '../../sandbox/state/database.js'
import { RequestLog } from '../../sandbox/state/request-log.js'

interface Swallowed {
  readonly method: string
  readonly path: string
  readonly parameters: readonly string[]
}

/** Fails if the sandbox was sent a parameter that Meta does not document, or is not running. */
export async function expectNothingSwallowed(sandboxUrl: string): Promise<void> {
  const response = await fetch(`${sandboxUrl}/sandbox/swallowed`)
  expectNone(((await response.json()) as { swallowed: readonly Swallowed[] }).swallowed)
}

/** The same for a stopped sandbox, from its state file; without a file, it never ran. */
export function expectNothingSwallowedIn(stateFile: string): void {
  if (!existsSync(stateFile)) return
  const database = openDatabase(stateFile)
  const found = new RequestLog(database).list({ swallowed: true })
  database.close()
  expectNone(found.map(({ method, path, swallowed }) => ({ method, path, parameters: swallowed })))
}

function expectNone(swallowed: readonly Swallowed[]): void {
  const named = swallowed.map(({ method, path, parameters }) => `${method} ${path}: ${parameters.join(', ')}`)
  expect(named, 'parameters that Meta would swallow').toEqual([])
}
