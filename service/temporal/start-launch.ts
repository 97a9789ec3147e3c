/** Starts a run of a launch: it is written down first, so that its workflow finds what it is to do. */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'

import type { Publish } from '../../engine/launch/launch.js'
import type { Store } from '../../store/base/store.js'
import { findLaunchRun, forgetLaunchRun, type LaunchRun, openLaunchRun } from '../../store/launches/launch-runs.js'
import { type LaunchSpec, storeLaunch } from '../../store/launches/launches.js'
import type { TemporalNames } from '../../temporal.config.js'
import { type LaunchInput, WORKFLOW_TYPES } from '../../workflows/base/contracts.js'
import { ACCOUNT, ACTION } from '../../workflows/base/search-attributes.js'
import type { TetikClient } from './connection.js'

/** Another run of the same launch goes on: two never overlap. */
export class LaunchInProgressError extends Error {
  override readonly name = 'LaunchInProgressError'
}

export interface LaunchRequest {
  /** The request's own id: the same one twice is one run. */
  readonly run: string
  readonly spec: LaunchSpec
  readonly kind: 'plan' | 'apply'
  /** What the file says, unless somebody said otherwise. */
  readonly publish?: Publish
  readonly rollback?: boolean
  readonly overwriteDrift?: boolean
  /** `api:<who>` */
  readonly madeBy: string
}

export const launchWorkflowId = (
  { ids }: TemporalNames,
  { account, launch, id, kind }: Pick<LaunchRun, 'account' | 'launch' | 'id' | 'kind'>,
): string => (kind === 'plan' ? ids.launchPlan(account, launch, id) : ids.launch(account, launch))

/**
 * @returns the run, which may have been started before under the same id
 * @throws LaunchInProgressError
 */
export async function startLaunch(store: Store, temporal: TetikClient, request: LaunchRequest, now: number): Promise<LaunchRun> {
  const { spec, run: id, kind, madeBy } = request
  const { launch } = spec
  await storeLaunch(store, spec, now)
  const run = await openLaunchRun(
    store,
    {
      id,
      account: launch.account,
      launch: launch.key,
      version: launch.version,
      kind,
      publish: request.publish ?? launch.publish,
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
    // Started by this very request before, or another one's.
    const { memo } = await temporal.workflow.getHandle(workflowId).describe()
    if (memo?.['run'] !== id) {
      await forgetLaunchRun(store, id)
      throw new LaunchInProgressError(
        `The launch ${run.launch} is being applied already (${workflowId} in Temporal), and two never overlap: wait for its end.`,
      )
    }
  }
  return (await findLaunchRun(store, id)) ?? run
}
