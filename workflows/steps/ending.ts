/** How a carry-out ends before all of its steps were taken. */

import type { CarryOutStep, OwnNotice } from '../../activities/carry-out/contract.js'
import type { PreparedChange } from '../../activities/change/contract.js'

/** The end of a step that does not let the next one begin. */
export interface Ending {
  readonly progress: 'done' | 'refused' | 'failed' | 'stopped'
  readonly note: string
  /** What the owner is notified of; null for nothing. That of a stopped rule is composed at the end. */
  readonly notice: OwnNotice | null
}

/** The rule was stopped. */
export const stopped = (note: string): Ending => ({ progress: 'stopped', note, notice: null })

export const failed = ({ action, title }: CarryOutStep, error: string): Ending => ({
  progress: 'failed',
  note: `${title}: ${error}`,
  notice: { kind: 'failed', action, error },
})

/** A later change took its place. Nothing failed; the owner is notified only if the rule leaves its own pause behind. */
export const superseded = ({ action, title }: CarryOutStep, why: string, paused: boolean): Ending => ({
  progress: 'refused',
  note: `${title}: ${why}`,
  notice: paused ? { kind: 'failed', action, error: why } : null,
})

/** For a refusal that says something about the account, or if the rule leaves its own pause behind; else null. */
export function refusalNotice(
  { action }: CarryOutStep,
  refused: Extract<PreparedChange, { kind: 'refused' }>,
  paused: boolean,
): OwnNotice | null {
  return (refused.tellOwner || paused) && refused.reason !== null ? { kind: 'refused', action, reason: refused.reason } : null
}
