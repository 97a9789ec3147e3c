/** Runs the step `launch` of a rule: starts the launch's own workflow and waits for it. */

import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  ApplicationFailure,
  ChildWorkflowFailure,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  workflowInfo,
} from '@temporalio/workflow'

import type { Stopped } from '../../activities/base/contract.js'
import type { RefusedLaunch } from '../../activities/launch/contract.js'
import { launchStore } from '../base/activity-options.js'
import { ownIds } from '../base/installation-ids.js'
import { ACCOUNT, ACTION, RULE } from '../base/search-attributes.js'
import { launch } from './launch.js'

export type LaunchedForRule = { readonly kind: 'done' | 'failed'; readonly note: string } | RefusedLaunch | Stopped

/** @throws CancelledFailure after the launch was cancelled and everything it made was left paused */
export async function launchForRule(step: {
  readonly decision: string
  readonly rule: string
  readonly step: number
  readonly title: string
}): Promise<LaunchedForRule> {
  const { workflowId, runId } = workflowInfo()
  const run = `${workflowId}/${runId}/${step.step}`
  const opened = await launchStore.openLaunchStep.executeWithOptions({ summary: step.title }, [
    { decision: step.decision, step: step.step, run },
  ])
  if (!('kind' in opened) || opened.kind === 'refused') return opened
  const { account, launch: key, title } = opened
  try {
    const { end, note } = await executeChild(launch, {
      args: [{ account, launch: key, run }],
      workflowId: ownIds().launch(account, key),
      // If the carry-out is ended from outside, its launch must not continue unattended.
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: title,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: ACCOUNT, value: account },
        { key: RULE, value: step.rule },
        { key: ACTION, value: 'launch' },
      ]),
    })
    if (end === 'refused') return { kind: 'refused', note, reason: null }
    return end === 'stopped' ? { stopped: note } : { kind: 'done', note }
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return alreadyRunning(run, account, key)
    if (isCancellation(error) || !(error instanceof ChildWorkflowFailure)) throw error
    const why = error.cause instanceof ApplicationFailure ? error.cause.message : 'It was ended in Temporal.'
    return { kind: 'failed', note: why }
  }
}

async function alreadyRunning(run: string, account: string, key: string): Promise<RefusedLaunch> {
  const note = `A launch of ${key} is already running, and two never overlap.`
  await launchStore.settleLaunch.executeWithOptions({ summary: note }, [{ account, run, end: 'refused', note }])
  return { kind: 'refused', note, reason: null }
}
