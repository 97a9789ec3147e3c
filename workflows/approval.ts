/** The question whether a rule may go on: asked, waited for and settled; and whether what was approved is still what was asked. */

import { condition, setHandler } from '@temporalio/workflow'

import type { AskingStep } from '../activities/contracts.js'
import type { Reason } from '../engine/action/reason.js'
import { main, preparation } from './activity-options.js'
import { approvalAnswered } from './contracts.js'
import type { ApprovalWord } from './contracts.js'
import type { Ending } from './ending.js'
import type { RuleStop } from './rule-stop.js'
import { setVerdict } from './search-attributes.js'
import { startMessage } from './start-message.js'

/** What people said, by approval. */
export type ApprovalWords = ReadonlyMap<string, ApprovalWord>

export interface Approved {
  readonly approval: string
  /** `Approved by owner` */
  readonly note: string
}

/** Hears people's words from now on; the first one on each question counts. */
export function hearApprovals(): ApprovalWords {
  const words = new Map<string, ApprovalWord>()
  setHandler(approvalAnswered, (word) => void (words.has(word.approval) || words.set(word.approval, word)))
  return words
}

/** Asks for a word and waits until it comes, the time for it is over, or the rule is stopped. */
export async function waitForApproval(
  question: { readonly decision: string; readonly step: AskingStep },
  words: ApprovalWords,
  stop: RuleStop,
): Promise<Approved | Ending> {
  const asked = await main.askApproval.executeWithOptions({ summary: 'Ask for approval' }, [question])
  if ('stopped' in asked) return { progress: 'stopped', note: asked.stopped, notice: null }
  if (asked.approval === null) return { progress: 'refused', note: asked.note, notice: null }
  const { approval } = asked
  for (const message of asked.messages) await startMessage(message)
  setVerdict('waiting')
  await condition(() => stop.reason !== null || words.has(approval), Math.max(1, asked.until - Date.now()), {
    summary: asked.title,
  })
  const word = words.get(approval)
  const { answer } = await main.settleApproval.executeWithOptions({ summary: word?.answer ?? 'no answer' }, [
    { approval, answer: word?.answer ?? (stop.reason === null ? 'expired' : 'withdrawn'), by: word?.by ?? null },
  ])
  const by = word === undefined ? '' : ` by ${word.by}`
  switch (answer) {
    case 'approved':
      return { approval, note: `Approved${by}` }
    case 'rejected':
      return { progress: 'refused', note: `Rejected${by}`, notice: null }
    case 'expired':
      return { progress: 'refused', note: 'Nobody approved it in time', notice: { kind: 'expired' } }
    case 'withdrawn':
      return { progress: 'stopped', note: stop.reason ?? 'The rule was stopped', notice: null }
  }
}

/** Null where what is approved is still what was asked, as far as was read by now. */
export async function recheckApproval(decision: string, approval: string): Promise<Ending | null> {
  const { outdated } = await preparation.recheckApproval.executeWithOptions({ summary: 'Is it still as it was asked' }, [
    { decision, approval },
  ])
  if (outdated === null) return null
  return { progress: 'refused', note: outdatedNote(outdated), notice: { kind: 'outdated', reason: outdated } }
}

/** In English, as all notes of a decision; its owner is told in their own language. */
const outdatedNote = ({ facts }: Reason): string =>
  `Approved, but what was asked about has changed since: ${String(facts['what']?.value ?? '')}`
