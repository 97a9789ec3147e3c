/** What the workflows of ticks and events may ask to be done. */

import type { CallsToMeta, CarryOutsToEnd, ErrorSummary } from '../base/contract.js'
import type { InsightsRequest } from '../facts/insights-request.js'
import type { ComposedMessage, MessageToSend } from '../messages/contract.js'
import type { ReadingPlan } from '../sync/contract.js'

/** Of our own store. */
export interface TickActivities {
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
  /** Tells the account's owner of an event that no rule could be evaluated for. */
  composeEventNotice(input: { account: string; event: string; error: ErrorSummary }): Promise<ComposedMessage>
}

/** Activities that keep a processor busy; they do it in worker threads. */
export interface ForecastActivities {
  /** Works out and stores the forecasts that these rules will ask for at this moment; evaluating finds them there. */
  prepareForecasts(input: { account: string; at: number; rules: readonly string[] }): Promise<{ made: number }>
}

export interface TickPlan extends ReadingPlan {
  /** Ids of the rules whose time has come. */
  readonly due: readonly string[]
  /** Whether some rule asks for a forecast; absent in histories of an earlier tetik. */
  readonly forecasts?: boolean
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

export interface Firing {
  readonly decision: string
  readonly rule: string
  readonly entityKey: string
  readonly entity: string
  /** One line of at most 200 bytes: Temporal's list and timeline show it. */
  readonly summary: string
}
