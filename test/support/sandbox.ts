/** A sandbox for tests of tetik's clients: a test fails if a client sends a parameter that Meta would ignore. */

import { type Sandbox, type SandboxOptions, startSandbox as start } from '../../sandbox/server.js'
import { expectNothingSwallowed } from './swallowed.js'

export type { Sandbox }

/** @returns a sandbox whose `stop` fails if it was sent a parameter that Meta does not document */
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
  // A test may stop it earlier.
  return { ...sandbox, stop: () => (stopped ??= stop()) }
}
