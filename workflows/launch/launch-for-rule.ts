/** The step `launch` of a rule: the launch's own workflow, started and waited for. */

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

/** @throws CancelledFailure, after the launch was cancelled and has left all it made paused */
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
      // Ended from outside, the rule must not go on launching without anybody who waits for it.
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
    if (error instanceof WorkflowExecutionAlreadyStartedError) return underWay(run, account, key)
    if (isCancellation(error) || !(error instanceof ChildWorkflowFailure)) throw error
    const why = error.cause instanceof ApplicationFailure ? error.cause.message : 'It was ended in Temporal.'
    return { kind: 'failed', note: why }
  }
}

async function underWay(run: string, account: string, key: string): Promise<RefusedLaunch> {
  const note = `A launch of ${key} is under way already, and two never overlap.`
  await launchStore.settleLaunch.executeWithOptions({ summary: note }, [{ account, run, end: 'refused', note }])
  return { kind: 'refused', note, reason: null }
}
