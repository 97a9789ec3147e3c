/**
 * What workflows may ask to be done, by the task queue that does it. Inputs and results stand in Temporal's history in clear:
 * accounts and recipients go by name, and texts, traces and targets stay in the store wherever an id will do.
 */

import type { Reason } from '../engine/action/reason.js'

/** Activities that only touch our own store. */
export interface MainActivities {
  planTick(input: { account: string; at: number }): Promise<TickPlan>
  evaluateRules(input: { account: string; at: number; rules: readonly string[]; tick: string }): Promise<TickResult>
  openCarryOut(input: { decision: string; workflow: string }): Promise<CarryOutPlan>
  planWait(input: { decision: string; step: number; from: number }): Promise<PlannedWait>
  /** Histories of an earlier tetik have no answer here. */
  recordProgress(input: { decision: string; progress: Progress; note: string }): Promise<RecordedProgress | undefined>
  composeMessage(input: { decision: string; step: number }): Promise<ComposedMessage>
  /** A message of tetik's own to the account's owner, in their language. */
  composeNotice(input: { account: string; decision: string; notice: Notice }): Promise<ComposedMessage>
  /** The same about data that could not be read: told once until a reading succeeded. */
  composeSyncNotice(input: { account: string; error: ErrorSummary }): Promise<ComposedMessage>
  prepareMessage(input: { message: string; now: number }): Promise<MessagePlan>
  settleMessage(input: { message: string; status: MessageEnd; reason: string | null }): Promise<void>
  settleMutation(input: { mutation: string; error: ErrorSummary }): Promise<{ outcome: 'refused' | 'unknown' }>
}

/** Activities that read from Meta. */
export interface MetaReadActivities {
  syncStructure(input: { account: string }): Promise<{ campaigns: number; adsets: number; ads: number }>
  /** The number of rows that were stored, or the report that Meta prepares instead of answering at once. */
  syncInsights(input: InsightsRequest): Promise<{ rows: number } | PendingReport>
  /** Fails with the type `not-ready` for as long as the report is not. */
  storeInsightsReport(input: InsightsRequest & PendingReport): Promise<{ rows: number }>
  /** Reads the entity afresh, asks the guardrails, and writes the change to the ledger with its absolute target. */
  prepareStep(input: { decision: string; step: number | 'release'; mutation: string }): Promise<PreparedChange>
  /** The same for a person's change, which no guardrail stands against. */
  prepareChange(input: RequestedChange): Promise<PreparedChange>
}

/** The only activity that changes anything at Meta. */
export interface MetaMutationActivities {
  applyMutation(input: { account: string; mutation: string }): Promise<AppliedMutation>
}

export interface WhatsAppActivities {
  /** Returns when WhatsApp accepted it. Its id encodes the phone number, hence stays in the store. */
  sendToWhatsApp(input: { message: string; form: MessageForm }): Promise<void>
}

export type Activities = MainActivities & MetaReadActivities & MetaMutationActivities & WhatsAppActivities

export interface TickPlan {
  /** Ids of the rules whose time has come; none means that nothing is to be read either. */
  readonly due: readonly string[]
  readonly insights: readonly InsightsRequest[]
  /** What may be read after the rules had their turn: hours of days gone by, to know what is usual. */
  readonly history: readonly InsightsRequest[]
}

export interface InsightsRequest {
  readonly account: string
  readonly level: 'adset' | 'ad'
  /** First and last day, both in, in the account's time zone. */
  readonly since: string
  readonly until: string
  /** Rows of single hours rather than of days. */
  readonly hourly: boolean
}

/** A report that Meta prepares. It knows of what happened before `startedAt`. */
export interface PendingReport {
  readonly report: string
  readonly startedAt: number
}

export interface TickResult {
  readonly evaluated: number
  readonly fired: number
  /** Firings that are to be carried out, in the order in which they count against limits. */
  readonly carryOuts: readonly Firing[]
  /** What is to be told: that a condition is no longer true, or that a guardrail holds the account's rules. */
  readonly messages: readonly MessageToSend[]
}

export interface Firing {
  readonly decision: string
  readonly rule: string
  readonly entityKey: string
  readonly entity: string
  /** One line of at most 200 bytes: Temporal's list and timeline show it. */
  readonly summary: string
}

export interface CarryOutPlan {
  readonly steps: readonly CarryOutStep[]
  readonly onStop: 'leave' | 'start'
  /** The trace as a Markdown table. */
  readonly trace: string
  /** Why it must not begin, where the rule went away in the meantime. */
  readonly stopped: string | null
}

/** A step as a workflow needs it; what exactly it does is read from the rule's stored version. */
export interface CarryOutStep {
  readonly kind: 'change' | 'message' | 'wait'
  readonly action: 'pause' | 'start' | 'budget' | 'whatsapp' | 'wait'
  readonly title: string
}

export interface PlannedWait {
  /** Milliseconds from `from`. */
  readonly duration: number
  readonly title: string
}

/** As the column `decisions.progress` has it. */
export type Progress = 'running' | 'waiting' | 'done' | 'refused' | 'failed' | 'stopped'

export interface RequestedChange {
  readonly mutation: string
  readonly account: string
  readonly madeBy: string
  readonly level: 'campaign' | 'adset' | 'ad'
  readonly entityId: string
  readonly field: 'status' | 'daily_budget' | 'lifetime_budget'
  readonly target: string
}

export interface RecordedProgress {
  /** To the owner, where this failure was one too many and stopped the account's rules. */
  readonly notice: MessageToSend | null
}

export type PreparedChange =
  /** `done` is the sentence for when it is: `paused`, `budget ₺500,00 → ₺575,00`. */
  | { readonly kind: 'change'; readonly summary: string; readonly done: string }
  /** Nothing needs to change for the step to be done. */
  | { readonly kind: 'nothing'; readonly note: string }
  /** A guardrail, a person's change or a limit stands against it. */
  | { readonly kind: 'refused'; readonly note: string; readonly reason: Reason | null; readonly tellOwner: boolean }
  /** The rule is no longer in force. */
  | { readonly kind: 'stopped'; readonly note: string }

export interface AppliedMutation {
  readonly outcome: 'confirmed' | 'unchanged'
  readonly before: string
  readonly target: string
}

/** How a carry-out ended that somebody should know of. `error` and `note` are whole sentences. */
export type Notice = { readonly rule: string; readonly entity: string } & (
  | { readonly kind: 'refused'; readonly action: CarryOutStep['action']; readonly reason: Reason }
  | { readonly kind: 'failed'; readonly action: CarryOutStep['action']; readonly error: string }
  | { readonly kind: 'rule-stopped'; readonly pause: 'let-go' | 'left' | 'none' }
)

/** Milliseconds; `MESSAGE_WAITS` in temporal.config.ts explains them. */
export interface MessageWaits {
  readonly reference: number
  readonly delivery: number
}

export interface MessageToSend {
  readonly message: string
  readonly account: string
  readonly recipient: string
  readonly waits: MessageWaits
  /** The text's beginning, for Temporal's UI. */
  readonly summary: string
}

export type ComposedMessage = { readonly send: MessageToSend } | { readonly send: null; readonly note: string }

export type MessageForm = 'text' | 'template'

export interface MessagePlan {
  readonly form: MessageForm
  /** Epoch milliseconds until which the recipient wants quiet; null where now is fine. */
  readonly quietUntil: number | null
  /** Whether WhatsApp took it already: an earlier run got that far. */
  readonly accepted: boolean
}

export type MessageEnd = 'delivered' | 'read' | 'accepted' | 'failed' | 'unknown'

export interface ErrorSummary {
  readonly type: string
  readonly message: string
}
