/** The activities of the workflow `carryOut`, by their task queue. */

import type { Reason } from '../../engine/message/reason.js'
import type { CarryOutProgress } from '../../engine/rule/progress.js'
import type { StepName } from '../../engine/rule/rule.js'
import type { CarriedOutAs } from '../../engine/rule/steps/definition.js'
import type { CarryOutsToEnd, Stopped } from '../base/contract.js'
import type { InsightsRequest } from '../facts/insights-request.js'
import type { ComposedMessage, MessageToSend } from '../messages/contract.js'

/** Activities that use the store. */
export interface CarryOutActivities {
  /**
   * @param input.account refused if the decision belongs to another account; absent in histories of an earlier tetik
   * @param input.run absent in histories of an earlier tetik
   */
  openCarryOut(input: { decision: string; account?: string; workflow: string; run?: string }): Promise<CarryOutPlan>
  planWait(input: { decision: string; step: number; from: number }): Promise<PlannedWait>
  /**
   * Stores how far the carry-out is. Returns undefined in histories of an earlier tetik.
   *
   * @param input.beside whether an earlier firing is still being carried out; then only that one may change the rule's state
   */
  recordProgress(input: {
    decision: string
    progress: CarryOutProgress
    note: string
    beside?: boolean
  }): Promise<RecordedProgress | undefined>
  composeMessage(input: { decision: string; step: number }): Promise<ComposedMessage | Stopped>
  /** Stores the approval and the messages that ask for it. */
  askApproval(input: { decision: string; step: AskingStep }): Promise<AskedApproval>
  /**
   * Returns the first answer, which counts. The workflow closes the approval when the time is up or the rule is stopped; only an
   * authenticated person approves or rejects, and that is stored before the workflow is signalled.
   *
   * @param input.answer how to close it; null only reads
   */
  settleApproval(input: { approval: string; answer: 'expired' | 'withdrawn' | null }): Promise<SettledApproval>
  /** Returns the insights that the rule's conditions need, to be read before one is evaluated again. */
  planCheck(input: { decision: string }): Promise<{ insights: readonly InsightsRequest[] }>
  /** Evaluates the condition of a `check` now, and adds its trace to the decision's. */
  evaluateCheck(input: { decision: string; step: number }): Promise<CheckedCondition>
  /** Composes a notice from tetik to the owner of the decision's account, in their language. */
  composeNotice(input: { decision: string; notice: OwnNotice }): Promise<ComposedMessage>
}

/** Activities that read from Meta. */
export interface CarryOutReadActivities {
  /** Returns why the approval is out of date: `when` is no longer true, or a value to change has changed. Null if it is not. */
  recheckApproval(input: { decision: string; approval: string }): Promise<{ outdated: Reason | null }>
}

/** Calls to the user's own URLs, which Temporal retries. */
export interface WebhookActivities {
  /** Returns after a 2xx. The URL and the secret stay in the environment. */
  callWebhook(input: { decision: string; step: number }): Promise<{ status: number } | Stopped>
}

export interface CarryOutPlan {
  readonly steps: readonly CarryOutStep[]
  readonly onStop: 'leave' | 'start'
  /** Whether someone must approve before the first step. */
  readonly asks: boolean
  /** The trace as a Markdown table. */
  readonly trace: string
  /** Why it must not begin: the rule was removed or stopped in the meantime. Null if it may. */
  readonly stopped: string | null
}

/** A step as the workflow needs it; its details are read from the rule's stored version. */
export interface CarryOutStep {
  readonly kind: CarriedOutAs
  readonly action: StepName
  readonly title: string
  /** For a copy that is to run: it is started after it was made. Absent for all other steps. */
  readonly activates?: true
}

/** Where the approval is asked for: the index of an `ask` step, or `rule` before the first step of a rule in `mode: ask`. */
export type AskingStep = number | 'rule'

export interface SettledApproval {
  /** `waiting`: there is no stored answer yet, even if a signal arrived. */
  readonly answer: 'approved' | 'rejected' | 'expired' | 'withdrawn' | 'waiting'
  /** Absent in histories of an earlier tetik. */
  readonly by?: string | null
}

export type AskedApproval =
  | {
      readonly approval: string
      /** Epoch milliseconds. */
      readonly until: number
      readonly title: string
      readonly messages: readonly MessageToSend[]
    }
  /** Nobody may approve; `note` says why. */
  | { readonly approval: null; readonly note: string }
  | Stopped

export interface CheckedCondition {
  readonly truth: 'true' | 'false' | 'unknown'
  readonly note: string
}

interface PlannedWait {
  /** Milliseconds from `from`. */
  readonly duration: number
  readonly title: string
}

interface RecordedProgress {
  /** To the owner, if this failure made the breaker stop the account's rules; else null. */
  readonly notice: MessageToSend | null
  /** The carry-outs to end if the breaker has stopped the account's rules. */
  readonly ends?: CarryOutsToEnd
}

/** An ending of a carry-out that the owner should know about. `error` is a whole sentence. */
export type OwnNotice =
  | { readonly kind: 'refused'; readonly action: CarryOutStep['action']; readonly reason: Reason }
  | { readonly kind: 'failed'; readonly action: CarryOutStep['action']; readonly error: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'outdated'; readonly reason: Reason }
  | { readonly kind: 'rule-stopped'; readonly pause: 'let-go' | 'left' | 'none' }
  | { readonly kind: 'ended-from-outside' }
