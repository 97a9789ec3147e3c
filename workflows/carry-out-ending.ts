/** How a carry-out ends before all of its steps were taken. */

import type { CarryOutStep, OwnNotice } from '../activities/carry-out/contract.js'
import type { PreparedChange } from '../activities/change/contract.js'

/** How a step ended that does not let the next one begin. */
export interface Ending {
  readonly progress: 'done' | 'refused' | 'failed' | 'stopped'
  readonly note: string
  /** What the owner is told; null for nothing. A stopped rule's is worked out at the end. */
  readonly notice: OwnNotice | null
}

export const failed = ({ action, title }: CarryOutStep, error: string): Ending => ({
  progress: 'failed',
  note: `${title}: ${error}`,
  notice: { kind: 'failed', action, error },
})

/** A later change took its place: nothing failed, and the owner hears of it where the rule leaves its own pause behind. */
export const superseded = ({ action, title }: CarryOutStep, why: string, paused: boolean): Ending => ({
  progress: 'refused',
  note: `${title}: ${why}`,
  notice: paused ? { kind: 'failed', action, error: why } : null,
})

/** Told of where it says something about the account, or where the rule leaves its own pause behind. */
export function refusalNotice(
  { action }: CarryOutStep,
  refused: Extract<PreparedChange, { kind: 'refused' }>,
  paused: boolean,
): OwnNotice | null {
  return (refused.tellOwner || paused) && refused.reason !== null ? { kind: 'refused', action, reason: refused.reason } : null
}
