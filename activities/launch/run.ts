/** A run of a launch with all that its activities use, as the store has it. */

import { ApplicationFailure } from '@temporalio/activity'

import type { Account } from '../../engine/account/account.js'
import type { LaunchMedia } from '../../engine/launch/launch-object.js'
import type { Launch } from '../../engine/launch/launch.js'
import type { LaunchPlan, PlannedObject } from '../../engine/launch/planned-object.js'
import { findLaunchRun, type LaunchRun } from '../../store/launches/launch-runs.js'
import { findLaunchVersion } from '../../store/launches/launches.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'

export interface OpenRun {
  readonly run: LaunchRun
  readonly launch: Launch
  readonly account: Account
}

export interface PlannedRun extends OpenRun {
  readonly media: readonly LaunchMedia[]
  readonly plan: LaunchPlan
}

/**
 * @throws ApplicationFailure `unknown-run`, where the store is not the one that recorded it; `other-account`, where the run is
 *   of another account than was said
 */
export async function openRun(
  dependencies: ActivityDependencies,
  { run: id, account }: { readonly run: string; readonly account: string },
): Promise<OpenRun> {
  const run = await findLaunchRun(dependencies.store, id)
  const stored = run === undefined ? undefined : await findLaunchVersion(dependencies.store, run.launch, run.version)
  if (run === undefined || stored === undefined) {
    throw ApplicationFailure.nonRetryable(`The store does not have the launch run ${id} and its spec.`, 'unknown-run')
  }
  if (run.account !== account) {
    throw ApplicationFailure.nonRetryable(`The launch run ${id} is of another account than ${account}.`, 'other-account')
  }
  return { run, launch: stored.launch, account: accountOf(dependencies, run.account) }
}

/** @throws ApplicationFailure `unknown-run`; `other-account`; `not-planned`, where nothing was planned yet */
export async function plannedRun(
  dependencies: ActivityDependencies,
  of: { readonly run: string; readonly account: string },
): Promise<PlannedRun> {
  const open = await openRun(dependencies, of)
  const { media, plan } = open.run
  if (media === null || plan === null) {
    throw ApplicationFailure.nonRetryable(`The launch run ${of.run} was not planned.`, 'not-planned')
  }
  return { ...open, media, plan }
}

export const isRunning = ({ kind, state }: Pick<LaunchRun, 'kind' | 'state'>): boolean =>
  kind === 'apply' && (state === 'planned' || state === 'running')

/**
 * A run that may change something at Meta now. A run that only plans, or has ended, may not.
 *
 * @throws ApplicationFailure `not-applied`, and those of `plannedRun`
 */
export async function changingRun(
  dependencies: ActivityDependencies,
  of: { readonly run: string; readonly account: string },
): Promise<PlannedRun> {
  const planned = await plannedRun(dependencies, of)
  if (isRunning(planned.run)) return planned
  const { kind, state } = planned.run
  const why = kind === 'plan' ? 'it was only to be looked at' : `it is ${state}`
  throw ApplicationFailure.nonRetryable(`The launch run ${of.run} is not being applied: ${why}.`, 'not-applied')
}

/** @throws ApplicationFailure `unknown-object` */
export function plannedObject({ plan, launch }: PlannedRun, key: string): PlannedObject {
  const found = plan.objects.find(({ object }) => object.key === key)
  if (found !== undefined) return found
  throw ApplicationFailure.nonRetryable(`${launch.key} has no ${key}.`, 'unknown-object')
}
