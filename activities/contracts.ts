/**
 * What workflows may ask to be done, by the task queue that does it. Inputs and results stand in Temporal's history in clear:
 * accounts and recipients go by name, and texts, traces and targets stay in the store wherever an id will do.
 */

import type { Reason } from '../engine/action/reason.js'
import type { StepName } from '../engine/rule/rule.js'
import type { LaunchActivities } from './launch-contracts.js'

/** Activities that only touch our own store. */
export interface MainActivities {
  /** @param input.event of a workflow that an earlier tetik started for it: only the rules that wait for it are due */
  planTick(input: { account: string; at: number; event?: string }): Promise<TickPlan>
  /**
   * The events that wait for the account's rules, oldest first, and what is to be read for all of them.
   *
   * @param input.without events that are being evaluated already
   */
  planEvents(input: { account: string; without: readonly string[] }): Promise<EventPlan>
  evaluateRules(input: {
    account: string
    at: number
    rules: readonly string[]
    tick: string
    event?: string
  }): Promise<TickResult>
  /** Brings the account's alerts in line with what is unusual now; skipped where that was done a moment ago. */
  findAnomalies(input: { account: string }): Promise<FoundAnomalies>
  /** Looks what could be done, which then waits for a word; skipped where that was done within the hour. */
  makeSuggestions(input: { account: string }): Promise<{ made: number; outdated: number; isSkipped: boolean }>
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
  /** Tells the account's owner of an event that no rule could be evaluated for. */
  composeEventNotice(input: { account: string; event: string; error: ErrorSummary }): Promise<ComposedMessage>
  /** A message of tetik's own to the owner of the decision's account, in their language. */
  composeNotice(input: { decision: string; notice: OwnNotice }): Promise<ComposedMessage>
  /** The same about data that could not be read: told once until a reading succeeded. */
  composeSyncNotice(input: { account: string; error: ErrorSummary }): Promise<ComposedMessage>
  prepareMessage(input: { message: string; now: number }): Promise<MessagePlan>
  /** Whether a message whose answer was lost may be sent once more: not before a missing report means something. */
  judgeRepeat(input: { message: string }): Promise<RepeatVerdict>
  settleMessage(input: { message: string; status: MessageEnd; reason: string | null }): Promise<void>
  /** Writes down why a person's change was not even begun. */
  refuseChange(input: { request: string; note: string }): Promise<void>
  /** What became of a change whose tries are over: it may have been found out meanwhile. */
  settleMutation(input: { mutation: string; error: ErrorSummary }): Promise<SettledMutation>
}

/** Activities that read from Meta. */
export interface MetaReadActivities {
  syncStructure(input: { account: string }): Promise<{ campaigns: number; adsets: number; ads: number }>
  /** The number of rows that were stored, or the report that Meta prepares instead of answering at once. */
  syncInsights(input: InsightsRequest): Promise<{ rows: number } | PendingReport>
  /** Fails with the type `not-ready` for as long as the report is not, with `report-failed` where another must be started. */
  storeInsightsReport(input: InsightsRequest & PendingReport): Promise<{ rows: number }>
  /** Reads the entity afresh, asks the guardrails, and writes the change to the ledger with its absolute target. */
  prepareStep(input: StepToPrepare): Promise<PreparedChange>
  /** Whether what was approved is still what was asked: `when` still true, and the values that would change still the same. */
  recheckApproval(input: { decision: string; approval: string }): Promise<{ outdated: Reason | null }>
  /** Whether a confirmed change is still so; else writes to the ledger that it is to be made once more. */
  checkKept(input: { mutation: string }): Promise<CheckedKept>
  /** The same for a change that a person asked for: its row in `requested_changes` says what it is. No guardrail is asked. */
  prepareChange(input: { mutation: string }): Promise<PreparedChange>
}

/** The only activity that changes anything at Meta. */
export interface MetaMutationActivities {
  /** @param input.account refused where the change is of another one; what is done is in the ledger alone */
  applyMutation(input: { account?: string; mutation: string }): Promise<AppliedMutation>
}

export interface WhatsAppActivities {
  /** Returns when WhatsApp accepted it. Its id encodes the phone number, hence stays in the store. */
  sendToWhatsApp(input: { message: string; form: MessageForm }): Promise<void>
}

/** Activities that keep a processor busy; they do it in worker threads. */
export interface ForecastActivities {
  /** Works out and stores the forecasts that these rules will ask for at this moment; evaluating finds them there. */
  prepareForecasts(input: { account: string; at: number; rules: readonly string[] }): Promise<{ made: number }>
}

/** Calls to addresses of the user's own. Temporal tries them again. */
export interface WebhookActivities {
  /** Returns when it was taken (2xx). Its address and secret stay in the environment. */
  callWebhook(input: { decision: string; step: number }): Promise<{ status: number } | Stopped>
}

export type Activities = MainActivities &
  MetaReadActivities &
  MetaMutationActivities &
  WhatsAppActivities &
  ForecastActivities &
  WebhookActivities &
  LaunchActivities

export interface TickPlan {
  /** Ids of the rules whose time has come. */
  readonly due: readonly string[]
  /** What to read first; none, where no rule is due, means that it is too early to read the account again. */
  readonly insights: readonly InsightsRequest[]
  /** Whether some rule asks for a forecast; absent in histories of an earlier tetik. */
  readonly forecasts?: boolean
  /** What may be read after the rules had their turn: hours of days gone by, to know what is usual. */
  readonly history: readonly InsightsRequest[]
  /** Whether events wait for the account's rules though they came a while ago: their workflow was lost. Absent for none. */
  readonly events?: true
  /** To owners, of carry-outs that ended from outside. Absent in histories of an earlier tetik, and for none. */
  readonly messages?: readonly MessageToSend[]
  /** Answers that their workflows have not heard of. Absent for none. */
  readonly answered?: readonly { readonly workflow: string; readonly approval: string }[]
}

export interface EventPlan {
  /** Each with the ids of the rules that wait for it. */
  readonly events: readonly { readonly event: string; readonly rules: readonly string[] }[]
  readonly insights: readonly InsightsRequest[]
  /** All rules of these events, once each. */
  readonly rules: readonly string[]
  /** Whether one of them asks for a forecast. */
  readonly forecasts: boolean
}

export type InsightsRequest = RowsRequest | ReachRequest

export interface RowsRequest {
  readonly account: string
  readonly level: 'account' | 'campaign' | 'adset' | 'ad'
  /** First and last day, both in, in the account's time zone. */
  readonly since: string
  readonly until: string
  /** Rows of single hours rather than of days. */
  readonly hourly: boolean
  readonly reach?: undefined
  /** A report at once, without a try to be answered directly. */
  readonly asReport?: true
}

/** Reach and frequency of the days as one window. */
export interface ReachRequest {
  readonly account: string
  readonly level: 'account' | 'campaign' | 'adset' | 'ad'
  readonly since: string
  readonly until: string
  readonly hourly: false
  readonly reach: true
  readonly asReport?: true
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
  /** Where the breaker holds the account. */
  readonly ends?: CarryOutsToEnd
  /** To Meta, in this tick until now. Absent in histories of an earlier tetik. */
  readonly calls?: readonly CallsToMeta[]
}

export interface FoundAnomalies {
  readonly found: number
  readonly opened: number
  readonly resolved: number
  readonly isSkipped: boolean
  /** To Meta, in this tick until now. Absent in histories of an earlier tetik. */
  readonly calls?: readonly CallsToMeta[]
}

export interface CallsToMeta {
  readonly kind: string
  readonly calls: number
  readonly failed: number
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
  /** Whether somebody must approve before the first step. */
  readonly asks: boolean
  /** The trace as a Markdown table. */
  readonly trace: string
  /** Why it must not begin, where the rule went away in the meantime. */
  readonly stopped: string | null
}

/** A step as a workflow needs it; what exactly it does is read from the rule's stored version. */
export interface CarryOutStep {
  readonly kind: 'change' | 'message' | 'wait' | 'check' | 'ask' | 'webhook' | 'launch'
  readonly action: StepName
  readonly title: string
  /** Of a copy that is to run: it is started once it stands. Absent for all others. */
  readonly activates?: true
}

export interface StepToPrepare {
  readonly decision: string
  readonly step: number | 'release'
  readonly mutation: string
  /** The ledger's row of a copy that stands: the step starts it. */
  readonly copy?: string
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

export interface PlannedWait {
  /** Milliseconds from `from`. */
  readonly duration: number
  readonly title: string
}

/** As the column `decisions.progress` has it. */
export type Progress = 'running' | 'waiting' | 'done' | 'refused' | 'failed' | 'stopped'

export interface RecordedProgress {
  /** To the owner, where this failure was one too many and stopped the account's rules. */
  readonly notice: MessageToSend | null
  /** Where the breaker holds the account. */
  readonly ends?: CarryOutsToEnd
}

/** Carry-outs that were under way when the account's rules were stopped. */
export interface CarryOutsToEnd {
  readonly workflows: readonly string[]
  readonly reason: string
}

/** The account's rules are stopped: nothing was done. The sentence says why. */
export interface Stopped {
  readonly stopped: string
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
  /** An earlier change of the field that was never answered may still arrive. Absent for no, and in earlier histories. */
  readonly mayBeOvertaken?: true
}

export type CheckedKept =
  | { readonly kind: 'kept' }
  /** Nothing earlier can arrive any more, or somebody had a later word. */
  | { readonly kind: 'over' }
  | { readonly kind: 'restore'; readonly mutation: string; readonly summary: string; readonly done: string }

export interface SettledMutation {
  readonly outcome: 'confirmed' | 'unchanged' | 'refused' | 'superseded' | 'unknown'
  /** Where it was made. */
  readonly before?: string
  readonly target?: string
}

/** How a carry-out ended that somebody should know of. `error` and `note` are whole sentences. */
export type OwnNotice =
  | { readonly kind: 'refused'; readonly action: CarryOutStep['action']; readonly reason: Reason }
  | { readonly kind: 'failed'; readonly action: CarryOutStep['action']; readonly error: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'outdated'; readonly reason: Reason }
  | { readonly kind: 'rule-stopped'; readonly pause: 'let-go' | 'left' | 'none' }
  | { readonly kind: 'ended-from-outside' }

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
  /** Why it does not go out any more; absent where it does. */
  readonly stopped?: string
}

export type MessageEnd = 'delivered' | 'read' | 'accepted' | 'failed' | 'unknown' | 'withdrawn'

export type RepeatVerdict =
  /** Look again after so many milliseconds. */
  | { readonly kind: 'wait'; readonly for: number }
  | { readonly kind: 'send-again' }
  /** A report came, and it went out the first time. */
  | { readonly kind: 'went-out' }

export interface ErrorSummary {
  readonly type: string
  readonly message: string
}
