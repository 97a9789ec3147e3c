/** Starts a run of a launch. Its row is stored first, because the workflow reads from it what to do. */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'

import type { Publish } from '../../engine/launch/launch-spec.js'
import type { Store } from '../../store/base/store.js'
import { findLaunchRun, forgetLaunchRun, type LaunchRunRow, openLaunchRun } from '../../store/launches/launch-runs.js'
import { type NewLaunchSpecRow, storeLaunch } from '../../store/launches/launches.js'
import type { TemporalNames } from '../../temporal.config.js'
import { type LaunchInput, WORKFLOW_TYPES } from '../../workflows/base/contracts.js'
import { ACCOUNT, ACTION } from '../../workflows/base/search-attributes.js'
import type { TetikClient } from './connection.js'

/** Another run of the same launch is in progress; two never overlap. */
export class LaunchInProgressError extends Error {
  override readonly name = 'LaunchInProgressError'
}

export interface LaunchRequest {
  /** Id of the run: starting it twice with the same id starts one run. */
  readonly run: string
  readonly source: NewLaunchSpecRow
  readonly kind: 'plan' | 'apply'
  /** Overrides `publish` of the spec. */
  readonly publish?: Publish
  readonly rollback?: boolean
  readonly overwriteDrift?: boolean
  /** `api:<who>` */
  readonly madeBy: string
}

export const launchWorkflowId = (
  { ids }: TemporalNames,
  { account, launch, id, kind }: Pick<LaunchRunRow, 'account' | 'launch' | 'id' | 'kind'>,
): string => (kind === 'plan' ? ids.launchPlan(account, launch, id) : ids.launch(account, launch))

/**
 * Stores the run and starts its workflow.
 *
 * @returns the run, which an earlier call with the same id may have started
 * @throws LaunchInProgressError
 */
export async function startLaunch(
  store: Store,
  temporal: TetikClient,
  request: LaunchRequest,
  now: number,
): Promise<LaunchRunRow> {
  const { source, run: id, kind, madeBy } = request
  const { spec } = source
  await storeLaunch(store, source, now)
  const run = await openLaunchRun(
    store,
    {
      id,
      account: spec.account,
      launch: spec.key,
      version: spec.version,
      kind,
      publish: request.publish ?? spec.publish,
      rollback: request.rollback ?? false,
      overwriteDrift: request.overwriteDrift ?? false,
      madeBy,
      decision: null,
      step: null,
    },
    now,
  )
  if (run.state !== 'planned') return run
  const workflowId = launchWorkflowId(temporal.names, run)
  const input: LaunchInput = { account: run.account, launch: run.launch, run: id }
  try {
    await temporal.workflow.start(WORKFLOW_TYPES.launch, {
      workflowId,
      taskQueue: temporal.names.queues.main,
      args: [input],
      memo: { run: id },
      staticSummary: `${kind === 'plan' ? 'Plan' : 'Apply'} the launch ${run.launch}`,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: ACCOUNT, value: run.account },
        { key: ACTION, value: 'launch' },
      ]),
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
      await forgetLaunchRun(store, id)
      throw error
    }
    // The running workflow belongs either to this run, which an earlier attempt started, or to another run.
    const { memo } = await temporal.workflow.getHandle(workflowId).describe()
    if (memo?.['run'] !== id) {
      await forgetLaunchRun(store, id)
      throw new LaunchInProgressError(
        `The launch ${run.launch} is already being applied (${workflowId} in Temporal). Two runs of a launch never overlap: wait until it has ended.`,
      )
    }
  }
  return (await findLaunchRun(store, id)) ?? run
}
