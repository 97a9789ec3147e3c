/** The activities of the workflows of ticks and events. */

import type { CallsToMeta, CarryOutsToEnd, ErrorSummary } from '../base/contract.js'
import type { InsightsRequest } from '../facts/insights-request.js'
import type { ComposedMessage, MessageToSend } from '../messages/contract.js'
import type { ReadingPlan } from '../sync/contract.js'

/** Activities that use the store. */
export interface TickActivities {
  /**
   * Returns the rules that are due and the readings that they need.
   *
   * @param input.event from a workflow that an earlier tetik started for an event: only the rules that wait for it are due
   */
  planTick(input: { account: string; at: number; event?: string }): Promise<TickPlan>
  /**
   * Returns the events that wait for the account's rules, oldest first, and the readings that they need together.
   *
   * @param input.without events that are already being evaluated
   */
  planEvents(input: { account: string; without: readonly string[] }): Promise<EventPlan>
  evaluateRules(input: {
    account: string
    at: number
    rules: readonly string[]
    tick: string
    event?: string
  }): Promise<TickResult>
  /** Composes the notice to the owner about an event for which no rule could be evaluated. */
  composeEventNotice(input: { account: string; event: string; error: ErrorSummary }): Promise<ComposedMessage>
}

/** Activities that compute for long, in worker threads. */
export interface ForecastActivities {
  /** Computes and stores the forecasts that these rules need at this time, so that their evaluation finds them. */
  prepareForecasts(input: { account: string; at: number; rules: readonly string[] }): Promise<{ made: number }>
}

export interface TickPlan extends ReadingPlan {
  /** Ids of the rules that are due. */
  readonly due: readonly string[]
  /** Whether one of them needs a forecast; absent in histories of an earlier tetik. */
  readonly forecasts?: boolean
  /** Events have waited for too long, so their workflow was lost and must be started. Absent if there are none. */
  readonly events?: true
  /**
   * Notices to owners about carry-outs that ended from outside. Absent if there are none, and in histories of an earlier tetik.
   */
  readonly messages?: readonly MessageToSend[]
  /** Stored answers that their workflows have not read yet. Absent if there are none. */
  readonly answered?: readonly { readonly workflow: string; readonly approval: string }[]
}

export interface EventPlan {
  /** Each event with the ids of the rules that wait for it. */
  readonly events: readonly { readonly event: string; readonly rules: readonly string[] }[]
  readonly insights: readonly InsightsRequest[]
  /** The rules of all these events, without duplicates. */
  readonly rules: readonly string[]
  /** Whether one of them needs a forecast. */
  readonly forecasts: boolean
}

export interface TickResult {
  readonly evaluated: number
  readonly fired: number
  /** Firings to carry out, in the order in which they count against limits. */
  readonly carryOuts: readonly Firing[]
  /** Messages that a condition is no longer true, or that a guardrail holds the account's rules. */
  readonly messages: readonly MessageToSend[]
  /** The carry-outs to end if the breaker has stopped the account's rules. */
  readonly ends?: CarryOutsToEnd
  /** Calls to Meta in this tick so far. Absent in histories of an earlier tetik. */
  readonly calls?: readonly CallsToMeta[]
}

export interface Firing {
  readonly decision: string
  readonly rule: string
  readonly entityKey: string
  readonly entity: string
  /** One line of at most 200 bytes, which Temporal's list and timeline show. */
  readonly summary: string
}
