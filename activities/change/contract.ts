/** What changes of a rule or a person may ask to be done, by the task queue that does it. */

import type { MadeSettlement, Settlement } from '../../engine/change/settlement.js'
import type { Reason } from '../../engine/message/reason.js'
import type { ErrorSummary } from '../base/contract.js'

/** Of our own store. */
export interface ChangeActivities {
  /** Writes down why a person's change was not even begun. */
  refuseChange(input: { request: string; note: string }): Promise<void>
  /** The outcome of a change whose attempts are over: a reading may have found it out meanwhile. */
  settleMutation(input: { mutation: string; error: ErrorSummary }): Promise<SettledMutation>
}

/** Readings of Meta. */
export interface ChangeReadActivities {
  /** Reads the entity, checks the guardrails, and writes the change to the ledger with its absolute target. */
  prepareStep(input: StepToPrepare): Promise<PreparedChange>
  /** Whether a confirmed change is still so; else writes to the ledger that it is to be made once more. */
  checkKept(input: { mutation: string }): Promise<CheckedKept>
  /** The same for a change that a person asked for: its row in `requested_changes` says what it is. No guardrail is asked. */
  prepareChange(input: { mutation: string }): Promise<PreparedChange>
}

/** The only activity that changes a field at Meta. */
export interface ChangeMutationActivities {
  /** @param input.account refused where the change is of another one; what is done is in the ledger alone */
  applyMutation(input: { account?: string; mutation: string }): Promise<AppliedMutation>
}

interface StepToPrepare {
  readonly decision: string
  readonly step: number | 'release'
  readonly mutation: string
  /** The ledger's row of a copy that exists: the step starts it. */
  readonly copy?: string
}

export type PreparedChange =
  /** `done` is the sentence for when it is: `paused`, `budget ₺500,00 → ₺575,00`. */
  | { readonly kind: 'change'; readonly summary: string; readonly done: string }
  /** Nothing needs to change for the step to be done. */
  | { readonly kind: 'nothing'; readonly note: string }
  /** A guardrail, a person's change or a limit prevents it. */
  | { readonly kind: 'refused'; readonly note: string; readonly reason: Reason | null; readonly tellOwner: boolean }
  /** The rule is no longer loaded. */
  | { readonly kind: 'stopped'; readonly note: string }

export interface AppliedMutation {
  readonly outcome: MadeSettlement
  readonly before: string
  readonly target: string
  /** An earlier change of the field that was never answered may still arrive. Absent for no, and in earlier histories. */
  readonly mayBeOvertaken?: true
}

export type CheckedKept =
  | { readonly kind: 'kept' }
  /** Nothing earlier can arrive any more, or somebody had a later word. */
  | { readonly kind: 'over' }
  | { readonly kind: 'restore'; readonly mutation: string; readonly summary: string; readonly done: string }

/** `before` and `target` are absent if the change is not in the ledger, or was not settled before. */
interface SettledMutation extends Partial<Pick<AppliedMutation, 'before' | 'target'>> {
  readonly outcome: Settlement
}
