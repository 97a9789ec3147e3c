/** The activities of changes that rules or people make, by the task queue that runs them. */

import type { MadeSettlement, Settlement } from '../../engine/change/settlement.js'
import type { Reason } from '../../engine/message/reason.js'
import type { ErrorSummary } from '../base/contract.js'

/** Activities that only use our own store. */
export interface ChangeActivities {
  /** Stores why a person's change was never started. */
  refuseChange(input: { request: string; note: string }): Promise<void>
  /** Returns the outcome of a change after its last attempt; a reading may have found it out in the meantime. */
  settleMutation(input: { mutation: string; error: ErrorSummary }): Promise<SettledMutation>
}

/** Activities that read from Meta. */
export interface ChangeReadActivities {
  /** Reads the entity, checks the guardrails, and writes the change to the ledger with its absolute target. */
  prepareStep(input: StepToPrepare): Promise<PreparedChange>
  /**
   * Checks whether the field still has the value of a confirmed change; if an earlier change replaced it, writes a new change to
   * the ledger.
   */
  checkKept(input: { mutation: string }): Promise<CheckedKept>
  /**
   * The same for a change that a person requested, which is a row in `requested_changes`. Guardrails apply only to a suggestion
   * that a person applied.
   */
  prepareChange(input: { mutation: string }): Promise<PreparedChange>
}

/** The only activity that changes a field at Meta. */
export interface ChangeMutationActivities {
  /** @param input.account refused if the change belongs to another account; what to do is read from the ledger alone */
  applyMutation(input: { account?: string; mutation: string }): Promise<AppliedMutation>
}

interface StepToPrepare {
  readonly decision: string
  readonly step: number | 'release'
  readonly mutation: string
  /** The ledger's row of an existing copy, which the step sets active. */
  readonly copy?: string
}

export type PreparedChange =
  /** `done` describes the change once it is made: `paused`, `budget ₺500,00 → ₺575,00`. */
  | { readonly kind: 'change'; readonly summary: string; readonly done: string }
  /** Nothing needs to change for the step to be done. */
  | { readonly kind: 'nothing'; readonly note: string }
  /**
   * A guardrail, a person's change or a limit prevents it, or the step cannot be done to this entity. `tellOwner`: whether the
   * account's owner is notified of it in any case; it is true for guardrails. Else the owner is notified only if the carry-out leaves
   * the rule's own pause behind.
   */
  | { readonly kind: 'refused'; readonly note: string; readonly reason: Reason | null; readonly tellOwner: boolean }
  /** The stop switch of the account is on, or the rule is no longer loaded. The carry-out ends. */
  | { readonly kind: 'stopped'; readonly note: string }

export interface AppliedMutation {
  readonly outcome: MadeSettlement
  readonly before: string
  readonly target: string
  /** An earlier, unanswered change of the field may still arrive. Absent if not, and in earlier histories. */
  readonly mayBeOvertaken?: true
}

export type CheckedKept =
  | { readonly kind: 'kept' }
  /** No earlier change can arrive any more, or there is a later change. */
  | { readonly kind: 'over' }
  | { readonly kind: 'restore'; readonly mutation: string; readonly summary: string; readonly done: string }

/** `before` and `target` are absent if the change is not in the ledger, or was not settled before. */
interface SettledMutation extends Partial<Pick<AppliedMutation, 'before' | 'target'>> {
  readonly outcome: Settlement
}
