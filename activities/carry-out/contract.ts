/** What the workflow `carryOut` may ask to be done, by the task queue that does it. */

import type { Reason } from '../../engine/message/reason.js'
import type { StepName } from '../../engine/rule/rule.js'
import type { CarriedOutAs } from '../../engine/rule/steps/definition.js'
import type { CarryOutsToEnd, Stopped } from '../base/contract.js'
import type { InsightsRequest } from '../facts/insights-request.js'
import type { ComposedMessage, MessageToSend } from '../messages/contract.js'

/** Of our own store. */
export interface CarryOutActivities {
  /**
   * @param input.account refused where the decision is of another one; absent in histories of an earlier tetik
   * @param input.run absent in histories of an earlier tetik
   */
  openCarryOut(input: { decision: string; account?: string; workflow: string; run?: string }): Promise<CarryOutPlan>
  planWait(input: { decision: string; step: number; from: number }): Promise<PlannedWait>
  /**
   * Histories of an earlier tetik have no answer here.
   *
   * @param input.beside where an earlier firing is still being carried out: how the rule stands is that one's to say
   */
  recordProgress(input: {
    decision: string
    progress: Progress
    note: string
    beside?: boolean
  }): Promise<RecordedProgress | undefined>
  composeMessage(input: { decision: string; step: number }): Promise<ComposedMessage | Stopped>
  /** Writes down what is asked and the messages that ask it. */
  askApproval(input: { decision: string; step: AskingStep }): Promise<AskedApproval>
  /**
   * Reads the answer that counts, the first one. That time is over or the rule was stopped is the workflow's to say; that it is
   * approved or rejected only whoever was authenticated writes, and before the workflow hears of it.
   *
   * @param input.answer null only looks
   */
  settleApproval(input: { approval: string; answer: 'expired' | 'withdrawn' | null }): Promise<SettledApproval>
  /** Which insights a condition that is asked again rests on. */
  planCheck(input: { decision: string }): Promise<{ insights: readonly InsightsRequest[] }>
  /** Asks the condition of a `check` anew, and puts its trace beside the decision's own. */
  evaluateCheck(input: { decision: string; step: number }): Promise<CheckedCondition>
  /** A message of tetik's own to the owner of the decision's account, in their language. */
  composeNotice(input: { decision: string; notice: OwnNotice }): Promise<ComposedMessage>
}

/** Readings of Meta. */
export interface CarryOutReadActivities {
  /** Whether what was approved is still what was asked: `when` still true, and the values that would change still the same. */
  recheckApproval(input: { decision: string; approval: string }): Promise<{ outdated: Reason | null }>
}

/** Calls to addresses of the user's own. Temporal tries them again. */
export interface WebhookActivities {
  /** Returns when it was taken (2xx). Its address and secret stay in the environment. */
  callWebhook(input: { decision: string; step: number }): Promise<{ status: number } | Stopped>
}

export interface CarryOutPlan {
  readonly steps: readonly CarryOutStep[]
  readonly onStop: 'leave' | 'start'
  /** Whether somebody must approve before the first step. */
  readonly asks: boolean
  /** The trace as a Markdown table. */
  readonly trace: string
  /** Why it must not begin, where the rule went away in the meantime. */
  readonly stopped: string | null
}

/** A step as a workflow needs it; what exactly it does is read from the rule's stored version. */
export interface CarryOutStep {
  readonly kind: CarriedOutAs
  readonly action: StepName
  readonly title: string
  /** Of a copy that is to run: it is started once it stands. Absent for all others. */
  readonly activates?: true
}

/** The step that asks: one of the rule's own, or `rule` where the whole of it waits for a word. */
export type AskingStep = number | 'rule'

export interface SettledApproval {
  /** `waiting`: nobody has answered yet, whatever was signalled. */
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
  /** Nobody may be asked; `note` says why. */
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

/** As the column `decisions.progress` has it. */
export type Progress = 'running' | 'waiting' | 'done' | 'refused' | 'failed' | 'stopped'

interface RecordedProgress {
  /** To the owner, where this failure was one too many and stopped the account's rules. */
  readonly notice: MessageToSend | null
  /** Where the breaker holds the account. */
  readonly ends?: CarryOutsToEnd
}

/** How a carry-out ended that somebody should know of. `error` and `note` are whole sentences. */
export type OwnNotice =
  | { readonly kind: 'refused'; readonly action: CarryOutStep['action']; readonly reason: Reason }
  | { readonly kind: 'failed'; readonly action: CarryOutStep['action']; readonly error: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'outdated'; readonly reason: Reason }
  | { readonly kind: 'rule-stopped'; readonly pause: 'let-go' | 'left' | 'none' }
  | { readonly kind: 'ended-from-outside' }
