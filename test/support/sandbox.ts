/** A sandbox for tests of our own clients: they fail where one of them sent what Meta would swallow. */

import { type Sandbox, type SandboxOptions, startSandbox as start } from '../../sandbox/server.js'
import { expectNothingSwallowed } from './swallowed.js'

export type { Sandbox }

/** @returns one whose `stop` stops it, and fails where it was sent a parameter that no document of Meta's names */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await start(options)
  let stopped: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    try {
      await expectNothingSwallowed(sandbox.url)
    } finally {
      await sandbox.stop()
    }
  }
  // A test may stop it before its end.
  return { ...sandbox, stop: () => (stopped ??= stop()) }
}
