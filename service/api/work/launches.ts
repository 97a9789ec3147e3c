/** Launches through the API: reads a posted spec, starts its workflow, and waits a limited time for its end. */

import { WorkflowFailedError } from '@temporalio/client'

import type { Settings } from '../../../engine/account/account.js'
import { findLaunchRun, type LaunchRunRow } from '../../../store/launches/launch-runs.js'
import type { NewLaunchSpecRow } from '../../../store/launches/launches.js'
import { readSpecs } from '../../rules/specs.js'
import { LaunchInProgressError, type LaunchRequest, launchWorkflowId, startLaunch } from '../../temporal/start-launch.js'
import type { ApiContext } from '../http/context.js'
import { ProblemError } from '../http/problem.js'

/** The path that a posted spec would have: its media are looked for next to it. */
const POSTED = 'specs/posted.yaml'

/** @throws ProblemError `spec-rejected`, with every error and its place */
export function readPostedSpec(text: string, settings: Settings, now: number): NewLaunchSpecRow {
  const { launches, diagnostics } = readSpecs([{ path: POSTED, text }], settings, now)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [source] = launches
  if (source !== undefined && errors.length === 0) return source
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`
  throw new ProblemError('spec-rejected', errors.length === 0 ? 'The body contains no launch spec.' : `The spec has ${count}.`, {
    errors: errors.map(({ line, column, message }) => ({ where: `body:${line}:${column}`, message })),
    fields: { diagnostics },
  })
}

/**
 * Starts the run, unless a request with the same id did, and waits for its end.
 *
 * @returns the run when it has ended, or as it is after `context.changeWait`
 * @throws ProblemError `temporal-unavailable` if it was not started, `launch-under-way` if another run is in progress
 */
export async function runLaunch(context: ApiContext, request: LaunchRequest): Promise<LaunchRunRow> {
  const started = await context.temporal
    .use((client) => startLaunch(context.store, client, request, context.now()))
    .catch((error: unknown) => {
      throw error instanceof LaunchInProgressError ? new ProblemError('launch-under-way', error.message) : error
    })
  if (started.state === 'planned' || started.state === 'running') await waitFor(context, started)
  return (await findLaunchRun(context.store, started.id)) ?? started
}

/** The workflow was started, so a timeout or a failure here must not be reported as "not started". */
async function waitFor(context: ApiContext, run: LaunchRunRow): Promise<void> {
  try {
    await context.temporal.use(
      ({ workflow, names }) => workflow.getHandle(launchWorkflowId(names, run)).result(),
      context.changeWait,
    )
  } catch (error) {
    const isLate = error instanceof ProblemError && error.problem === 'temporal-unavailable'
    if (!isLate && !(error instanceof WorkflowFailedError)) throw error
  }
}
