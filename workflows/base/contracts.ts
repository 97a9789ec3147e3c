/**
 * The workflows' inputs, results and signals, apart from the code that handles them, so that the API and the worker can start and
 * signal workflows without loading them. Nothing here contains a phone number or a token: accounts and recipients are referred to
 * by name. A change at Meta is referred to by ids alone. Temporal authenticates nobody, so someone who reaches its port can
 * repeat or end a change, but cannot invent one.
 */

import { defineSignal } from '@temporalio/workflow'

import type { CallsToMeta, MessageWaits } from '../../activities/base/contract.js'
import type { AppliedMutation } from '../../activities/change/contract.js'

/** The workflows' registered names, as the Type column of Temporal's list shows them. */
export const WORKFLOW_TYPES = {
  watchAccount: 'watchAccount',
  accountEvents: 'accountEvents',
  carryOut: 'carryOut',
  sendMessage: 'sendMessage',
  applyChange: 'applyChange',
  keepChange: 'keepChange',
  launch: 'launch',
} as const

export interface WatchAccountInput {
  readonly account: string
  /** Only in histories of an earlier tetik, which started one workflow for each event; `accountEvents` evaluates them now. */
  readonly event?: string
}

export interface WatchAccountResult {
  readonly evaluated: number
  readonly fired: number
  readonly carriedOut: number
  /** Why the data could not be read from Meta; null if it was. */
  readonly syncError: string | null
  /** Calls to Meta that were counted before the tick ended. */
  readonly calls?: readonly CallsToMeta[]
}

/** The events themselves wait in the store. */
export interface AccountEventsInput {
  readonly account: string
}

export interface AccountEventsResult {
  readonly events: number
  readonly evaluated: number
  readonly fired: number
  readonly carriedOut: number
  /** Events that could not be evaluated within half a day; the owner was notified of each. */
  readonly lost: number
}

/** Sent to `accountEvents` when an event was stored for its account. */
export const eventsCame = defineSignal('eventsCame')

export interface CarryOutInput {
  readonly account: string
  readonly decision: string
  readonly rule: string
  /** The entity's name, for people. */
  readonly entity: string
}

export interface CarryOutResult {
  readonly progress: 'done' | 'refused' | 'stopped'
  readonly note: string
}

export interface SendMessageInput {
  /** Id of the row in `messages`, which contains the text and the recipient. */
  readonly message: string
  readonly account: string
  readonly recipient: string
  readonly waits: MessageWaits
}

export interface SendMessageResult {
  readonly status: 'delivered' | 'read' | 'accepted' | 'failed' | 'unknown' | 'withdrawn'
  readonly note: string
}

/** A change that a person asked for. */
export interface ApplyChangeInput {
  /** Id of the row in `requested_changes`, which contains the change. */
  readonly request: string
}

/** A confirmed change. */
export interface KeepChangeInput {
  /** Id of its row in the ledger. */
  readonly mutation: string
}

export type ApplyChangeResult = Pick<AppliedMutation, 'outcome' | 'before' | 'target'>

/** A run of a launch spec; the run's row says what it launches, and how. */
export interface LaunchInput {
  readonly account: string
  /** The spec's key. */
  readonly launch: string
  readonly run: string
}

export interface LaunchResult {
  /** `planned`: the plan was computed, nothing was changed. */
  readonly end: 'planned' | 'done' | 'refused' | 'stopped'
  readonly note: string
}

/** Sent to `carryOut` when its rule was removed or stopped. */
export const ruleStopped = defineSignal<[{ readonly reason: string }]>('ruleStopped')

/** Sent to `carryOut` when an approval was answered. The answer itself is in the store, where the workflow reads it. */
export interface ApprovalAnswered {
  readonly approval: string
}

export const approvalAnswered = defineSignal<[ApprovalAnswered]>('approvalAnswered')

/** The content of a status webhook, without WhatsApp's message id, which encodes the phone number. Sent to `sendMessage`. */
export interface DeliveryStatus {
  readonly status: 'sent' | 'delivered' | 'read' | 'failed'
  /** WhatsApp's error code if it failed. */
  readonly code: number | null
  readonly reason: string | null
}

export const deliveryStatus = defineSignal<[DeliveryStatus]>('deliveryStatus')
