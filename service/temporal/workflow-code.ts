/** The workflows' code for a worker: the bundle of the build, or the source to bundle. */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { WorkerOptions } from '@temporalio/worker'

/**
 * Returns the bundle in dist/ if this runs from there, which saves a worker two seconds at start; from source, returns the path that
 * the worker bundles itself.
 */
export function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const built = fileURLToPath(new URL('../../workflows.bundle.js', import.meta.url))
  if (existsSync(built)) return { workflowBundle: { codePath: built } }
  const [source, compiled] = ['ts', 'js'].map((ending) =>
    fileURLToPath(new URL(`../../workflows/bundle.${ending}`, import.meta.url)),
  )
  return { workflowsPath: existsSync(source!) ? source! : compiled! }
}
