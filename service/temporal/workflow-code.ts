/** Where a worker finds the workflows: bundled by the build, else bundled now. */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { WorkerOptions } from '@temporalio/worker'

/**
 * In dist/ the bundle was made by the same build as this very file, and a worker starts two seconds sooner with it. From
 * source there is none, and the worker bundles what it finds.
 */
export function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const built = fileURLToPath(new URL('../../workflows.bundle.js', import.meta.url))
  if (existsSync(built)) return { workflowBundle: { codePath: built } }
  const [source, compiled] = ['ts', 'js'].map((ending) =>
    fileURLToPath(new URL(`../../workflows/bundle.${ending}`, import.meta.url)),
  )
  return { workflowsPath: existsSync(source!) ? source! : compiled! }
}
