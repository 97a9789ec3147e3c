/**
 * Whether a step may be taken, according to the store: its activity does not rely on the order in which a workflow calls it. So
 * access to Temporal is not enough to carry out what was only observed, has ended, or still waits for approval.
 */

import { ApplicationFailure } from '@temporalio/common'

import type { Store } from '../../store/base/store.js'
import { approvalId, approvalsOfDecision } from '../../store/decisions/approvals.js'
import { findLoadedRule } from '../../store/rules/rules.js'
import { stopOver } from '../../store/rules/stops.js'
import type { CarriedOut } from '../base/carried-out-rule.js'

const CARRIED_OUT = new Set(['planned', 'running', 'waiting'])

/**
 * @param index the step's place in `then`; `release` releases the rule's own pause, which needs no approval
 * @throws ApplicationFailure `not-carried-out` or `not-approved`
 */
export async function checkCarriedOut(store: Store, { decision, rule }: CarriedOut, index: number | 'release'): Promise<void> {
  if (!CARRIED_OUT.has(decision.progress)) {
    throw ApplicationFailure.nonRetryable(
      `The decision ${decision.id} is not being carried out: it is ${decision.progress}.`,
      'not-carried-out',
    )
  }
  if (index === 'release') return
  const asking = rule.then.slice(0, index).flatMap((step, place) => (step.kind === 'ask' ? [place] : []))
  const needed = [...(decision.mode === 'ask' ? ['rule' as const] : []), ...asking].map((step) => approvalId(decision.id, step))
  if (needed.length === 0) return
  const given = await approvalsOfDecision(store, decision.id)
  const missing = needed.find((id) => !given.some((one) => one.id === id && one.state === 'approved'))
  if (missing !== undefined) {
    throw ApplicationFailure.nonRetryable(`Nobody has approved step ${index + 1} of ${rule.id} (${missing}).`, 'not-approved')
  }
}

/**
 * Whether the store says that the rule was stopped since: by a stop, or because it is no longer loaded. Access to Temporal is enough
 * to end a carry-out, and must not be enough to start what it paused.
 */
export async function wasStopped(store: Store, { decision, rule }: CarriedOut): Promise<boolean> {
  if ((await stopOver(store, decision.account, decision.created_at)) !== undefined) return true
  return (await findLoadedRule(store, rule.id)) === undefined
}
