/**
 * Asks whether a rule may continue, waits for the answer, and checks that what was approved has not changed since it was asked.
 */

import { condition, setHandler } from '@temporalio/workflow'

import type { AskingStep } from '../../activities/carry-out/contract.js'
import type { Reason } from '../../engine/message/reason.js'
import { main, preparation } from '../base/activity-options.js'
import { approvalAnswered } from '../base/contracts.js'
import { setVerdict } from '../base/search-attributes.js'
import { startMessage } from '../message/start-message.js'
import type { Ending } from './ending.js'
import type { RuleStop } from './rule-stop.js'

/** Ids of approvals that were signalled as answered; the answers are in the store. */
export type AnsweredApprovals = Set<string>

export interface Approved {
  readonly approval: string
  /** `Approved by owner` */
  readonly note: string
}

/** Registers the signal's handler. The returned set gets the ids of approvals as they are answered. */
export function hearApprovals(): AnsweredApprovals {
  const answered: AnsweredApprovals = new Set()
  setHandler(approvalAnswered, ({ approval }) => void answered.add(approval))
  return answered
}

/** Asks, and waits until someone answers, the time is up, or the rule is stopped. */
export async function waitForApproval(
  question: { readonly decision: string; readonly step: AskingStep },
  answered: AnsweredApprovals,
  stop: RuleStop,
): Promise<Approved | Ending> {
  const asked = await main.askApproval.executeWithOptions({ summary: 'Ask for approval' }, [question])
  if ('stopped' in asked) return { progress: 'stopped', note: asked.stopped, notice: null }
  if (asked.approval === null) return { progress: 'refused', note: asked.note, notice: null }
  const { approval } = asked
  for (const message of asked.messages) await startMessage(message)
  setVerdict('waiting')
  const { answer, by } = await answerOf(asked, answered, stop)
  const whom = by === null ? '' : ` by ${by}`
  switch (answer) {
    case 'approved':
      return { approval, note: `Approved${whom}` }
    case 'rejected':
      return { progress: 'refused', note: `Rejected${whom}`, notice: null }
    case 'expired':
      return { progress: 'refused', note: 'Nobody approved it in time', notice: { kind: 'expired' } }
    case 'withdrawn':
      return { progress: 'stopped', note: stop.reason ?? 'The rule was stopped', notice: null }
  }
}

/** Returns the stored answer. A signal is only a hint to read it: a signal without a stored answer changes nothing. */
async function answerOf(
  { approval, until, title }: { readonly approval: string; readonly until: number; readonly title: string },
  answered: AnsweredApprovals,
  stop: RuleStop,
): Promise<{ readonly answer: 'approved' | 'rejected' | 'expired' | 'withdrawn'; readonly by: string | null }> {
  for (;;) {
    await condition(() => stop.reason !== null || answered.has(approval), Math.max(1, until - Date.now()), { summary: title })
    const isSignalled = answered.delete(approval)
    const end = isSignalled ? null : stop.reason === null ? 'expired' : 'withdrawn'
    const { answer, by = null } = await main.settleApproval.executeWithOptions({ summary: end ?? 'Read the answer' }, [
      { approval, answer: end },
    ])
    if (answer !== 'waiting') return { answer, by }
  }
}

/** Returns null if what was approved is still what was asked, according to a fresh reading. */
export async function recheckApproval(decision: string, approval: string): Promise<Ending | null> {
  const { outdated } = await preparation.recheckApproval.executeWithOptions({ summary: 'Is it still as it was when asked' }, [
    { decision, approval },
  ])
  if (outdated === null) return null
  return { progress: 'refused', note: outdatedNote(outdated), notice: { kind: 'outdated', reason: outdated } }
}

/** In English, as all notes of a decision; its owner is notified in their own language, with the amounts in their currency. */
function outdatedNote({ code, facts }: Reason): string {
  if (code === 'approval-outdated-budget') return 'Approved, but its budget has changed since it was asked about'
  if (code === 'approval-outdated-bid') return 'Approved, but its bid has changed since it was asked about'
  return `Approved, but what was asked about has changed since: ${String(facts['what']?.value ?? '')}`
}
