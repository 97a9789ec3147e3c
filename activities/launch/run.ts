/** Reads a run of a launch from the store, with its spec and its account. */

import { ApplicationFailure } from '@temporalio/activity'

import type { Account } from '../../engine/account/account.js'
import type { LaunchPlan, PlannedObject } from '../../engine/launch/launch-plan.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'
import { findLaunchRun, type LaunchRunRow } from '../../store/launches/launch-runs.js'
import { findLaunchVersion } from '../../store/launches/launches.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'

export interface LaunchRun {
  readonly run: LaunchRunRow
  readonly spec: LaunchSpec
  readonly account: Account
}

/**
 * @throws ApplicationFailure `unknown-run` if the store does not have the run or its spec; `other-account` if the run belongs to
 *   another account
 */
export async function readRun(
  dependencies: ActivityDependencies,
  { run: id, account }: { readonly run: string; readonly account: string },
): Promise<LaunchRun> {
  const run = await findLaunchRun(dependencies.store, id)
  const stored = run === undefined ? undefined : await findLaunchVersion(dependencies.store, run.launch, run.version)
  if (run === undefined || stored === undefined) {
    throw ApplicationFailure.nonRetryable(`The store does not have the launch run ${id} and its spec.`, 'unknown-run')
  }
  if (run.account !== account) {
    throw ApplicationFailure.nonRetryable(`The launch run ${id} belongs to another account than ${account}.`, 'other-account')
  }
  return { run, spec: stored.spec, account: accountOf(dependencies, run.account) }
}

/** @throws ApplicationFailure `not-planned` if the run has no plan yet */
export function planOf({ run }: LaunchRun): LaunchPlan {
  if (run.plan !== null) return run.plan
  throw ApplicationFailure.nonRetryable(`The launch run ${run.id} was not planned.`, 'not-planned')
}

export const isRunning = ({ kind, state }: Pick<LaunchRunRow, 'kind' | 'state'>): boolean =>
  kind === 'apply' && (state === 'planned' || state === 'running')

/**
 * Reads a run that may change something at Meta: one that applies its plan and has not ended.
 *
 * @throws ApplicationFailure `not-applied` if it only plans or has ended, and those of `readRun` and `planOf`
 */
export async function changingRun(
  dependencies: ActivityDependencies,
  of: { readonly run: string; readonly account: string },
): Promise<LaunchRun> {
  const read = await readRun(dependencies, of)
  planOf(read)
  if (isRunning(read.run)) return read
  const { kind, state } = read.run
  const why = kind === 'plan' ? 'it only plans' : `its state is ${state}`
  throw ApplicationFailure.nonRetryable(`The launch run ${of.run} is not being applied: ${why}.`, 'not-applied')
}

/** @throws ApplicationFailure `unknown-object` */
export function plannedObject(launch: LaunchRun, key: string): PlannedObject {
  const found = planOf(launch).objects.find(({ object }) => object.key === key)
  if (found !== undefined) return found
  throw ApplicationFailure.nonRetryable(`The plan of ${launch.spec.key} has no ${key}.`, 'unknown-object')
}
