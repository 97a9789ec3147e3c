/** Meta takes a parameter that it does not know with success and does nothing: only a look into its log shows our mistake. */

import { expect } from 'vitest'

interface Swallowed {
  readonly swallowed: ReadonlyArray<{ readonly method: string; readonly path: string; readonly parameters: readonly string[] }>
}

/** Fails where the sandbox was sent a parameter that no document of Meta's names. One that does not answer was sent none. */
export async function expectNothingSwallowed(sandboxUrl: string): Promise<void> {
  const response = await fetch(`${sandboxUrl}/sandbox/swallowed`).catch(() => null)
  if (response === null) return
  const { swallowed } = (await response.json()) as Swallowed
  const named = swallowed.map(({ method, path, parameters }) => `${method} ${path}: ${parameters.join(', ')}`)
  expect(named, 'parameters that Meta would swallow').toEqual([])
}
